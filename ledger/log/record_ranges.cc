#include "ledger/base/overloaded.h"
#include "ledger/log/record_known.h"
#include "ledger/log/record_payload.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace ledger::log {
namespace {

bool usable(Ratio ratio) {
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
    return usable(profile.scaling_factor) ? none : "scaling_factor";
}

std::string_view fault_in(const SizingFigures& figures) {
    if (!usable(figures.ratio)) return "ratio";
    if (!known(figures.strategy)) return "strategy";
    if (!figures.limit) return none;
    if (!known(figures.limit->rule)) return "rule";
    return known(figures.limit->scope) ? none : "scope";
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

template <class Kind>
bool all_known(const std::vector<Kind>& values) {
    return std::ranges::all_of(values, [](Kind value) { return known(value); });
}

template <class Rule>
bool all_rules_known(const std::vector<Rule>& rules) {
    return std::ranges::all_of(rules,
                               [](const Rule& rule) { return known(rule.from) && known(rule.to); });
}

std::string_view fault_in(const RiskLimits& limits) {
    if (!all_known(limits.allowed_products)) return "allowed_products";
    if (!all_known(limits.allowed_order_types)) return "allowed_order_types";
    return known(limits.on_limit) ? none : "on_limit";
}

std::string_view fault_in(const LinkTerms& terms) {
    if (!known(terms.strategy)) return "strategy";
    if (!usable(terms.ratio)) return "ratio";
    if (!usable(terms.percentage)) return "percentage";
    if (!known(terms.sides)) return "sides";
    if (!known(terms.price_mode)) return "price_mode";
    if (!all_rules_known(terms.product_map)) return "product_map";
    if (!all_rules_known(terms.order_type_map)) return "order_type_map";
    if (!known(terms.on_join)) return "on_join";
    if (!known(terms.on_leave)) return "on_leave";
    return fault_in(terms.limits);
}

std::string_view fault_in(const FollowerOrderIntended& event) {
    if (!known(event.purpose)) return "purpose";
    if (!known(event.instrument.segment)) return "segment";
    return fault_in(event.terms, event.figures);
}

std::string_view fault_in(SkipReason because) {
    return because == SkipReason::none || known(because) ? none : "because";
}

// What is beyond a day could overflow where days are counted.
std::string_view fault_in(const Calendar& calendar) {
    constexpr std::int32_t minutes_per_day = 24 * 60;
    const std::int32_t offset = calendar.utc_offset_minutes;
    if (offset <= -minutes_per_day || offset >= minutes_per_day) return "utc_offset_minutes";
    const std::int32_t start = calendar.session_start_minute;
    return start >= 0 && start < minutes_per_day ? none : "session_start_minute";
}

std::string_view fault_in(const FollowerOrderSkipped& event) {
    if (!known(event.action)) return "action";
    if (!known(event.reason)) return "reason";
    return fault_in(event.figures);
}

std::string_view fault_in(const RecordsArchived& event) {
    return event.through > 0 && event.through <= event.archive_records ? none : "through";
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
            [](const FollowerOrderIntended& e) { return fault_in(e); },
            [](const FollowerOrderSkipped& e) { return fault_in(e); },
            [](const FollowerModifyIntended& e) { return fault_in(e.terms, e.figures); },
            [](const FollowerCancelIntended& e) { return fault_in(e.because); },
            [](const UnsentOrderAmended& e) { return fault_in(e.terms, e.figures); },
            [](const UnsentOrderWithdrawn& e) { return fault_in(e.because); },
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
            [](const RiskLimitsSet& e) { return fault_in(e.limits); },
            [](const ConsentRecorded&) { return none; },
            [](const FundsReported&) { return none; },
            [](const TradingHalted&) { return none; },
            [](const TradingResumed&) { return none; },
            [&](const ExitRequested& e) { return if_known(e.scope, "scope"); },
            [](const CalendarSet& e) { return fault_in(e.calendar); },
            [](const RequestAnswered&) { return none; },
            [](const CheckpointSigned&) { return none; },
            [](const SubjectErased&) { return none; },
            [](const RecordsArchived& e) { return fault_in(e); },
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
