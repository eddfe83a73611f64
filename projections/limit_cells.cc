#include "projections/limit_cells.h"

#include "projections/cell_text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace projections {

using namespace ledger;

namespace {

std::string shown(Quantity quantity) {
    return std::to_string(quantity.value());
}

std::string shown(Money money) {
    return decimal(money);
}

std::string shown(std::uint32_t count) {
    return std::to_string(count);
}

std::string shown(std::int64_t duration) {
    return std::to_string(duration);
}

// "09:15-15:30"
std::string shown(const TradingHours& hours) {
    return time_of_day(hours.from_minute) + "-" + time_of_day(hours.to_minute);
}

template <class Value>
std::string shown(const std::optional<Value>& limit) {
    return limit ? shown(*limit) : std::string{};
}

std::string_view word(const std::string& text) {
    return text;
}

std::string_view word(Product product) {
    return to_text(product);
}

std::string_view word(OrderType type) {
    return to_text(type);
}

// "RELIANCE|TCS"
template <class Value>
std::string shown(const std::vector<Value>& list) {
    std::string all;
    for (const Value& value : list) {
        if (!all.empty()) all += '|';
        all += word(value);
    }
    return all;
}

bool is_money(SkipReason rule) {
    return rule == SkipReason::max_order_value || rule == SkipReason::max_position_value ||
           rule == SkipReason::max_capital || rule == SkipReason::max_daily_loss;
}

std::string amount(SkipReason rule, std::int64_t value) {
    return is_money(rule) ? decimal(Money{value}) : std::to_string(value);
}

}  // namespace

void add_limits(Row& row, const RiskLimits& limits) {
    row.text("max_quantity", shown(limits.max_quantity))
        .text("max_order_value", shown(limits.max_order_value))
        .text("max_position_value", shown(limits.max_position_value))
        .text("max_open_orders", shown(limits.max_open_orders))
        .text("max_capital", shown(limits.max_capital))
        .text("max_daily_loss", shown(limits.max_daily_loss))
        .text("max_orders_per_second", shown(limits.max_orders_per_second))
        .text("price_band_bps", shown(limits.price_band_bps))
        .text("max_event_age_ms", shown(limits.max_event_age_ms))
        .text("trading_hours", shown(limits.trading_hours))
        .text("allowed_instruments", shown(limits.allowed_instruments))
        .text("allowed_products", shown(limits.allowed_products))
        .text("allowed_order_types", shown(limits.allowed_order_types))
        .text("allowed_exchanges", shown(limits.allowed_exchanges))
        .text("on_limit", limits.on_limit == OnLimit::standard ? "" : to_text(limits.on_limit));
}

std::string limits_text(const RiskLimits& limits) {
    Row row;
    add_limits(row, limits);
    std::string all;
    for (const Cell& limit : row.cells()) {
        if (limit.text.empty()) continue;
        if (!all.empty()) all += ", ";
        all += std::string{limit.name} + " " + limit.text;
    }
    return all;
}

void add_limit_figures(Row& row, const std::optional<LimitFigures>& limit) {
    row.text("limit_rule", limit ? to_text(limit->rule) : "")
        .text("limit_scope", limit ? to_text(limit->scope) : "")
        .text("limit_bound", limit ? amount(limit->rule, limit->bound) : "")
        .text("limit_actual", limit ? amount(limit->rule, limit->actual) : "");
}

}  // namespace projections
