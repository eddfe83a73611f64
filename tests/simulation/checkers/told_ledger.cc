#include "tests/simulation/checkers/told_ledger.h"

#include "ledger/base/assert.h"
#include "ledger/model/calendar.h"
#include "tests/simulation/checkers/signed_quantity.h"

#include <algorithm>
#include <cstdlib>

namespace simulation {

using ledger::AccountNumber;
using ledger::EventId;
using ledger::Money;
using ledger::OrderPurpose;
using ledger::Quantity;
using Life = ToldOrder::Life;

namespace {

constexpr std::int64_t ns_in_second = 1'000'000'000;

ledger::Price worth_of(const ledger::OrderTerms& terms, const ledger::SizingFigures& figures) {
    if (has_limit_price(terms.type)) return terms.price;
    return has_trigger(terms.type) ? terms.trigger : figures.mark;
}

bool is_at(const ToldPlace& place, AccountNumber master, AccountNumber follower) {
    const auto all = ToldLedger::places(master, follower);
    return std::ranges::find(all, place) != all.end();
}

}  // namespace

Quantity ToldOrder::whole() const {
    const bool changing = !changes.empty() && !changes.back().cancels;
    return changing ? changes.back().terms.quantity : terms.quantity;
}

Quantity ToldOrder::leaves() const {
    const bool ends = cancel_taken || std::ranges::any_of(changes, &ToldChange::cancels);
    if (!live() || ends || whole() <= cum_qty) return {};
    return whole() - cum_qty;
}

Money ToldOrder::reserved() const {
    const Quantity opening = std::min(leaves(), whole() - reducing);
    return opening.value() <= 0 ? Money{} : *value_of(worth, opening);
}

// ---- what the events say

void ToldLedger::apply(const ledger::Event& event) {
    const ledger::Payload& payload = event.payload;
    if (const auto* e = std::get_if<ledger::AccountOpened>(&payload)) {
        identities_[e->account] = e->identity;
    }
    if (const auto* e = std::get_if<ledger::AccountChanged>(&payload)) {
        disabled_.erase(e->account);
        closed_.erase(e->account);
        if (!e->profile.enabled) disabled_.insert(e->account);
    }
    if (const auto* e = std::get_if<ledger::AccountClosed>(&payload)) {
        closed_.insert(e->account);
        closed_once_.insert(e->account);
    }
    if (const auto* e = std::get_if<ledger::LinkSet>(&payload)) {
        take(event, *e);
    }
    if (const auto* e = std::get_if<ledger::LinkRemoved>(&payload)) {
        followers_[e->master].erase(e->follower);
    }
    if (const auto* e = std::get_if<ledger::RiskLimitsSet>(&payload)) {
        limits_[{e->account, {}}] = e->limits;
    }
    if (const auto* e = std::get_if<ledger::ConsentRecorded>(&payload)) {
        withdrawn_.erase(e->account);
        consenting_.erase(e->account);
        (e->accepted ? consenting_ : withdrawn_).insert(e->account);
    }
    if (const auto* e = std::get_if<ledger::TradingHalted>(&payload)) {
        halted_.insert({e->account, {}});
    }
    if (const auto* e = std::get_if<ledger::TradingResumed>(&payload)) {
        halted_.erase({e->account, {}});
    }
    if (const auto* e = std::get_if<ledger::CalendarSet>(&payload)) {
        take(event, *e);
    }
    if (const auto* e = std::get_if<ledger::MasterOrderReported>(&payload)) {
        take(event, *e);
    }
    if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&payload)) {
        take(event, *e);
    }
    if (const auto* e = std::get_if<ledger::FollowerOrderReported>(&payload)) {
        take(event, *e);
    }
    take_change(event);
    take_outcome(event);
}

void ToldLedger::take(const ledger::Event&, const ledger::LinkSet& set) {
    links_[{set.master, set.follower}] = set.terms;
    limits_[{set.master, set.follower}] = set.terms.limits;
    auto& followers = followers_[set.master];
    followers.erase(set.follower);
    if (set.terms.active) followers.insert(set.follower);
}

void ToldLedger::take(const ledger::Event& event, const ledger::MasterOrderReported& report) {
    const HeldKey key{report.account, report.instrument.token, report.terms.product};
    const bool bears_terms = report.type == ledger::MasterEventType::new_ ||
                             report.type == ledger::MasterEventType::modified;
    const Quantity quantity = report.terms.quantity;
    const auto [found, first] = master_orders_.try_emplace(
        id_of(report),
        ToldMasterOrder{key, report.instrument, report.terms.side, {}, quantity, quantity});
    ToldMasterOrder& order = found->second;
    if (first) order.day = session_day(calendar_, event.recorded_at_ns);
    order.told_new |= report.type == ledger::MasterEventType::new_;
    order.dead |= report.type == ledger::MasterEventType::canceled ||
                  report.type == ledger::MasterEventType::rejected;
    order.cum_qty = order.cum_qty + report.last_qty;
    if (bears_terms) {
        order.least = std::min(order.least, quantity);
        order.most = std::max(order.most, quantity);
    }
    of_masters_[order.position] += with_sign(order.side, report.last_qty);
}

