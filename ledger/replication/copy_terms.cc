#include "ledger/replication/copy_terms.h"

#include "ledger/base/int128.h"

#include <algorithm>
#include <array>

namespace ledger::replication {

namespace {

constexpr std::int64_t price_unit = 10'000;  // one rupee
// A multiple of every tick in use in the cash and derivatives segments (0.01, 0.05), for
// instruments whose own is not known.
constexpr Price coarse_tick{500};

struct Slab {
    std::int64_t below;  // in rupees
    std::uint32_t bps;
};

constexpr std::array<Slab, 3> share_slabs{{{100, 200}, {500, 100}, {price_max, 50}}};
constexpr std::array<Slab, 4> option_slabs{{{10, 500}, {100, 300}, {500, 200}, {price_max, 100}}};

// By its symbol, which ends in the strike and CE or PE; RELIANCE is a share.
bool is_option(const Instrument& instrument) {
    constexpr std::size_t kind_size = 2;
    const std::string& symbol = instrument.symbol;
    if (symbol.size() <= kind_size) return false;
    const char last_of_strike = symbol[symbol.size() - kind_size - 1];
    return last_of_strike >= '0' && last_of_strike <= '9' &&
           (symbol.ends_with("CE") || symbol.ends_with("PE"));
}

template <class Rules, class Value>
Value mapped(const Rules& rules, Value value) {
    const auto found =
        std::ranges::find_if(rules, [&](const auto& rule) { return rule.from == value; });
    return found == rules.end() ? value : found->to;
}

OrderType without_limit(OrderType type) {
    return has_trigger(type) ? OrderType::stop : OrderType::market;
}

OrderType with_limit(OrderType type) {
    return has_trigger(type) ? OrderType::stop_limit : OrderType::limit;
}

// The order type that maps and mode lead to; a trigger is neither invented nor lost.
OrderType copied_type(const LinkTerms& link, OrderType type) {
    const OrderType wanted = mapped(link.order_type_map, type);
    OrderType out = has_limit_price(wanted) ? with_limit(type) : without_limit(type);
    if (link.price_mode == PriceMode::market) out = without_limit(out);
    if (link.price_mode == PriceMode::marketable_limit) out = with_limit(out);
    return out;
}

// `bps` away from the price, on the side that lets the order trade, and rounded back toward it.
Price protected_price(Price from, Side side, std::uint32_t bps, Price tick) {
    const std::int64_t step = tick.value() > 0 ? tick.value() : coarse_tick.value();
    const std::int64_t factor = side == Side::buy ? bps_whole + bps : bps_whole - std::int64_t{bps};
    const std::int64_t away = mul_div_floor(from.value(), factor, bps_whole).value_or(price_max);
    const std::int64_t down = away / step * step;
    const bool up = side == Side::sell && down != away;
    return Price{std::clamp(up ? down + step : down, step, price_max)};
}

void give_limit(const LinkTerms& link, const Quote& quote, CopyTerms& copy) {
    const bool stop = has_trigger(copy.terms.type);
    if (!stop && quote.mark == nullptr) {
        copy.lacks_mark = true;
        return;
    }
    const Price from = stop ? copy.terms.trigger : quote.mark->price;
    copy.protection_bps = link.protection_bps != 0 ? link.protection_bps
                                                   : protection_slab_bps(quote.instrument, from);
    copy.terms.type = with_limit(copy.terms.type);
    copy.terms.price =
        protected_price(from, copy.terms.side, copy.protection_bps, quote.rules.tick_size);
    if (!stop) copy.mark = *quote.mark;
}

void set_reference(const Quote& quote, CopyTerms& copy) {
    copy.reference = has_limit_price(copy.terms.type) ? copy.terms.price : copy.terms.trigger;
    if (copy.reference.value() > 0 || quote.mark == nullptr) return;
    copy.mark = *quote.mark;
    copy.reference = quote.mark->price;
}

}  // namespace

std::uint32_t protection_slab_bps(const Instrument& instrument, Price price) {
    const auto find = [&](const auto& slabs) {
        return std::ranges::find_if(slabs,
                                    [&](const Slab& slab) {
                                        return price.value() < slab.below * price_unit ||
                                               slab.below == price_max;
                                    })
            ->bps;
    };
    return is_option(instrument) ? find(option_slabs) : find(share_slabs);
}

CopyTerms copy_terms(const LinkTerms& link, const OrderTerms& master, const Quote& quote) {
    CopyTerms copy;
    copy.terms = master;
    if (link.sides != CopySides::mirror) {
        copy.terms.product = mapped(link.product_map, master.product);
        const OrderType type = copied_type(link, master.type);
        if (!has_limit_price(type)) {
            copy.terms.type = type;
            copy.terms.price = {};
        } else if (!has_limit_price(master.type)) {
            give_limit(link, quote, copy);
        }
    }
    set_reference(quote, copy);
    return copy;
}

}  // namespace ledger::replication
