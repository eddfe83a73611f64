#include "executors/outbox.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <utility>

namespace executors {

using ledger::AttemptRef;
using ledger::Event;
using ledger::EventId;
using ledger::IntentKind;
using ledger::OrdStatus;

namespace {

// The intent whose attempt the event ends, if it ends one.
const EventId* intent_ended(const ledger::Payload& payload) {
    if (const auto* e = std::get_if<ledger::AttemptAccepted>(&payload)) return &e->ref.intent;
    if (const auto* e = std::get_if<ledger::AttemptRejected>(&payload)) return &e->ref.intent;
    if (const auto* e = std::get_if<ledger::AttemptUnknown>(&payload)) return &e->ref.intent;
    if (const auto* e = std::get_if<ledger::AttemptNotPlaced>(&payload)) return &e->ref.intent;
    if (const auto* e = std::get_if<ledger::IntentResolved>(&payload)) return &e->ref.intent;
    if (const auto* e = std::get_if<ledger::IntentExpired>(&payload)) return &e->intent;
    return nullptr;
}

OrderRequest make_request(const LiveOrder& order, const LiveIntent& intent) {
    const ledger::ClOrdId cl_ord_id = ledger::cl_ord_id_of(order.id);
    switch (intent.kind) {
        case IntentKind::new_:
            break;
        case IntentKind::modify:
            return ModifyRequest{cl_ord_id, order.broker_order_id, intent.terms};
        case IntentKind::cancel:
            return CancelRequest{cl_ord_id, order.broker_order_id};
    }
    return PlaceRequest{cl_ord_id, order.instrument, order.terms};
}

}  // namespace

void Outbox::restore(const ledger::replication::State& state, std::int64_t now_ns) {
    orders_.restore(state);
    for (auto& [id, order] : orders_.all()) queue_items(order, lanes_[order.account]);
    for (const auto& [account, lane] : lanes_) refresh(account, now_ns);
}

std::optional<Send> Outbox::apply(const Event& event, std::int64_t now_ns) {
    LiveOrder* order = orders_.apply(event);
    if (order == nullptr) return std::nullopt;
    order->held = false;
    Lane& lane = lanes_[order->account];
    auto send = make_send(event, *order);
    take_outcome(event, lane, now_ns);
    queue_items(*order, lane);
    refresh(order->account, now_ns);
    if (order->done()) orders_.forget(EventId{order->id});
    return send;
}

std::optional<Send> Outbox::make_send(const Event& event, const LiveOrder& order) const {
    const auto* started = std::get_if<ledger::AttemptStarted>(&event.payload);
    if (started == nullptr) return std::nullopt;
    // Only what was claimed here: its slot, its turn and its rate are paid for.
    if (lanes_.at(order.account).busy != started->ref.intent) return std::nullopt;
    const LiveIntent* intent = order.intent(started->ref.intent);
    LEDGER_ASSERT(intent != nullptr);
    return Send{.ref = started->ref,
                .intended_at_ns = intent->position.intended_at_ns,
                .request = make_request(order, *intent)};
}

void Outbox::take_outcome(const Event& event, Lane& lane, std::int64_t now_ns) {
    const EventId* ended = intent_ended(event.payload);
    if (ended != nullptr && lane.busy == *ended) lane.busy.reset();
    const auto* rejected = std::get_if<ledger::AttemptRejected>(&event.payload);
    if (rejected == nullptr || !rejected->retryable) return;
    // The whole lane waits, so that the account's orders keep their order.
    lane.not_before_ns = now_ns + retry_.delay_ns(rejected->ref.attempt, random_);
}

// The lane holds each intent that waits, at its own place however often it comes back.
void Outbox::queue_items(LiveOrder& order, Lane& lane) {
    for (const LanePosition& position : order.queued) lane.items.erase(position);
    queued_ -= order.queued.size();
    order.queued.clear();
    const auto queue = [&](const LiveIntent& intent) {
        lane.items.emplace(intent.position, Item{order.id, intent.id});
        order.queued.push_back(intent.position);
    };
    if (order.status == OrdStatus::intended) queue(order.placing);
    for (const LiveIntent& change : order.changes) {
        if (!change.under_way) queue(change);
    }
    queued_ += order.queued.size();
}

// Items of an order that is in doubt or at work are passed over; those of others need not wait.
const Outbox::Item* Outbox::next_item(const Lane& lane) const {
    for (const auto& [position, item] : lane.items) {
        const LiveOrder* order = orders_.find(item.order);
        LEDGER_ASSERT(order != nullptr);
        const LiveIntent* next = order->next();
        if (next != nullptr && next->id == item.intent) return &item;
    }
    return nullptr;
}

void Outbox::refresh(ledger::AccountNumber account, std::int64_t now_ns) {
    const Lane& lane = lanes_.at(account);
    if (lane.busy || next_item(lane) == nullptr) return ready_.erase(account);
    const std::int64_t at_ns = std::max(lane.not_before_ns, now_ns);
    // A lane that is waiting already keeps its turn.
    if (!ready_.contains(account) || lane.not_before_ns > now_ns) ready_.set(account, at_ns);
}

Claim Outbox::claim(ledger::AccountNumber account) {
    Lane& lane = lanes_.at(account);
    const Item* item = next_item(lane);
    LEDGER_ASSERT(!lane.busy);
    LEDGER_ASSERT(item != nullptr);
    lane.busy = item->intent;
    return {.account = account, .order = item->order, .intent = item->intent};
}

void Outbox::delay(ledger::AccountNumber account, std::int64_t until_ns) {
    ready_.set(account, until_ns);
}

void Outbox::claim_refused(const Claim& claim, std::int64_t now_ns) {
    Lane& lane = lanes_.at(claim.account);
    if (lane.busy == claim.intent) lane.busy.reset();
    LiveOrder* order = orders_.find(claim.order);
    const LiveIntent* next = order == nullptr ? nullptr : order->next();
    // What took its place meanwhile need not wait.
    if (next != nullptr && next->id == claim.intent) order->held = true;
    refresh(claim.account, now_ns);
}

void Outbox::claim_failed(const Claim& claim, std::int64_t until_ns) {
    Lane& lane = lanes_.at(claim.account);
    if (lane.busy == claim.intent) lane.busy.reset();
    lane.not_before_ns = std::max(lane.not_before_ns, until_ns);
    refresh(claim.account, until_ns);
}

void Outbox::release(const AttemptRef& ref, std::int64_t now_ns) {
    Lane& lane = lanes_.at(ref.follower);
    if (lane.busy == ref.intent) lane.busy.reset();
    refresh(ref.follower, now_ns);
}

std::optional<Doubt> Outbox::doubt_of(const AttemptRef& ref) const {
    const LiveOrder* order = orders_.find(ref.order);
    const LiveIntent* intent = order == nullptr ? nullptr : order->intent(ref.intent);
    if (intent == nullptr || !intent->under_way || intent->parked) return std::nullopt;
    if (intent->attempt != ref.attempt) return std::nullopt;
    return Doubt{.ref = ref,
                 .kind = intent->kind,
                 .instrument = order->instrument,
                 .wanted = intent->kind == IntentKind::modify ? intent->terms : order->terms,
                 .broker_order_id = order->broker_order_id};
}

}  // namespace executors
