#include "tests/simulation/run/draw.h"

namespace simulation {

using ledger::CopySides;
using ledger::CopyStrategy;
using ledger::JoinPolicy;
using ledger::LeavePolicy;
using ledger::Money;
using ledger::OnLimit;
using ledger::OrderType;
using ledger::Price;
using ledger::PriceMode;
using ledger::Product;
using ledger::Quantity;
using ledger::Ratio;

Price any_price(Dice& dice) {
    return Price{100 * rupee + 500 * dice.between(0, 20)};
}

Quantity any_quantity(Dice& dice) {
    constexpr std::array<std::int64_t, 8> quantities{1, 7, 10, 25, 60, 100, 130, 1'000};
    return Quantity{one_of(dice, quantities)};
}

Ratio any_ratio(Dice& dice) {
    constexpr std::array<Ratio, 6> ratios{Ratio{1, 1}, {1, 2}, {29, 100}, {2, 1}, {1, 3}, {5, 2}};
    return one_of(dice, ratios);
}

ledger::OrderTerms any_terms(Dice& dice) {
    constexpr std::array types{OrderType::market, OrderType::limit, OrderType::limit,
                               OrderType::limit,  OrderType::stop,  OrderType::stop_limit};
    constexpr std::array products{Product::intraday, Product::intraday, Product::delivery,
                                  Product::carry};
    ledger::OrderTerms terms;
    terms.side = dice.chance(500) ? ledger::Side::buy : ledger::Side::sell;
    terms.type = one_of(dice, types);
    terms.product = one_of(dice, products);
    terms.quantity = any_quantity(dice);
    if (has_limit_price(terms.type)) terms.price = any_price(dice);
    if (has_trigger(terms.type)) terms.trigger = any_price(dice);
    return terms;
}

namespace {

void draw_bounds(Dice& dice, ledger::RiskLimits& limits) {
    const auto drawn = [&dice] { return dice.chance(150); };
    const auto money = [&dice] {
        constexpr std::array<std::int64_t, 3> amounts{1'000, 5'000, 12'000};
        return Money{one_of(dice, amounts) * rupee};
    };
    if (drawn())
        limits.max_quantity = Quantity{one_of(dice, std::array<std::int64_t, 3>{5, 30, 80})};
    if (drawn()) limits.max_order_value = money();
    if (drawn()) limits.max_position_value = money();
    if (drawn()) limits.max_capital = money();
    if (drawn()) limits.max_open_orders = one_of(dice, std::array<std::uint32_t, 3>{0, 1, 4});
    if (drawn()) limits.max_daily_loss = Money{one_of(dice, std::array{0, 1, 50}) * rupee};
    if (drawn()) limits.max_orders_per_second = one_of(dice, std::array<std::uint32_t, 2>{1, 3});
    if (drawn()) limits.price_band_bps = one_of(dice, std::array<std::uint32_t, 2>{20, 100});
    if (drawn()) limits.max_event_age_ms = one_of(dice, std::array{100, 5'000});
}

void draw_lists(Dice& dice, ledger::RiskLimits& limits) {
    const auto drawn = [&dice] { return dice.chance(60); };
    if (drawn()) limits.allowed_instruments = {dice.chance(500) ? "reliance" : "1594"};
    if (drawn()) limits.allowed_products = {Product::intraday, Product::carry};
    if (drawn()) limits.allowed_order_types = {OrderType::limit, OrderType::stop_limit};
    if (drawn()) limits.allowed_exchanges = {dice.chance(500) ? "NSE" : "NSECM"};
    // The runs begin at 22:13 UTC.
    constexpr ledger::TradingHours night{22 * 60, 24 * 60 - 1};
    constexpr ledger::TradingHours day{9 * 60 + 15, 15 * 60 + 30};
    if (drawn()) limits.trading_hours = dice.chance(500) ? night : day;
}

}  // namespace

ledger::RiskLimits any_limits(Dice& dice) {
    constexpr std::array ways{OnLimit::standard, OnLimit::cap, OnLimit::skip};
    ledger::RiskLimits limits;
    draw_bounds(dice, limits);
    draw_lists(dice, limits);
    limits.on_limit = one_of(dice, ways);
    return limits;
}

ledger::InstrumentRules any_rules(Dice& dice) {
    ledger::InstrumentRules rules;
    rules.lot_size = Quantity{one_of(dice, std::array<std::int64_t, 4>{1, 1, 5, 10})};
    rules.tick_size = Price{one_of(dice, std::array<std::int64_t, 2>{0, 500})};
    rules.freeze_quantity = Quantity{one_of(dice, std::array<std::int64_t, 4>{0, 0, 50, 64})};
    return rules;
}

ledger::Calendar any_calendar(Dice& dice) {
    constexpr std::array<ledger::Calendar, 4> calendars{
        {{0, 0}, {330, 9 * 60}, {330, 3 * 60 + 46}, {0, 22 * 60 + 16}}};
    return one_of(dice, calendars);
}

ledger::SetLink any_link(Dice& dice) {
    constexpr std::array strategies{CopyStrategy::fixed_ratio, CopyStrategy::fixed_ratio,
                                    CopyStrategy::percentage, CopyStrategy::fixed_quantity,
                                    CopyStrategy::equity_proportional};
    constexpr std::array sides{CopySides::buy_and_sell, CopySides::buy_and_sell,
                               CopySides::buy_only, CopySides::mirror};
    constexpr std::array modes{PriceMode::same, PriceMode::same, PriceMode::market,
                               PriceMode::marketable_limit};
    constexpr std::array leaving{LeavePolicy::leave, LeavePolicy::cancel_working,
                                 LeavePolicy::close_positions};
    ledger::SetLink link;
    link.strategy = one_of(dice, strategies);
    link.ratio = any_ratio(dice);
    link.percentage = Ratio{one_of(dice, std::array<std::int64_t, 3>{1, 5, 20}), 2};
    link.fixed_quantity = Quantity{one_of(dice, std::array<std::int64_t, 3>{1, 12, 70})};
    link.round_up_to_min_lot = dice.chance(300);
    link.sides = one_of(dice, sides);
    link.price_mode = one_of(dice, modes);
    if (dice.chance(300)) link.protection_bps = 50;
    if (dice.chance(200)) link.product_map = {{{Product::intraday, Product::carry}}};
    if (dice.chance(200)) {
        link.order_type_map = {
            {{OrderType::limit, OrderType::market}, {OrderType::stop, OrderType::stop_limit}}};
    }
    link.on_join = dice.chance(500) ? JoinPolicy::new_only : JoinPolicy::open_positions;
    link.on_leave = one_of(dice, leaving);
    if (dice.chance(200)) link.limits = any_limits(dice);
    return link;
}

}  // namespace simulation
