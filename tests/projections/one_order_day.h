// One master, one follower and one order between them, said step by step.
#pragma once

#include "tests/projections/live_ledger.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace projections::test {

inline constexpr ledger::AccountNumber the_master{1};
inline constexpr ledger::AccountNumber the_follower{2};

[[nodiscard]] ledger::MasterOrderReported report(ledger::MasterEventType type,
                                                 std::int64_t quantity);

// A master, a follower at half, and an order for 100 of which a copy for 50 is intended.
struct Day {
    LiveLedger live;
    ledger::AttemptRef placing;

    Day();

    void is_sent();
    void is_placed();
    void is_told(ledger::OrdStatus status, std::int64_t filled = 0, std::int64_t average = 0);
    void is_filled(std::int64_t quantity, std::int64_t average);

    // The only row of a view.
    [[nodiscard]] Row row(std::string_view view, const FilterValues& filters = {}) const;
    [[nodiscard]] std::string status() const;
};

}  // namespace projections::test
