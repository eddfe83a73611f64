// Where limits and the kill switch stand, what is taken up there, and what is known of an account's
// consent and funds: parts of the state.
#pragma once

#include "ledger/model/money.h"
#include "ledger/model/risk.h"

#include <cstdint>

namespace ledger::replication {

enum class Consent : std::uint8_t { none = 0, accepted = 1, withdrawn = 2 };

struct Funds {
    Money equity;
    Money capital;
    std::int64_t at_ns = 0;  // 0: never told
};

// What the follower orders of one place (an account, a link, the whole ledger) take up now, and
// what they did today; kept by evolve() alone.
struct Usage {
    std::uint32_t open_orders = 0;
    Money capital;                 // cost of copied positions and value of open orders that open
    std::int32_t session_day = 0;  // to which `realised` belongs
    Money realised;
    std::int64_t second = 0;  // of the Unix epoch, to which `orders_in_second` belongs
    std::uint32_t orders_in_second = 0;

    [[nodiscard]] Money realised_on(std::int32_t day) const {
        return day == session_day ? realised : Money{};
    }

    [[nodiscard]] std::uint32_t orders_in(std::int64_t wanted_second) const {
        return wanted_second == second ? orders_in_second : 0;
    }
};

// A place where limits and the kill switch can stand.
struct RiskDesk {
    RiskLimits limits;
    bool halted = false;
    Usage usage;
};

}  // namespace ledger::replication
