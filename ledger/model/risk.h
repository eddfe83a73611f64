// What a follower's orders may not exceed. The same limits can stand at four places: on a link, on
// a follower, on a master (for all that is copied from it) and over the whole ledger.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/model/order.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

// DO NOT CHANGE VALUES: they are stored.
enum class RiskScope : std::uint8_t { link = 1, follower = 2, master = 3, global = 4 };

// What becomes of an order that a quantity or value limit does not let pass whole.
enum class OnLimit : std::uint8_t {
    standard = 0,  // CAP for max_quantity, SKIP for the rest
    cap = 1,       // send what fits, at least a lot
    skip = 2,
};

// Minutes since midnight on the exchange's clock; `to` is not part of it. Requires from < to.
struct TradingHours {
    std::uint16_t from_minute = 0;
    std::uint16_t to_minute = 0;

    friend bool operator==(const TradingHours&, const TradingHours&) = default;
};

// What is not set does not limit, an empty list allows everything. Limits of one order (quantity,
// order value, position value, the lists, hours, band, age) hold for each follower order by itself;
// open orders, capital, daily loss and rate are totals of the place where the limit stands.
struct RiskLimits {
    std::optional<Quantity> max_quantity{};
    std::optional<Money> max_order_value{};
    std::optional<Money> max_position_value{};  // of one instrument at one follower
    std::optional<std::uint32_t> max_open_orders{};
    std::optional<Money> max_capital{};     // cost of copied positions and value of open orders
    std::optional<Money> max_daily_loss{};  // realised since the session's start
    std::optional<std::uint32_t> max_orders_per_second{};
    std::optional<std::uint32_t> price_band_bps{};  // distance from the last mark, in 1/10,000
    std::optional<std::int64_t> max_event_age_ms{};
    std::optional<TradingHours> trading_hours{};
    std::vector<std::string> allowed_instruments{};  // symbols or tokens
    std::vector<Product> allowed_products{};
    std::vector<OrderType> allowed_order_types{};
    std::vector<std::string> allowed_exchanges{};  // "NSE", or a segment as "NSECM"
    OnLimit on_limit = OnLimit::standard;

    friend bool operator==(const RiskLimits&, const RiskLimits&) = default;
};

[[nodiscard]] std::string_view to_text(RiskScope scope);   // LINK, FOLLOWER, MASTER, GLOBAL
[[nodiscard]] std::string_view to_text(OnLimit on_limit);  // DEFAULT, CAP, SKIP
[[nodiscard]] std::optional<OnLimit> parse_on_limit(std::string_view text);

// invalid_input naming the field unless every bound is positive (a daily loss or a count of open
// orders may be zero) and the hours are within one day.
[[nodiscard]] Result<void> validate(const RiskLimits& limits);

}  // namespace ledger
