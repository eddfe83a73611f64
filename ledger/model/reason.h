// Why something was not copied, or not copied whole. Each reason is written once, in the catalogue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace ledger {

// DO NOT CHANGE VALUES: they are stored.
enum class SkipReason : std::uint8_t {
    none = 0,
    below_min_lot = 1,
    account_disabled = 2,
    no_mapped_order = 3,
    master_order_dead = 4,
    stale_version = 5,
    no_change = 6,
    order_done = 7,
    cancel_pending = 8,
    instrument_refused = 9,
    quantity_overflow = 10,
    consent_missing = 11,
    consent_withdrawn = 12,
    kill_switch = 13,
    side_not_copied = 14,
    instrument_not_allowed = 15,
    product_not_allowed = 16,
    order_type_not_allowed = 17,
    exchange_not_allowed = 18,
    stale_event = 19,
    outside_trading_hours = 20,
    price_band = 21,
    orders_per_second = 22,
    max_quantity = 23,
    max_order_value = 24,
    max_position_value = 25,
    max_open_orders = 26,
    max_capital = 27,
    max_daily_loss = 28,
    no_reference_price = 29,
    equity_unknown = 30,
    equity_stale = 31,
    nothing_to_reduce = 32,
    freeze_quantity = 33,
    account_closed = 34,
    exit_requested = 35,
    close_failed = 36,
    joined_after = 37,
};

// The values are 1 to this.
inline constexpr std::size_t skip_reason_count = static_cast<std::size_t>(SkipReason::joined_after);

struct ReasonEntry {
    SkipReason reason = SkipReason::none;
    std::string_view code;     // stands in the log, in answers and in exports
    std::string_view meaning;  // a sentence for the operator
};

// In the order of the values; `none` is not in it.
[[nodiscard]] std::span<const ReasonEntry> reason_catalogue();

[[nodiscard]] std::string_view to_text(SkipReason reason);  // BELOW_MIN_LOT, ...; "" for none

}  // namespace ledger
