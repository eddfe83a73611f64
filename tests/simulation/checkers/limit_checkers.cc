// I8 and I9: what limits let pass and must let pass, by the log's own sums at each decision.
#include "ledger/base/int128.h"
#include "ledger/model/calendar.h"
#include "ledger/text/words.h"
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::EventId;
using ledger::SkipReason;

namespace {

constexpr std::int64_t ns_in_ms = 1'000'000;

// What one event decides for one follower about one master order.
struct Decision {
    const ToldLedger& told;  // with it
    const Event& cause;
    AccountNumber master;
    AccountNumber follower;
    const ToldMasterOrder& master_order;
    ledger::OrderTerms terms{};  // but for the quantity
    ledger::Price worth{};       // of a unit; 0: nobody knows
    std::int64_t opening = 0;
    std::int64_t held_before = 0;  // and expected, in the order's direction
    std::array<std::int64_t, 4> capital_before{};
    bool places = false;  // rather than changes
    bool needs_consent = false;
};

bool is_expensive(const Decision& decision, std::int64_t quantity, std::int64_t bound) {
    return ledger::Int128{decision.worth.value()} * quantity > bound;
}

std::string_view against_values(const Decision& decision, const ledger::RiskLimits& limits) {
    const bool by_value = limits.max_order_value || limits.max_position_value || limits.max_capital;
    if (by_value && decision.worth.value() == 0) return "an order nobody can value";
    if (limits.max_quantity && decision.opening > limits.max_quantity->value()) {
        return "max_quantity";
    }
    if (limits.max_order_value &&
        is_expensive(decision, decision.opening, limits.max_order_value->value())) {
        return "max_order_value";
    }
    if (limits.max_position_value && is_expensive(decision, decision.held_before + decision.opening,
                                                  limits.max_position_value->value())) {
        return "max_position_value";
    }
    return {};
}

template <class List, class Value>
bool is_barred(const List& list, const Value& value) {
    return !list.empty() && std::ranges::find(list, value) == list.end();
}

std::string_view against_lists(const Decision& decision, const ledger::RiskLimits& limits) {
    const ledger::Instrument& instrument = decision.master_order.instrument;
    const bool named = std::ranges::any_of(limits.allowed_instruments, [&](const auto& entry) {
        return ledger::same_in_any_case(entry, instrument.symbol) || entry == instrument.token;
    });
    if (!limits.allowed_instruments.empty() && !named) return "allowed_instruments";
    if (is_barred(limits.allowed_products, decision.terms.product)) return "allowed_products";
    if (is_barred(limits.allowed_order_types, decision.terms.type)) return "allowed_order_types";
    const bool cash = instrument.segment == ledger::Segment::nse_cash;
    // "NSE" is every segment of the run.
    const bool cash_only =
        !limits.allowed_exchanges.empty() && !std::ranges::count(limits.allowed_exchanges, "NSE");
    return cash_only && !cash ? "allowed_exchanges" : "";
}

std::string_view against_clock(const Decision& decision, const ToldPlace& place,
                               const ledger::RiskLimits& limits) {
    const std::int64_t now_ns = decision.cause.recorded_at_ns;
    const std::int64_t age_ns = now_ns - decision.cause.occurred_at_ns;
    if (limits.max_event_age_ms && age_ns > *limits.max_event_age_ms * ns_in_ms) {
        return "max_event_age";
    }
    if (limits.trading_hours) {
        const std::int32_t minute = minute_of_day(decision.told.calendar(), now_ns);
        const auto& hours = *limits.trading_hours;
        if (minute < hours.from_minute || minute >= hours.to_minute) return "trading_hours";
    }
    const bool lost = limits.max_daily_loss &&
                      decision.told.loss(place, now_ns) >= limits.max_daily_loss->value();
    return lost ? "max_daily_loss" : "";
}

// Of the whole place; what is changed is counted already.
std::string_view against_totals(const Decision& decision, std::size_t n, const ToldPlace& place,
                                const ledger::RiskLimits& limits) {
    const std::int64_t now_ns = decision.cause.recorded_at_ns;
    const std::int64_t capital = limits.max_capital ? decision.told.capital(place) : 0;
    if (limits.max_capital && capital > limits.max_capital->value() &&
        capital > decision.capital_before.at(n)) {
        return "max_capital";
    }
    if (!decision.places) return {};
    if (limits.max_open_orders &&
        decision.told.open_orders(place) > std::int64_t{*limits.max_open_orders}) {
        return "max_open_orders";
    }
    const bool too_many =
        limits.max_orders_per_second &&
        decision.told.orders_in_second(place, now_ns) > std::int64_t{*limits.max_orders_per_second};
    return too_many ? "max_orders_per_second" : "";
}

std::string_view against_accounts(const Decision& decision) {
    const ToldLedger& told = decision.told;
    if (!told.enabled(decision.master) || !told.enabled(decision.follower)) return "enabled";
    if (told.withdrew_consent(decision.follower)) return "consent";
    if (decision.needs_consent && !told.has_consent(decision.follower)) return "consent";
    for (const ToldPlace& place : ToldLedger::places(decision.master, decision.follower)) {
        if (told.halted(place)) return "the kill switch";
    }
    const ledger::LinkTerms* link = told.link(decision.master, decision.follower);
    const bool buys_only = link != nullptr && link->sides == ledger::CopySides::buy_only;
    return buys_only && decision.terms.side == ledger::Side::sell ? "sides" : "";
}

// The first limit that the decision is above, or empty.
std::string_view exceeded(const Decision& decision) {
    std::string_view what = against_accounts(decision);
    const auto places = ToldLedger::places(decision.master, decision.follower);
    for (std::size_t n = 0; n < places.size() && what.empty(); ++n) {
        const ledger::RiskLimits& limits = decision.told.limits(places.at(n));
        what = against_values(decision, limits);
        if (what.empty()) what = against_lists(decision, limits);
        if (what.empty()) what = against_clock(decision, places.at(n), limits);
        if (what.empty()) what = against_totals(decision, n, places.at(n), limits);
    }
    return what;
}

// The order that a consequence makes or changes; zero for any other.
EventId order_touched(const Event& event) {
    if (std::holds_alternative<ledger::FollowerOrderIntended>(event.payload)) return event.id;
    if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&event.payload)) {
        return e->order;
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderAmended>(&event.payload)) return e->order;
    return {};
}