// What was today's stays today's under another calendar, and the days before it lie as far back.
void ToldLedger::take(const ledger::Event& event, const ledger::CalendarSet& set) {
    const std::int32_t before = session_day(calendar_, event.recorded_at_ns);
    calendar_ = set.calendar;
    const std::int32_t by = session_day(calendar_, event.recorded_at_ns) - before;
    for (auto& [id, order] : orders_) order.day += by;
    for (auto& [id, order] : master_orders_) order.day += by;
    for (auto& [key, holding] : copies_) {
        std::map<std::int32_t, std::int64_t> shifted;
        for (const auto& [day, realised] : holding.realised) shifted[day + by] = realised;
        holding.realised = std::move(shifted);
    }
}

void ToldLedger::take(const ledger::Event& event, const ledger::FollowerOrderIntended& intended) {
    ToldOrder& order = orders_[event.id];
    order.intended = intended;
    order.position = {master_orders_.at(intended.master_order).position, intended.follower};
    order.terms = intended.terms;
    order.reducing = intended.figures.reducing;
    order.worth = worth_of(intended.terms, intended.figures);
    order.day = session_day(calendar_, event.recorded_at_ns);
    seconds_[event.recorded_at_ns / ns_in_second].push_back({intended.master, intended.follower});
}

void ToldLedger::take(const ledger::Event& event, const ledger::FollowerOrderReported& report) {
    ToldOrder& order = orders_.at(report.order);
    order.cum_qty = order.cum_qty + report.last_qty;
    if (report.last_qty.value() != 0) {
        Holding& holding = copies_[order.position];
        const ledger::FillEffect effect =
            add_fill(holding.position, {order.terms.side, report.last_qty, report.last_value});
        holding.position = effect.position;
        holding.realised[session_day(calendar_, event.recorded_at_ns)] += effect.realised.value();
    }
    using enum ledger::OrdStatus;
    if (report.status == unknown) return;
    const bool works = report.status == new_ || report.status == partially_filled;
    const bool waits = report.status == pending_new || report.status == intended;
    order.life = works ? Life::works : waits ? Life::waits : Life::ended;
}

void ToldLedger::take_change(const ledger::Event& event) {
    if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&event.payload)) {
        ToldOrder& order = orders_.at(e->order);
        order.changes.push_back({event.id, false, e->terms});
        order.reducing = e->figures.reducing;
        const ledger::Price worth = worth_of(e->terms, e->figures);
        if (worth.value() > 0) order.worth = worth;
    }
    if (const auto* e = std::get_if<ledger::FollowerCancelIntended>(&event.payload)) {
        orders_.at(e->order).changes.push_back({event.id, true, {}});
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderAmended>(&event.payload)) {
        ToldOrder& order = orders_.at(e->order);
        // One that takes a waiting change in says nothing new of what reduces.
        const bool merges = !order.changes.empty();
        order.terms = e->terms;
        if (!merges) order.reducing = e->figures.reducing;
        const ledger::Price worth = worth_of(e->terms, e->figures);
        if (worth.value() > 0) order.worth = worth;
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderWithdrawn>(&event.payload)) {
        orders_.at(e->order).life = Life::ended;
    }
    if (const auto* e = std::get_if<ledger::IntentSuperseded>(&event.payload)) {
        std::erase_if(orders_.at(e->order).changes,
                      [&](const ToldChange& change) { return change.intent == e->intent; });
    }
}

void ToldLedger::take_place(ToldOrder& order, const EventId& intent, const EventId& own) {
    if (intent == own) {
        if (order.life == Life::waits) order.life = Life::works;
        return;
    }
    const auto change = std::ranges::find(order.changes, intent, &ToldChange::intent);
    LEDGER_ASSERT(change != order.changes.end());
    if (change->cancels) order.cancel_taken = true;
    if (!change->cancels) order.terms = change->terms;
    order.changes.erase(change);
}

void ToldLedger::give_up(const EventId& id, const EventId& intent) {
    ToldOrder& order = orders_.at(id);
    if (intent == id && order.life == Life::waits) order.life = Life::ended;
    std::erase_if(order.changes, [&](const ToldChange& change) { return change.intent == intent; });
}

