// The lines of an instrument master, and errors that say where in it something is wrong.
#pragma once

#include "ledger/base/result.h"
#include "tools/line_reader.h"

#include <optional>
#include <string>

namespace tools {

class MasterLines {
  public:
    // Reads the first line, without the mark that some programs put before UTF-8.
    [[nodiscard]] static ledger::Result<MasterLines> open(const std::string& path);

    // Empty where the file is.
    [[nodiscard]] const std::string& first() const { return first_; }

    // The next line after the first that is not blank; nothing at the end.
    [[nodiscard]] ledger::Result<std::optional<std::string>> next();

    // Names the file, the line that came last, and the error's field.
    [[nodiscard]] ledger::Error located(const ledger::Error& error) const;

  private:
    MasterLines(std::string path, LineReader lines)
        : path_(std::move(path)), lines_(std::move(lines)) {}

    std::string path_;
    LineReader lines_;
    std::string first_;
};

}  // namespace tools
