#include "tools/brokersim/matching.h"

#include "ledger/base/assert.h"

#include <algorithm>

namespace tools::brokersim {

namespace {

using ledger::OrderTerms;
using ledger::Price;
using ledger::Quantity;
using ledger::Side;

bool reaches_trigger(const OrderTerms& terms, Price last) {
    return terms.side == Side::buy ? last >= terms.trigger : last <= terms.trigger;
}

bool is_marketable(const OrderTerms& terms, Price last) {
    return terms.side == Side::buy ? last <= terms.price : last >= terms.price;
}

std::optional<Price> fill_price(const OrderTerms& terms, std::optional<Price> last,
                                const MatchRules& rules, Arrival arrival) {
    if (!ledger::has_limit_price(terms.type)) {
        if (last) return last;
        return rules.fill_market_without_price ? std::optional{rules.price_without_market}
                                               : std::nullopt;
    }
    if (!last || !is_marketable(terms, *last)) return std::nullopt;
    return arrival == Arrival::arriving ? last : std::optional{terms.price};
}

}  // namespace

Match match(const SimOrder& order, std::optional<Price> last, const MatchRules& rules,
            Arrival arrival) {
    const OrderTerms& terms = order.now().terms;
    LEDGER_ASSERT(is_open(order.now().state));
    const bool waits_for_trigger = ledger::has_trigger(terms.type) && !order.triggered;
    Match result;
    if (waits_for_trigger) {
        result.triggers = last && reaches_trigger(terms, *last);
        // A stop that has just triggered meets the market as a new order does.
        if (result.triggers) arrival = Arrival::arriving;
    }
    result.cancels_rest = terms.time_in_force == ledger::TimeInForce::ioc;
    if (waits_for_trigger && !result.triggers) return result;

    const std::optional<Price> price = fill_price(terms, last, rules, arrival);
    if (!price) return result;
    result.price = *price;
    result.quantity = order.leaves_qty();
    if (rules.fill_quantity_max.value() > 0)
        result.quantity = std::min(result.quantity, rules.fill_quantity_max);
    result.cancels_rest = result.cancels_rest && result.quantity < order.leaves_qty();
    return result;
}

}  // namespace tools::brokersim
