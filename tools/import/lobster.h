// LOBSTER message files (https://lobsterdata.com/info/DataStructure.php) as a master's orders: a
// submission is a NEW limit order, a partial cancellation a MODIFY to what is left, a deletion a
// CANCEL, a visible execution a FILL. Hidden executions and halts concern no order.
#pragma once

#include "ledger/base/result.h"
#include "tools/import/import_source.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

class LobsterReader {
  public:
    // `options.date` must be set; times are New York's, four hours behind UTC on trading days from
    // March to November.
    [[nodiscard]] static ledger::Result<LobsterReader> make(const ImportOptions& options);

    // The webhook body of one line; nothing for a line that concerns no order. The line's number
    // (from 1) becomes the source's sequence.
    [[nodiscard]] ledger::Result<std::optional<std::string>> read(std::string_view line,
                                                                  std::uint64_t number);

  private:
    struct Order {
        std::int64_t quantity = 0;  // OrderQty: filled part included
        std::int64_t filled = 0;
    };
    struct Message;

    LobsterReader(ImportOptions options, std::int64_t midnight_ns);
    [[nodiscard]] std::string_view apply(const Message& message);
    [[nodiscard]] std::string body(const Message& message, std::string_view event_type,
                                   std::uint64_t number) const;

    ImportOptions options_;
    std::int64_t midnight_ns_;
    std::map<std::string, Order, std::less<>> orders_;
};

}  // namespace tools
