#include "ledger/replication/limits.h"

#include "ledger/base/int128.h"
#include "ledger/base/time_units.h"
#include "ledger/text/words.h"

#include <algorithm>

namespace ledger::replication {

namespace {

using Violation = std::optional<LimitFigures>;

LimitFigures refused(SkipReason rule, RiskScope scope) {
    return {.rule = rule, .scope = scope, .bound = 0, .actual = 0};
}

// ---- who trades at all

Violation check_accounts(const Opening& opening) {
    if (!opening.master.tradable()) return refused(SkipReason::account_disabled, RiskScope::master);
    if (!opening.follower.tradable()) {
        return refused(SkipReason::account_disabled, RiskScope::follower);
    }
    return std::nullopt;
}

Violation check_consent(const Opening& opening) {
    switch (opening.follower.consent) {
        case Consent::accepted:
            return std::nullopt;
        case Consent::withdrawn:
            return refused(SkipReason::consent_withdrawn, RiskScope::follower);
        case Consent::none:
            if (!opening.policy.require_consent) return std::nullopt;
            return refused(SkipReason::consent_missing, RiskScope::follower);
    }
    return std::nullopt;
}

Violation check_kill_switch(const Opening& opening) {
    if (opening.state.risk.halted) return refused(SkipReason::kill_switch, RiskScope::global);
    if (opening.master.risk.halted) return refused(SkipReason::kill_switch, RiskScope::master);
    if (opening.follower.risk.halted) return refused(SkipReason::kill_switch, RiskScope::follower);
    return std::nullopt;
}

Violation check_side(const Opening& opening) {
    const bool refuses =
        opening.link.terms.sides == CopySides::buy_only && opening.terms.side == Side::sell;
    return refuses ? Violation{refused(SkipReason::side_not_copied, RiskScope::link)}
                   : std::nullopt;
}

// ---- what may be traded, when, at which price

template <class Value>
bool is_allowed(const std::vector<Value>& list, const Value& value) {
    return list.empty() || std::ranges::find(list, value) != list.end();
}

Violation check_instrument(const Opening& opening, const Place& place) {
    const auto& list = place.limits->allowed_instruments;
    if (list.empty()) return std::nullopt;
    const bool allowed = std::ranges::any_of(list, [&](const std::string& entry) {
        return same_in_any_case(entry, opening.instrument.symbol) ||
               same_in_any_case(entry, opening.instrument.token);
    });
    if (allowed) return std::nullopt;
    return refused(SkipReason::instrument_not_allowed, place.scope);
}

// "NSE" is all of its segments, "NFO" the one that parse_segment() knows by that word.
bool names_exchange(std::string_view entry, Segment segment) {
    constexpr std::size_t exchange_size = 3;
    const std::string_view own = to_text(segment);
    if (same_in_any_case(entry, own)) return true;
    if (same_in_any_case(entry, own.substr(0, exchange_size))) return true;
    const bool whole_exchange = same_in_any_case(entry, "NSE") || same_in_any_case(entry, "BSE");
    return !whole_exchange && parse_segment(entry, "") == segment;
}

Violation check_exchange(const Opening& opening, const Place& place) {
    const auto& list = place.limits->allowed_exchanges;
    if (list.empty()) return std::nullopt;
    const Segment segment = opening.instrument.segment;
    const bool allowed = std::ranges::any_of(
        list, [&](const std::string& entry) { return names_exchange(entry, segment); });
    if (allowed) return std::nullopt;
    return refused(SkipReason::exchange_not_allowed, place.scope);
}

Violation check_product(const Opening& opening, const Place& place) {
    if (is_allowed(place.limits->allowed_products, opening.terms.product)) return std::nullopt;
    return refused(SkipReason::product_not_allowed, place.scope);
}

Violation check_order_type(const Opening& opening, const Place& place) {
    if (is_allowed(place.limits->allowed_order_types, opening.terms.type)) return std::nullopt;
    return refused(SkipReason::order_type_not_allowed, place.scope);
}

Violation check_age(const Opening& opening, const Place& place) {
    const auto bound = place.limits->max_event_age_ms;
    const std::int64_t age_ns = opening.now_ns - opening.occurred_at_ns;
    if (!bound || age_ns <= *bound * ns_per_ms) return std::nullopt;
    return LimitFigures{SkipReason::stale_event, place.scope, *bound, age_ns / ns_per_ms};
}

bool is_closed_day(const Policy& policy, std::int32_t day) {
    // 1970-01-01 was a Thursday: day 2 of the epoch was a Saturday.
    constexpr std::int32_t days_per_week = 7;
    const std::int32_t since_saturday = (day + 5) % days_per_week;
    return (policy.weekends_closed && since_saturday < 2) ||
           std::ranges::binary_search(policy.holidays, day);
}

Violation check_hours(const Opening& opening, const Place& place) {
    const auto& hours = place.limits->trading_hours;
    if (!hours) return std::nullopt;
    const Calendar& calendar = opening.state.calendar;
    const std::int32_t minute = minute_of_day(calendar, opening.now_ns);
    const bool open = minute >= hours->from_minute && minute < hours->to_minute &&
                      !is_closed_day(opening.policy, local_day(calendar, opening.now_ns));
    if (open) return std::nullopt;
    const bool early = minute < hours->from_minute;
    return LimitFigures{SkipReason::outside_trading_hours, place.scope,
                        early ? hours->from_minute : hours->to_minute, minute};
}

Violation check_band(const Opening& opening, const Place& place) {
    const auto bound = place.limits->price_band_bps;
    const bool priced = has_limit_price(opening.terms.type) || has_trigger(opening.terms.type);
    if (!bound || !priced) return std::nullopt;
    if (opening.mark == nullptr) return refused(SkipReason::no_reference_price, place.scope);
    const std::int64_t mark = opening.mark->price.value();
    const Price price =
        has_limit_price(opening.terms.type) ? opening.terms.price : opening.terms.trigger;
    const std::int64_t distance =
        price.value() > mark ? price.value() - mark : mark - price.value();
    if (Int128{distance} * bps_whole <= Int128{mark} * *bound) return std::nullopt;
    return LimitFigures{SkipReason::price_band, place.scope, *bound,
                        mul_div_floor(distance, bps_whole, mark).value_or(bps_whole)};
}

Violation check_loss(const Opening& opening, const Place& place) {
    const auto bound = place.limits->max_daily_loss;
    if (!bound) return std::nullopt;
    const Money realised =
        place.usage->realised_on(session_day(opening.state.calendar, opening.now_ns));
    const Money loss = Money{} - realised;
    if (loss < *bound) return std::nullopt;
    return LimitFigures{SkipReason::max_daily_loss, place.scope, bound->value(), loss.value()};
}

using AccountRule = Violation (*)(const Opening&);
using PlaceRule = Violation (*)(const Opening&, const Place&);

constexpr std::array<AccountRule, 4> account_rules{check_accounts, check_consent, check_kill_switch,
                                                   check_side};
constexpr std::array<PlaceRule, 8> place_rules{check_instrument, check_exchange, check_product,
                                               check_order_type, check_age,      check_hours,
                                               check_band,       check_loss};

}  // namespace

std::optional<LimitFigures> refusal(const Opening& opening) {
    for (const AccountRule rule : account_rules) {
        if (const auto found = rule(opening)) return found;
    }
    for (const PlaceRule rule : place_rules) {
        for (const Place& place : opening.places) {
            if (const auto found = rule(opening, place)) return found;
        }
    }
    return std::nullopt;
}

std::optional<LimitFigures> refusal_of_count(const Opening& opening, std::uint32_t orders) {
    const std::int64_t second = floor_div(opening.now_ns, ns_per_second);
    for (const Place& place : opening.places) {
        const std::int64_t open =
            std::int64_t{place.usage->open_orders} + place.taken.orders + orders;
        const auto bound = place.limits->max_open_orders;
        if (bound && open > std::int64_t{*bound}) {
            return LimitFigures{SkipReason::max_open_orders, place.scope, *bound, open};
        }
    }
    for (const Place& place : opening.places) {
        const std::int64_t sent =
            std::int64_t{place.usage->orders_in(second)} + place.taken.orders + orders;
        const auto bound = place.limits->max_orders_per_second;
        if (bound && sent > std::int64_t{*bound}) {
            return LimitFigures{SkipReason::orders_per_second, place.scope, *bound, sent};
        }
    }
    return std::nullopt;
}

bool ends_copy(SkipReason reason) {
    switch (reason) {
        case SkipReason::below_min_lot:
        case SkipReason::quantity_overflow:
        case SkipReason::instrument_refused:
        case SkipReason::side_not_copied:
        case SkipReason::instrument_not_allowed:
        case SkipReason::product_not_allowed:
        case SkipReason::order_type_not_allowed:
        case SkipReason::exchange_not_allowed:
        case SkipReason::price_band:
        case SkipReason::max_quantity:
        case SkipReason::max_order_value:
        case SkipReason::max_position_value:
        case SkipReason::max_capital:
        case SkipReason::nothing_to_reduce:
        case SkipReason::account_closed:
            return true;
        case SkipReason::none:
        case SkipReason::account_disabled:
        case SkipReason::no_mapped_order:
        case SkipReason::master_order_dead:
        case SkipReason::stale_version:
        case SkipReason::no_change:
        case SkipReason::order_done:
        case SkipReason::cancel_pending:
        case SkipReason::consent_missing:
        case SkipReason::consent_withdrawn:
        case SkipReason::kill_switch:
        case SkipReason::stale_event:
        case SkipReason::outside_trading_hours:
        case SkipReason::orders_per_second:
        case SkipReason::max_open_orders:
        case SkipReason::max_daily_loss:
        case SkipReason::no_reference_price:
        case SkipReason::equity_unknown:
        case SkipReason::equity_stale:
        case SkipReason::freeze_quantity:
        case SkipReason::exit_requested:
        case SkipReason::close_failed:
        case SkipReason::joined_after:
            return false;
    }
    return false;
}

}  // namespace ledger::replication
