#include "ledger/model/reason.h"

#include "ledger/base/assert.h"

#include <array>
#include <cstddef>

namespace ledger {

namespace {

using enum SkipReason;

constexpr std::array<ReasonEntry, skip_reason_count> catalogue{{
    {below_min_lot, "BELOW_MIN_LOT", "Rounded down to the instrument's lots, nothing is left."},
    {account_disabled, "ACCOUNT_DISABLED", "The follower or the master is disabled."},
    {no_mapped_order, "NO_MAPPED_ORDER", "Nothing was copied that could be changed or cancelled."},
    {master_order_dead, "MASTER_ORDER_DEAD",
     "The master's order was cancelled or rejected before it could be copied."},
    {stale_version, "STALE_VERSION", "A later version of the master's order is known already."},
    {no_change, "NO_CHANGE", "The follower's order already is as it should be."},
    {order_done, "ORDER_DONE", "The follower's order has ended."},
    {cancel_pending, "CANCEL_PENDING", "A cancel of the follower's order is on its way."},
    {instrument_refused, "INSTRUMENT_REFUSED",
     "The instrument is in no instrument file, and the configuration refuses such."},
    {quantity_overflow, "QUANTITY_OVERFLOW", "The quantity exceeds what an order can hold."},
    {consent_missing, "CONSENT_MISSING", "The follower has not consented, which is required."},
    {consent_withdrawn, "CONSENT_WITHDRAWN", "The follower has withdrawn consent."},
    {kill_switch, "KILL_SWITCH", "Trading is halted: for all, for this master or this follower."},
    {side_not_copied, "SIDE_NOT_COPIED", "The link copies buying only, and this sale would open."},
    {instrument_not_allowed, "INSTRUMENT_NOT_ALLOWED", "Not on the list of allowed instruments."},
    {product_not_allowed, "PRODUCT_NOT_ALLOWED", "Not on the list of allowed products."},
    {order_type_not_allowed, "ORDER_TYPE_NOT_ALLOWED", "Not on the list of allowed order types."},
    {exchange_not_allowed, "EXCHANGE_NOT_ALLOWED", "Not on the list of allowed exchanges."},
    {stale_event, "STALE_EVENT", "The master's event was too old when it came."},
    {outside_trading_hours, "OUTSIDE_TRADING_HOURS", "Outside the allowed hours of the day."},
    {price_band, "PRICE_BAND", "The price is too far from the last mark."},
    {orders_per_second, "ORDERS_PER_SECOND", "Too many orders within this second."},
    {max_quantity, "MAX_QUANTITY", "More than the largest quantity of one order."},
    {max_order_value, "MAX_ORDER_VALUE", "More than the largest value of one order."},
    {max_position_value, "MAX_POSITION_VALUE",
     "The position in the instrument would be worth more than allowed."},
    {max_open_orders, "MAX_OPEN_ORDERS", "As many orders as allowed are open already."},
    {max_capital, "MAX_CAPITAL", "Positions and open orders would take more capital than allowed."},
    {max_daily_loss, "MAX_DAILY_LOSS", "The loss realised since the session's start is too large."},
    {no_reference_price, "NO_REFERENCE_PRICE",
     "A value was needed, and there is neither a limit price nor a mark."},
    {equity_unknown, "EQUITY_UNKNOWN", "The strategy needs an equity that was never recorded."},
    {equity_stale, "EQUITY_STALE", "The recorded equity is older than the configuration allows."},
    {nothing_to_reduce, "NOTHING_TO_REDUCE",
     "The master reduces a position of which the follower has no copy."},
    {freeze_quantity, "FREEZE_QUANTITY",
     "A change cannot take more slices than the order was placed in."},
    {account_closed, "ACCOUNT_CLOSED", "The follower's account is closed."},
    {exit_requested, "EXIT_REQUESTED", "The master's order is being exited."},
    {close_failed, "CLOSE_FAILED",
     "An order that was to close the copied position came to nothing; a person must look."},
    {joined_after, "JOINED_AFTER",
     "The master's order was known before the link began to copy; only its news came later."},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        if (static_cast<std::size_t>(catalogue[i].reason) != i + 1) return false;
    }
    return true;
}

static_assert(in_order());

}  // namespace

std::span<const ReasonEntry> reason_catalogue() {
    return catalogue;
}

std::string_view to_text(SkipReason reason) {
    if (reason == none) return "";
    const auto index = static_cast<std::size_t>(reason) - 1;
    LEDGER_ASSERT(index < catalogue.size());
    return catalogue[index].code;
}

}  // namespace ledger
