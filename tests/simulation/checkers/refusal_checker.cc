// The other side of I8: what a limit is said to refuse or to cap, it does.
#include "ledger/model/calendar.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::LimitFigures;
using ledger::OnLimit;
using ledger::RiskScope;
using ledger::SkipReason;

namespace {

// Of a slice that only reduces it is not known which.
enum class Effect { refuses, caps, either };

// What was said of one follower, and when.
struct Claim {
    const ToldLedger& told;
    const Event& event;
    AccountNumber master;
    AccountNumber follower;
    ledger::EventId master_order;
    const ledger::SizingFigures& figures;
    Effect effect = Effect::either;
    bool by_report = false;  // of the master's, rather than by a link that begins
};

ToldPlace place_of(const Claim& claim, RiskScope scope) {
    switch (scope) {
        case RiskScope::link:
            return {claim.master, claim.follower};
        case RiskScope::follower:
            return {claim.follower, {}};
        case RiskScope::master:
            return {claim.master, {}};
        case RiskScope::global:
            break;
    }
    return {};
}

template <class Value>
std::optional<std::int64_t> number(const std::optional<Value>& bound) {
    if (!bound) return std::nullopt;
    if constexpr (std::is_integral_v<Value>) {
        return *bound;
    } else {
        return bound->value();
    }
}

struct Bound {
    SkipReason rule;
    std::optional<std::int64_t> (*of)(const ledger::RiskLimits& limits);
};

// The price band is not among them: its figures are rounded.
constexpr std::array<Bound, 8> bounds{{
    {SkipReason::max_quantity, [](const auto& limits) { return number(limits.max_quantity); }},
    {SkipReason::max_order_value,
     [](const auto& limits) { return number(limits.max_order_value); }},
    {SkipReason::max_position_value,
     [](const auto& limits) { return number(limits.max_position_value); }},
    {SkipReason::max_capital, [](const auto& limits) { return number(limits.max_capital); }},
    {SkipReason::max_open_orders,
     [](const auto& limits) { return number(limits.max_open_orders); }},
    {SkipReason::max_daily_loss, [](const auto& limits) { return number(limits.max_daily_loss); }},
    {SkipReason::orders_per_second,
     [](const auto& limits) { return number(limits.max_orders_per_second); }},
    {SkipReason::stale_event, [](const auto& limits) { return number(limits.max_event_age_ms); }},
}};

bool has_bound(SkipReason rule) {
    return std::ranges::find(bounds, rule, &Bound::rule) != bounds.end();
}

bool may_be_capped(SkipReason rule) {
    using enum SkipReason;
    return rule == max_quantity || rule == max_order_value || rule == max_position_value ||
           rule == max_capital;
}

std::string_view against_bound(const Claim& claim, const LimitFigures& limit) {
    const ToldPlace place = place_of(claim, limit.scope);
    const ledger::RiskLimits& limits = claim.told.limits(place);
    const auto bound = std::ranges::find(bounds, limit.rule, &Bound::rule)->of(limits);
    if (!bound || *bound != limit.bound) return "there is no such limit";
    const bool loss = limit.rule == SkipReason::max_daily_loss;
    if (loss ? limit.actual < limit.bound : limit.actual <= limit.bound) return "it is not reached";
    const std::int64_t now_ns = claim.event.recorded_at_ns;
    if (loss && limit.actual != claim.told.loss(place, now_ns)) return "another loss was made";
    if (limit.rule == SkipReason::max_open_orders &&
        limit.actual <= claim.told.open_orders(place)) {
        return "fewer orders are open";
    }
    if (!may_be_capped(limit.rule)) return "";
    const bool caps = limits.on_limit == OnLimit::cap || (limits.on_limit == OnLimit::standard &&
                                                          limit.rule == SkipReason::max_quantity);
    if (claim.effect == Effect::either) return "";
    if (claim.effect == Effect::caps) return caps ? "" : "it does not cap";
    const bool fits =
        limit.rule == SkipReason::max_quantity && limit.bound >= claim.figures.lot_size.value();
    return caps && fits ? "a part of it fits" : "";
}

bool is_open(const Claim& claim, const ToldPlace& place) {
    const auto& hours = claim.told.limits(place).trading_hours;
    const auto minute = minute_of_day(claim.told.calendar(), claim.event.recorded_at_ns);
    return !hours || (minute >= hours->from_minute && minute < hours->to_minute);
}

// Of the master's order; what joins has a side of its own.
bool is_sale_not_copied(const Claim& claim) {
    const auto* link = claim.told.link(claim.master, claim.follower);
    return claim.told.master_order(claim.master_order)->side == ledger::Side::sell &&
           link->sides == ledger::CopySides::buy_only;
}

std::string_view against_state(const Claim& claim, const LimitFigures& limit) {
    using enum SkipReason;
    const ToldLedger& told = claim.told;
    const ToldPlace place = place_of(claim, limit.scope);
    if (limit.rule == kill_switch && !told.halted(place)) return "nothing is halted there";
    if (limit.rule == account_disabled && told.enabled(place.first)) return "the account trades";
    if (limit.rule == consent_withdrawn && !told.withdrew_consent(claim.follower)) {
        return "consent stands";
    }
    if (limit.rule == consent_missing && told.has_consent(claim.follower)) return "it is there";
    if (limit.rule == side_not_copied && claim.by_report && !is_sale_not_copied(claim)) {
        return "the side is copied";
    }
    if (limit.rule == outside_trading_hours && is_open(claim, place)) return "it is open";
    return "";
}

void judge(const Claim& claim, Findings& findings) {
    const auto& limit = claim.figures.limit;
    if (!limit) return;
    const std::string_view what =
        has_bound(limit->rule) ? against_bound(claim, *limit) : against_state(claim, *limit);
    if (what.empty()) return;
    findings.push_back(fmt::format("I8: sequence {} says {} of account {}, and {}",
                                   claim.event.sequence, to_text(limit->rule),
                                   claim.follower.value(), what));
}

}  // namespace

void i8_what_is_refused_is_above_its_limits(const Evidence& evidence, Findings& findings) {
    ToldLedger told;
    ledger::EventId report;  // the latest of a master's
    for (const Event& event : evidence.log) {
        if (std::holds_alternative<ledger::MasterOrderReported>(event.payload)) report = event.id;
        const bool by_report = event.causation == report;
        if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&event.payload)) {
            const bool risk = e->figures.limit && e->figures.limit->rule == e->reason;
            const Claim claim{told,       event,           e->master, e->follower, e->master_order,
                              e->figures, Effect::refuses, by_report};
            if (risk) judge(claim, findings);
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&event.payload)) {
            const bool opens = e->terms.quantity > e->figures.reducing;
            const Effect effect = opens ? Effect::caps : Effect::either;
            judge({told, event, e->master, e->follower, e->master_order, e->figures, effect,
                   by_report},
                  findings);
        }
        told.apply(event);
    }
}

}  // namespace simulation