const ledger::FollowerOrderIntended* intended_of(const ToldLedger& told, const Event& event) {
    const auto* made = std::get_if<ledger::FollowerOrderIntended>(&event.payload);
    if (made != nullptr) return made;
    const ToldOrder* order = told.order(order_touched(event));
    return order == nullptr ? nullptr : &order->intended;
}

// Once all has happened.
std::int64_t opening_of(const ToldOrder& order) {
    return std::max<std::int64_t>((order.whole() - order.reducing).value(), 0);
}

// Walks the log by causes, each with what follows from it.
class Walk {
  public:
    Walk(const Evidence& evidence, Findings& findings)
        : log_(evidence.log),
          needs_consent_(evidence.policy.require_consent),
          findings_(findings) {}

    void run() {
        for (std::size_t at = 0; at < log_.size();) {
            const Event& cause = log_[at];
            told_.apply(cause);
            ++at;
            while (at < log_.size() && log_[at].causation == cause.id) at = decide(cause, at);
        }
    }

  private:
    // Takes in all consequences that touch one follower's copies of one master order.
    std::size_t decide(const Event& cause, std::size_t at) {
        const auto* first = intended_of(told_, log_[at]);
        const bool by_master = std::holds_alternative<ledger::MasterOrderReported>(cause.payload);
        const bool places = std::holds_alternative<ledger::FollowerOrderIntended>(log_[at].payload);
        // What is changed by anything else is cut.
        if (first == nullptr || !(places || by_master)) {
            told_.apply(log_[at]);
            return at + 1;
        }
        const ledger::FollowerOrderIntended like = *first;
        const ToldMasterOrder master_order = *told_.master_order(like.master_order);
        Decision decision{.told = told_,
                          .cause = cause,
                          .master = like.master,
                          .follower = like.follower,
                          .master_order = master_order,
                          .places = places,
                          .needs_consent = needs_consent_};
        see_before(decision, like);
        std::set<EventId> touched;
        const Event* last = nullptr;
        for (; at < log_.size() && log_[at].causation == cause.id; ++at) {
            const auto* next = intended_of(told_, log_[at]);
            const bool same = next != nullptr && next->follower == like.follower &&
                              next->master_order == like.master_order;
            if (!same) break;
            told_.apply(log_[at]);
            last = &log_[at];
            touched.insert(order_touched(*last));
        }
        for (const EventId& id : touched) decision.opening += opening_of(*told_.order(id));
        judge(decision, *last);
        return at;
    }

    void see_before(Decision& decision, const ledger::FollowerOrderIntended& like) const {
        const CopyKey key{decision.master_order.position, like.follower};
        const std::int64_t net =
            told_.expected_beside(key, like.master_order, decision.cause.recorded_at_ns);
        const bool buys = like.terms.side == ledger::Side::buy;
        decision.held_before = std::max<std::int64_t>(buys ? net : -net, 0);
        const auto places = ToldLedger::places(like.master, like.follower);
        for (std::size_t n = 0; n < places.size(); ++n) {
            if (!told_.limits(places.at(n)).max_capital) continue;
            decision.capital_before.at(n) = told_.capital(places.at(n));
        }
    }