void ToldLedger::take_outcome(const ledger::Event& event) {
    if (const auto* e = std::get_if<ledger::AttemptAccepted>(&event.payload)) {
        take_place(orders_.at(e->ref.order), e->ref.intent, e->ref.order);
    }
    if (const auto* e = std::get_if<ledger::AttemptRejected>(&event.payload)) {
        if (!e->retryable) give_up(e->ref.order, e->ref.intent);
    }
    if (const auto* e = std::get_if<ledger::IntentExpired>(&event.payload)) {
        give_up(e->order, e->intent);
    }
    if (const auto* e = std::get_if<ledger::IntentResolved>(&event.payload)) {
        if (e->broker_order_id.empty()) give_up(e->ref.order, e->ref.intent);
        if (!e->broker_order_id.empty())
            take_place(orders_.at(e->ref.order), e->ref.intent, e->ref.order);
    }
}

// ---- what they come to

std::array<ToldPlace, 4> ToldLedger::places(AccountNumber master, AccountNumber follower) {
    return {{{master, follower}, {follower, {}}, {master, {}}, {}}};
}

const ledger::RiskLimits& ToldLedger::limits(const ToldPlace& place) const {
    static const ledger::RiskLimits none;
    const auto found = limits_.find(place);
    return found == limits_.end() ? none : found->second;
}

const ledger::LinkTerms* ToldLedger::link(AccountNumber master, AccountNumber follower) const {
    const auto found = links_.find({master, follower});
    return found == links_.end() ? nullptr : &found->second;
}

const std::set<AccountNumber>& ToldLedger::followers(AccountNumber master) const {
    static const std::set<AccountNumber> none;
    const auto found = followers_.find(master);
    return found == followers_.end() ? none : found->second;
}

std::int64_t ToldLedger::open_orders(const ToldPlace& place) const {
    return std::ranges::count_if(orders_, [&](const auto& entry) {
        const auto& intended = entry.second.intended;
        return entry.second.live() && is_at(place, intended.master, intended.follower);
    });
}

std::int64_t ToldLedger::capital(const ToldPlace& place) const {
    std::int64_t sum = 0;
    for (const auto& [id, order] : orders_) {
        if (!is_at(place, order.intended.master, order.intended.follower)) continue;
        sum += order.reserved().value();
    }
    for (const auto& [key, holding] : copies_) {
        if (!is_at(place, std::get<0>(key.first), key.second)) continue;
        sum += std::abs(holding.position.cost.value());
    }
    return sum;
}

std::int64_t ToldLedger::loss(const ToldPlace& place, std::int64_t at_ns) const {
    std::int64_t sum = 0;
    for (const auto& [key, holding] : copies_) {
        if (!is_at(place, std::get<0>(key.first), key.second)) continue;
        const auto today = holding.realised.find(session_day(calendar_, at_ns));
        if (today != holding.realised.end()) sum -= today->second;
    }
    return sum;
}

std::int64_t ToldLedger::orders_in_second(const ToldPlace& place, std::int64_t at_ns) const {
    const auto found = seconds_.find(at_ns / ns_in_second);
    if (found == seconds_.end()) return 0;
    return std::ranges::count_if(found->second, [&](const ToldPlace& order) {
        return is_at(place, order.first, order.second);
    });
}

std::int64_t ToldLedger::held(const HeldKey& key) const {
    const auto found = of_masters_.find(key);
    return found == of_masters_.end() ? 0 : found->second;
}

std::int64_t ToldLedger::held(const CopyKey& key) const {
    const auto found = copies_.find(key);
    return found == copies_.end() ? 0 : found->second.position.net.value();
}

std::map<CopyKey, std::int64_t> ToldLedger::all_held() const {
    std::map<CopyKey, std::int64_t> all;
    for (const auto& [key, holding] : copies_) all[key] = holding.position.net.value();
    return all;
}

std::int64_t ToldLedger::expected_beside(const CopyKey& key, const EventId& master_order,
                                         std::int64_t at_ns) const {
    std::int64_t sum = held(key);
    for (const auto& [id, order] : orders_) {
        if (order.position != key) continue;
        const bool copy = order.intended.purpose == OrderPurpose::copy;
        const std::int64_t filled = with_sign(order.terms.side, order.cum_qty);
        if (copy && order.intended.master_order == master_order) {
            sum -= filled;
        } else if (order.day == session_day(calendar_, at_ns)) {
            sum += with_sign(order.terms.side, order.leaves());
        }
    }
    return sum;
}

bool ToldLedger::any_live(const CopyKey& key) const {
    return std::ranges::any_of(orders_, [&](const auto& entry) {
        return entry.second.position == key && entry.second.live();
    });
}

const ToldMasterOrder* ToldLedger::master_order(const EventId& id) const {
    const auto found = master_orders_.find(id);
    return found == master_orders_.end() ? nullptr : &found->second;
}

EventId ToldLedger::id_of(const ledger::MasterOrderReported& report) const {
    const auto& identity = identities_.at(report.account);
    return ledger::master_order_id(identity.broker, identity.broker_account,
                                   report.broker_order_id);
}

const ToldOrder* ToldLedger::order(const EventId& id) const {
    const auto found = orders_.find(id);
    return found == orders_.end() ? nullptr : &found->second;
}

}  // namespace simulation
