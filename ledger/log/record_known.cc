#include "ledger/log/record_known.h"

namespace ledger::log {

bool known(AccountRole role) {
    switch (role) {
        case AccountRole::master:
        case AccountRole::follower:
            return true;
    }
    return false;
}

bool known(CopyStrategy strategy) {
    switch (strategy) {
        case CopyStrategy::fixed_ratio:
        case CopyStrategy::percentage:
        case CopyStrategy::fixed_quantity:
        case CopyStrategy::equity_proportional:
            return true;
    }
    return false;
}

bool known(CopySides sides) {
    switch (sides) {
        case CopySides::buy_and_sell:
        case CopySides::buy_only:
        case CopySides::mirror:
            return true;
    }
    return false;
}

bool known(PriceMode mode) {
    switch (mode) {
        case PriceMode::same:
        case PriceMode::market:
        case PriceMode::marketable_limit:
            return true;
    }
    return false;
}

bool known(JoinPolicy policy) {
    switch (policy) {
        case JoinPolicy::new_only:
        case JoinPolicy::open_positions:
            return true;
    }
    return false;
}

bool known(LeavePolicy policy) {
    switch (policy) {
        case LeavePolicy::leave:
        case LeavePolicy::cancel_working:
        case LeavePolicy::close_positions:
            return true;
    }
    return false;
}

bool known(RiskScope scope) {
    switch (scope) {
        case RiskScope::link:
        case RiskScope::follower:
        case RiskScope::master:
        case RiskScope::global:
            return true;
    }
    return false;
}

bool known(OnLimit on_limit) {
    switch (on_limit) {
        case OnLimit::standard:
        case OnLimit::cap:
        case OnLimit::skip:
            return true;
    }
    return false;
}

bool known(Side side) {
    switch (side) {
        case Side::buy:
        case Side::sell:
            return true;
    }
    return false;
}

bool known(OrderType type) {
    switch (type) {
        case OrderType::market:
        case OrderType::limit:
        case OrderType::stop:
        case OrderType::stop_limit:
            return true;
    }
    return false;
}

bool known(Product product) {
    switch (product) {
        case Product::intraday:
        case Product::delivery:
        case Product::carry:
            return true;
    }
    return false;
}

bool known(TimeInForce validity) {
    switch (validity) {
        case TimeInForce::day:
        case TimeInForce::ioc:
            return true;
    }
    return false;
}

bool known(Segment segment) {
    switch (segment) {
        case Segment::nse_cash:
        case Segment::nse_derivatives:
        case Segment::nse_currency:
        case Segment::bse_cash:
        case Segment::bse_derivatives:
        case Segment::mcx_derivatives:
            return true;
    }
    return false;
}

bool known(OrdStatus status) {
    switch (status) {
        case OrdStatus::intended:
        case OrdStatus::pending_new:
        case OrdStatus::unknown:
        case OrdStatus::new_:
        case OrdStatus::partially_filled:
        case OrdStatus::filled:
        case OrdStatus::canceled:
        case OrdStatus::rejected:
        case OrdStatus::expired:
        case OrdStatus::not_placed:
        case OrdStatus::withdrawn:
            return true;
    }
    return false;
}

bool known(MasterEventType type) {
    switch (type) {
        case MasterEventType::new_:
        case MasterEventType::modified:
        case MasterEventType::canceled:
        case MasterEventType::fill:
        case MasterEventType::rejected:
            return true;
    }
    return false;
}

bool known(SourceVersion::Kind kind) {
    switch (kind) {
        case SourceVersion::Kind::sequence:
        case SourceVersion::Kind::time:
        case SourceVersion::Kind::revision:
            return true;
    }
    return false;
}

bool known(IntentKind kind) {
    switch (kind) {
        case IntentKind::new_:
        case IntentKind::modify:
        case IntentKind::cancel:
            return true;
    }
    return false;
}

bool known(SkipReason reason) {
    switch (reason) {
        case SkipReason::none:
            return false;
        case SkipReason::below_min_lot:
        case SkipReason::account_disabled:
        case SkipReason::no_mapped_order:
        case SkipReason::master_order_dead:
        case SkipReason::stale_version:
        case SkipReason::no_change:
        case SkipReason::order_done:
        case SkipReason::cancel_pending:
        case SkipReason::instrument_refused:
        case SkipReason::quantity_overflow:
        case SkipReason::consent_missing:
        case SkipReason::consent_withdrawn:
        case SkipReason::kill_switch:
        case SkipReason::side_not_copied:
        case SkipReason::instrument_not_allowed:
        case SkipReason::product_not_allowed:
        case SkipReason::order_type_not_allowed:
        case SkipReason::exchange_not_allowed:
        case SkipReason::stale_event:
        case SkipReason::outside_trading_hours:
        case SkipReason::price_band:
        case SkipReason::orders_per_second:
        case SkipReason::max_quantity:
        case SkipReason::max_order_value:
        case SkipReason::max_position_value:
        case SkipReason::max_open_orders:
        case SkipReason::max_capital:
        case SkipReason::max_daily_loss:
        case SkipReason::no_reference_price:
        case SkipReason::equity_unknown:
        case SkipReason::equity_stale:
        case SkipReason::nothing_to_reduce:
        case SkipReason::freeze_quantity:
        case SkipReason::account_closed:
        case SkipReason::exit_requested:
        case SkipReason::close_failed:
        case SkipReason::joined_after:
            return true;
    }
    return false;
}

bool known(OrderPurpose purpose) {
    switch (purpose) {
        case OrderPurpose::copy:
        case OrderPurpose::flatten:
        case OrderPurpose::exit:
        case OrderPurpose::leave:
        case OrderPurpose::join:
            return true;
    }
    return false;
}

bool known(SupersededBecause because) {
    switch (because) {
        case SupersededBecause::later_change:
        case SupersededBecause::order_done:
        case SupersededBecause::merged_unsent:
            return true;
    }
    return false;
}

bool known(AnomalyKind kind) {
    switch (kind) {
        case AnomalyKind::duplicate_order:
        case AnomalyKind::illegal_transition:
        case AnomalyKind::foreign_order:
            return true;
    }
    return false;
}

bool known(ExitScope scope) {
    switch (scope) {
        case ExitScope::order:
        case ExitScope::position:
            return true;
    }
    return false;
}

}  // namespace ledger::log
