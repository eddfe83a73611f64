// What executors ask and tell, and what became of follower orders.
#include "ledger/base/assert.h"
#include "tests/replication/given.h"

#include <algorithm>
#include <utility>

namespace ledger::replication::test {

namespace {

template <class Payload, class Field>
std::vector<Field> collect(const Answer& answer, Field Payload::*field) {
    std::vector<Field> out;
    for (const Event& event : answer.events) {
        if (const auto* payload = std::get_if<Payload>(&event.payload)) {
            out.push_back(payload->*field);
        }
    }
    return out;
}

}  // namespace

// ---- executors

Answer World::starts(const Aim& aim) {
    return submit(StartAttempt{aim.order, aim.intent});
}

Answer World::accepted(const Aim& aim, std::string broker_order_id) {
    return submit(RecordAccepted{ref(aim), std::move(broker_order_id), false});
}

Answer World::rejected(const Aim& aim, bool retryable) {
    return submit(RecordRejected{ref(aim), "e-code", "refused", retryable});
}

Answer World::unknown(const Aim& aim) {
    return submit(RecordUnknown{ref(aim), "timeout"});
}

Answer World::not_placed(const Aim& aim) {
    return submit(RecordNotPlaced{ref(aim), 3, 120'000});
}

Answer World::parked(const Aim& aim) {
    return submit(ParkIntent{ref(aim), "cannot look up"});
}

Answer World::resolved(const Aim& aim, std::string broker_order_id) {
    return submit(ResolveIntent{aim.intent, std::move(broker_order_id), "seen by a person"});
}

Answer World::book_says(const Aim& aim, const BookSays& says) {
    FollowerOrderReported report;
    report.order = aim.order;
    report.broker_order_id = says.id;
    report.status = says.status;
    report.order_qty = says.quantity == 0 ? row(aim).terms.quantity : Quantity{says.quantity};
    report.price = row(aim).terms.price;
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.average};
    report.updated_at_ns = says.at;
    return submit(ReportFollowerOrder{report});
}

void World::is_done(const Aim& aim, std::string broker_order_id) {
    LEDGER_ASSERT(starts(aim).recorded());
    LEDGER_ASSERT(accepted(aim, std::move(broker_order_id)).recorded());
}

// ---- follower orders

const FollowerOrder* World::copy(AccountNumber follower, std::string_view master_order) const {
    for (const FollowerOrder& order : state_.follower_orders) {
        const bool same = state_.master_order_of(order).broker_order_id == master_order;
        if (same && order.follower == follower) return &order;
    }
    return nullptr;
}

std::vector<Aim> World::orders(AccountNumber follower) const {
    std::vector<Aim> out;
    for (const FollowerOrder& order : state_.follower_orders) {
        if (order.follower == follower) out.push_back({order.id, order.id});
    }
    return out;
}

const CopiedPosition* World::position(AccountNumber follower, const MasterSays& of) const {
    const auto link = state_.links.index_of(LinkKey{of.master, follower});
    const auto instrument = state_.instruments.index_of(InstrumentKey{of.segment, of.token});
    if (!link || !instrument) return nullptr;
    return state_.copied_positions.find(CopiedPositionKey{*link, *instrument, of.product});
}

std::int64_t World::held(AccountNumber follower, const MasterSays& of) const {
    const CopiedPosition* position = this->position(follower, of);
    return position == nullptr ? 0 : position->filled.value();
}

Aim World::placing(AccountNumber follower, std::string_view master_order) const {
    const FollowerOrder* order = copy(follower, master_order);
    LEDGER_ASSERT(order != nullptr);
    return {order->id, order->id};
}

Aim World::first_change(const Aim& aim) const {
    LEDGER_ASSERT(!row(aim).changes.empty());
    return {aim.order, row(aim).changes.front().intent};
}

Aim World::last_change(const Aim& aim) const {
    LEDGER_ASSERT(!row(aim).changes.empty());
    return {aim.order, row(aim).changes.back().intent};
}

const FollowerOrder& World::row(const Aim& aim) const {
    const FollowerOrder* order = state_.follower_order(aim.order);
    LEDGER_ASSERT(order != nullptr);
    return *order;
}

AttemptRef World::ref(const Aim& aim) const {
    const FollowerOrder& order = row(aim);
    const Change* change = find_change(order, aim.intent);
    return {aim.order, aim.intent, order.follower,
            change == nullptr ? order.attempts : change->attempts};
}

// ---- answers

Kinds kinds(const Answer& answer) {
    Kinds out;
    for (const Event& event : answer.events) out.push_back(kind_of(event.payload));
    return out;
}

Reasons skips(const Answer& answer) {
    return collect(answer, &FollowerOrderSkipped::reason);
}

std::vector<SupersededBecause> superseded(const Answer& answer) {
    return collect(answer, &IntentSuperseded::because);
}

std::vector<AnomalyKind> anomalies(const Answer& answer) {
    return collect(answer, &AnomalyRecorded::kind);
}

Pair::Pair(const LinkSays& says, Policy policy) : world(std::move(policy)) {
    master = world.opens_master();
    follower = world.opens_follower("F-1");
    world.links(master, follower, says);
}

}  // namespace ledger::replication::test
