#include "ledger/model/fill.h"

#include <algorithm>

namespace ledger {

namespace {

// The part of `value` that falls to `part` of `whole`. Requires whole > 0.
Money share(Money value, Quantity part, Quantity whole) {
    const auto scaled = mul_div_floor(value.value(), part.value(), whole.value());
    LEDGER_ASSERT(scaled.has_value());  // a share is no more than the whole
    return Money{*scaled};
}

}  // namespace

FillEffect add_fill(const OpenPosition& position, const Fill& fill) {
    const bool buys = fill.side == Side::buy;
    const bool reduces = buys ? position.net.value() < 0 : position.net.value() > 0;
    const Quantity open = magnitude(position.net);
    const Quantity closing = reduces ? std::min(open, fill.quantity) : Quantity{};

    FillEffect effect{.position = position, .realised = {}};
    Money opening_value = fill.value;
    if (closing.value() > 0) {
        const Money closing_value = share(fill.value, closing, fill.quantity);
        const Money cost = share(position.cost, closing, open);
        effect.realised = buys ? cost - closing_value : closing_value - cost;
        effect.position.cost = position.cost - cost;
        opening_value = fill.value - closing_value;
    }
    if (fill.quantity > closing) effect.position.cost = effect.position.cost + opening_value;
    effect.position.net = buys ? position.net + fill.quantity : position.net - fill.quantity;
    return effect;
}

}  // namespace ledger
