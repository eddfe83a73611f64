// What a last traded price does to one order. Pure: there is no book of other people's orders, the
// market takes any quantity at its last price.
#pragma once

#include "ledger/model/money.h"
#include "ledger/model/order.h"
#include "tools/brokersim/sim_order.h"

#include <optional>

namespace tools::brokersim {

struct MatchRules {
    bool fill_market_without_price = false;         // otherwise MARKET waits until a price is known
    ledger::Price price_without_market{1'000'000};  // what it then trades at: 100
    ledger::Quantity fill_quantity_max;             // units filled by one price; 0: all
};

// `arriving` orders trade at the market's price, resting ones at their own limit.
enum class Arrival { arriving, resting };

struct Match {
    bool triggers = false;
    ledger::Quantity quantity;  // 0: no fill
    ledger::Price price;
    bool cancels_rest = false;  // IOC: what does not fill now never will

    friend bool operator==(const Match&, const Match&) = default;
};

// Requires an open order. `last` is nothing while no price is known.
[[nodiscard]] Match match(const SimOrder& order, std::optional<ledger::Price> last,
                          const MatchRules& rules, Arrival arrival);

}  // namespace tools::brokersim
