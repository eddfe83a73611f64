// Instrument masters from files, as commands for the ledger: lot sizes, ticks and freeze quantities
// are dated facts that decisions depend on, so they are recorded. Which file it is shows in its
// first line: Kite's instruments CSV, XTS's master dump or NSE's freeze quantities.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "tools/instruments/freeze_file.h"
#include "tools/instruments/instrument_file.h"
#include "tools/instruments/instrument_row.h"
#include "tools/instruments/master_lines.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace tools {

// One instrument after the other, so that a file of any length takes the same memory.
class InstrumentReader {
  public:
    // `freezes` fills in what a derivative's own file does not say; it must outlive this.
    // unavailable where the file cannot be read, invalid_input where it is of no known kind.
    [[nodiscard]] static ledger::Result<InstrumentReader> open(const InstrumentFile& file,
                                                               const FreezeQuantities& freezes);

    // Nothing at the end. invalid_input naming file, line and column.
    [[nodiscard]] ledger::Result<std::optional<ledger::DefineInstrument>> next();

    // yyyymmdd; 0: neither the configuration nor the file's name says one.
    [[nodiscard]] std::int32_t valid_on() const { return valid_on_; }

  private:
    using ReadRow = std::function<RowRead(const std::string&)>;

    InstrumentReader(MasterLines lines, ReadRow read_row, const FreezeQuantities& freezes)
        : lines_(std::move(lines)), read_row_(std::move(read_row)), freezes_(freezes) {}

    [[nodiscard]] ledger::Result<std::optional<std::string>> next_line();

    MasterLines lines_;
    ReadRow read_row_;
    const FreezeQuantities& freezes_;
    std::int32_t valid_on_ = 0;
    bool first_is_row_ = false;
};

// Whether the file is one of freeze quantities, which is to be read before the masters.
[[nodiscard]] ledger::Result<bool> holds_freeze_quantities(const std::string& path);

}  // namespace tools