    void judge(Decision& decision, const Event& last) {
        const ToldOrder& order = *told_.order(order_touched(last));
        decision.worth = order.worth;
        decision.terms = order.changes.empty() ? order.terms : order.changes.back().terms;
        if (decision.opening <= 0) return;
        const std::string_view what = exceeded(decision);
        if (what.empty()) return;
        findings_.push_back(fmt::format("I8: sequence {} is above {} of account {}", last.sequence,
                                        what, decision.follower.value()));
    }

    const std::vector<Event>& log_;
    const bool needs_consent_;
    Findings& findings_;
    ToldLedger told_;
};

}  // namespace

void i8_no_order_is_above_its_limits(const Evidence& evidence, Findings& findings) {
    Walk{evidence, findings}.run();
}

namespace {

bool is_risk(SkipReason reason) {
    using enum SkipReason;
    constexpr std::array reasons{
        account_disabled,    consent_missing,        consent_withdrawn,
        kill_switch,         side_not_copied,        instrument_not_allowed,
        product_not_allowed, order_type_not_allowed, exchange_not_allowed,
        stale_event,         outside_trading_hours,  price_band,
        orders_per_second,   max_quantity,           max_order_value,
        max_position_value,  max_open_orders,        max_capital,
        max_daily_loss,      no_reference_price,     equity_unknown,
        equity_stale};
    return std::ranges::find(reasons, reason) != reasons.end();
}

// What the master holds against an order of his, beside it.
std::int64_t held_against(const ToldLedger& told, const ToldMasterOrder& order) {
    const std::int64_t against = order.side == ledger::Side::buy ? -1 : 1;
    return against * told.held(order.position) + order.cum_qty.value();
}

bool holds_against(const ToldLedger& told, const ToldMasterOrder& order, const CopyKey& key) {
    const std::int64_t held = told.held(key);
    return order.side == ledger::Side::buy ? held < 0 : held > 0;
}

// The master only closes by this order, whichever of its versions is in force; or he closes all
// that he has, and the follower holds of it and nothing is under way.
bool must_pass(const ToldLedger& told, const ledger::FollowerOrderSkipped& skip) {
    const ToldMasterOrder* order = told.master_order(skip.master_order);
    if (order == nullptr) return false;
    const std::int64_t held = held_against(told, *order);
    if (held <= 0) return false;
    if (order->most.value() <= held) return true;
    const CopyKey key{order->position, skip.follower};
    return order->least.value() >= held && holds_against(told, *order, key) && !told.any_live(key);
}

// It was to reduce, and there is still something to reduce.
bool still_reduces(const ToldLedger& told, const EventId& id) {
    const ToldOrder* order = told.order(id);
    if (order == nullptr || order->reducing.value() <= 0) return false;
    const ToldMasterOrder& of = *told.master_order(order->intended.master_order);
    const bool closes = order->intended.purpose != ledger::OrderPurpose::copy;
    return closes || (held_against(told, of) > 0 && holds_against(told, of, order->position));
}

// An order that reduces was given up: which, if so.
std::optional<EventId> given_up(const Event& event) {
    if (const auto* e = std::get_if<ledger::UnsentOrderWithdrawn>(&event.payload)) {
        if (is_risk(e->because)) return e->order;
    }
    if (const auto* e = std::get_if<ledger::FollowerCancelIntended>(&event.payload)) {
        if (is_risk(e->because)) return e->order;
    }
    if (const auto* e = std::get_if<ledger::IntentExpired>(&event.payload)) {
        if (e->intent == e->order) return e->order;
    }
    return std::nullopt;
}

}  // namespace

void i9_reductions_pass(const Evidence& evidence, Findings& findings) {
    ToldLedger told;
    EventId report;  // the latest of a master's
    for (const Event& event : evidence.log) {
        const auto* skip = std::get_if<ledger::FollowerOrderSkipped>(&event.payload);
        if (std::holds_alternative<ledger::MasterOrderReported>(event.payload)) report = event.id;
        const bool of_report = skip != nullptr && event.causation == report;
        if (of_report && is_risk(skip->reason) && must_pass(told, *skip)) {
            findings.push_back(fmt::format("I9: sequence {} refuses account {} to reduce: {}",
                                           event.sequence, skip->follower.value(),
                                           to_text(skip->reason)));
        }
        if (const auto id = given_up(event)) {
            if (still_reduces(told, *id)) {
                findings.push_back(
                    fmt::format("I9: sequence {} gives up what reduces", event.sequence));
            }
        }
        told.apply(event);
    }
}

}  // namespace simulation
