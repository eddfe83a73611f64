// Master events from a file, each as the body of a webhook: what is imported takes HTTP's path.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tools {

struct ImportOptions {
    std::string file;             // may be gzip-compressed
    std::string format;           // "lobster", "jsonl"; empty: by the file's name
    std::string account;          // the master's code at its broker
    std::string symbol = "AAPL";  // LOBSTER files name neither instrument nor exchange
    std::string exchange = "NSECM";
    std::string scrip_code = "1";
    std::string date;  // YYYY-MM-DD; empty: from a LOBSTER file's name
    std::uint64_t lines_max = UINT64_MAX;
};

class ImportSource {
  public:
    // unavailable where the file cannot be read; invalid_input naming the option at fault.
    [[nodiscard]] static ledger::Result<std::unique_ptr<ImportSource>> open(
        const ImportOptions& options);

    ImportSource() = default;
    ImportSource(const ImportSource&) = delete;
    ImportSource& operator=(const ImportSource&) = delete;
    virtual ~ImportSource() = default;

    // The next event's webhook body, nothing at the end; invalid_input naming a bad line.
    [[nodiscard]] virtual ledger::Result<std::optional<std::string>> next() = 0;

    // Of the file, for a progress bar.
    [[nodiscard]] virtual std::uint64_t bytes_done() const = 0;
    [[nodiscard]] virtual std::uint64_t bytes_total() const = 0;
};

}  // namespace tools
