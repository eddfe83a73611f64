// One switch per stored enumeration, without a default: a new enumerator breaks the build here
// until it is in schemas/events.fbs too.
#include "ledger/base/overloaded.h"
#include "ledger/log/record_payload.h"

#include <string_view>
#include <variant>

namespace ledger::log {
namespace {

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

bool known(Ratio ratio) {
    return ratio.numerator >= 0 && ratio.denominator > 0;
}

constexpr std::string_view none;

std::string_view fault_in(const OrderTerms& terms) {
    if (!known(terms.side)) return "side";
    if (!known(terms.type)) return "order_type";
    if (!known(terms.product)) return "product";
    return known(terms.time_in_force) ? none : "time_in_force";
}

std::string_view fault_in(const AccountProfile& profile) {
    return known(profile.scaling_factor) ? none : "scaling_factor";
}

std::string_view fault_in(const SizingFigures& figures) {
    return known(figures.ratio) ? none : "ratio";
}

std::string_view fault_in(const OrderTerms& terms, const SizingFigures& figures) {
    std::string_view fault = fault_in(terms);
    return fault.empty() ? fault_in(figures) : fault;
}

std::string_view fault_in(const MasterOrderReported& event) {
    if (!known(event.type)) return "type";
    if (!known(event.version.kind)) return "version_kind";
    if (!known(event.instrument.segment)) return "segment";
    return fault_in(event.terms);
}

std::string_view fault_in(const LinkTerms& terms) {
    if (!known(terms.strategy)) return "strategy";
    return known(terms.ratio) ? none : "ratio";
}

std::string_view fault_in(const FollowerOrderSkipped& event) {
    if (!known(event.action)) return "action";
    if (!known(event.reason)) return "reason";
    return fault_in(event.figures);
}

std::string_view fault_in(const AccountOpened& event) {
    return known(event.identity.role) ? fault_in(event.profile) : "role";
}

std::string_view fault_in(const Payload& payload) {
    const auto if_known = [](auto value, std::string_view field) {
        return known(value) ? none : field;
    };
    return std::visit(
        Overloaded{
            [](const AccountOpened& e) { return fault_in(e); },
            [](const AccountChanged& e) { return fault_in(e.profile); },
            [](const AccountClosed&) { return none; },
            [](const LinkSet& e) { return fault_in(e.terms); },
            [](const LinkRemoved&) { return none; },
            [&](const InstrumentDefined& e) { return if_known(e.instrument.segment, "segment"); },
            [](const MasterOrderReported& e) { return fault_in(e); },
            [](const ConflictRecorded&) { return none; },
            [](const FollowerOrderIntended& e) { return fault_in(e.terms, e.figures); },
            [](const FollowerOrderSkipped& e) { return fault_in(e); },
            [](const FollowerModifyIntended& e) { return fault_in(e.terms, e.figures); },
            [](const FollowerCancelIntended&) { return none; },
            [](const UnsentOrderAmended& e) { return fault_in(e.terms, e.figures); },
            [](const UnsentOrderWithdrawn&) { return none; },
            [&](const IntentSuperseded& e) { return if_known(e.because, "because"); },
            [&](const AttemptStarted& e) { return if_known(e.kind, "kind"); },
            [](const AttemptAccepted&) { return none; },
            [](const AttemptRejected&) { return none; },
            [](const AttemptUnknown&) { return none; },
            [](const AttemptNotPlaced&) { return none; },
            [](const IntentExpired&) { return none; },
            [](const IntentParked&) { return none; },
            [](const IntentResolved&) { return none; },
            [&](const FollowerOrderReported& e) { return if_known(e.status, "status"); },
            [&](const AnomalyRecorded& e) { return if_known(e.kind, "kind"); },
        },
        payload);
}

}  // namespace

std::string_view field_out_of_range(const Event& event) {
    if (event.sequence == 0) return "sequence";
    if (event.id.is_zero()) return "id";
    return fault_in(event.payload);
}

}  // namespace ledger::log
