// How the ledger's values read in a cell.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/model/money.h"
#include "ledger/text/decimal.h"
#include "ledger/text/rfc3339.h"

#include <cstdint>
#include <string>

#include <fmt/format.h>

namespace projections {

[[nodiscard]] inline std::string number(ledger::AccountNumber account) {
    return std::to_string(account.value());
}

[[nodiscard]] inline std::string decimal(ledger::Price price) {
    return ledger::text::format_scaled(price.value(), ledger::price_scale);
}

[[nodiscard]] inline std::string decimal(ledger::Money money) {
    return ledger::text::format_scaled(money.value(), ledger::price_scale);
}

// Empty for 0, where there is no such time.
[[nodiscard]] inline std::string instant(std::int64_t unix_ns) {
    return unix_ns == 0 ? std::string{} : ledger::text::format_rfc3339(unix_ns);
}

// "09:15" for 555.
[[nodiscard]] inline std::string time_of_day(int minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

}  // namespace projections
