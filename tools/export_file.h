// A file that is written for long: under FILE.part until it is whole, with a note beside it of how
// far it has come, so that a later run goes on from there.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tools {

// What stands in FILE.part.next.
struct ExportNote {
    std::string what;           // which export it is; another one starts anew
    std::uint64_t last = 0;     // the sequence that the export ends with
    std::uint64_t next = 1;     // what is to be written next
    std::uint64_t records = 0;  // written so far
    std::uint64_t bytes = 0;    // of the part, by then

    friend bool operator==(const ExportNote&, const ExportNote&) = default;
};

[[nodiscard]] std::string to_text(const ExportNote& note);
[[nodiscard]] std::optional<ExportNote> parse_note(std::string_view text);

class ExportFile {
  public:
    // Goes on where a part and a note of the same `what` are there, else from the beginning.
    // unavailable where the file cannot be written.
    [[nodiscard]] static ledger::Result<ExportFile> open(const std::string& path,
                                                         const ExportNote& start);

    [[nodiscard]] const ExportNote& note() const { return note_; }

    // Kept in memory until there is enough of it.
    void write(std::string_view bytes) { buffer_ += bytes; }

    // All that belongs to the sequences before `next` is written. Noted now and then.
    [[nodiscard]] ledger::Result<void> reached(std::uint64_t next, std::uint64_t records);
    // Durable under its own name when this returns.
    [[nodiscard]] ledger::Result<void> finish();

  private:
    ExportFile(std::string path, ExportNote note, ledger::UniqueFd fd)
        : path_(std::move(path)), note_(std::move(note)), fd_(std::move(fd)) {}

    [[nodiscard]] ledger::Result<void> flush();

    std::string path_;
    ExportNote note_;
    ledger::UniqueFd fd_;
    std::string buffer_;
};

}  // namespace tools
