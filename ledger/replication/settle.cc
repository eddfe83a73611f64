// After an outcome or a report: changes that waited for the order either go on waiting for their
// turn, or are moot because the order has ended, or are done at once because it is not out there.
#include "ledger/replication/decide_internal.h"
#include "ledger/replication/order_status.h"

namespace ledger::replication {

namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;

void supersede_all_waiting(const FollowerOrder& order, SupersededBecause because,
                           Consequences& out) {
    for (const Change& change : order.changes) {
        if (change.stage != Change::Stage::waiting) continue;
        out.push_back(supersede(order, change.intent, because));
    }
}

// A change that came back to waiting gives way to the one that came to wait behind it.
void supersede_overtaken(const FollowerOrder& order, Consequences& out) {
    if (order.changes.size() < 2) return;
    const Change& first = order.changes.front();
    if (first.stage != Change::Stage::waiting) return;
    out.push_back(supersede(order, first.intent, SupersededBecause::later_change));
}

// More than one order under one ClOrdID: an incident, whichever of them answered first.
void tell_of_second_order(const AttemptAccepted& accepted, const FollowerOrder& order,
                          Consequences& out) {
    const bool places = accepted.ref.intent == accepted.ref.order;
    if (!places || accepted.broker_order_id == order.broker_order_id) return;
    out.push_back({NaturalKey{"second-order"}.add(order.id).add(accepted.broker_order_id).id(),
                   AnomalyRecorded{.kind = AnomalyKind::duplicate_order,
                                   .account = order.follower,
                                   .order = order.id,
                                   .broker_order_id = accepted.broker_order_id,
                                   .text = "also at the broker as " + order.broker_order_id}});
}

// An order that turned out not to be at the broker takes the waiting change here and now.
void merge_into_unsent(const FollowerOrder& order, Consequences& out) {
    const Change& change = order.changes.back();
    if (change.kind == IntentKind::cancel) {
        out.push_back({NaturalKey{"withdrawn"}.add(order.id).id(),
                       UnsentOrderWithdrawn{.order = order.id, .follower = order.follower}});
    } else {
        out.push_back({NaturalKey{"amended"}.add(change.intent).add(order.id).id(),
                       UnsentOrderAmended{.order = order.id,
                                          .follower = order.follower,
                                          .terms = change.terms,
                                          .figures = {}}});
    }
    supersede_all_waiting(order, SupersededBecause::merged_unsent, out);
}

}  // namespace

void settle(const Policy& policy, const Event& event, const FollowerOrder& order,
            Consequences& out) {
    if (const auto* accepted = std::get_if<AttemptAccepted>(&event.payload)) {
        tell_of_second_order(*accepted, order, out);
    }
    if (is_terminal(order.status)) {
        supersede_all_waiting(order, SupersededBecause::order_done, out);
        return;
    }
    if (!order.unsent()) {
        supersede_overtaken(order, out);
        return;
    }
    const std::int64_t age_ns = event.recorded_at_ns - order.intended_at_ns;
    if (!order.changes.empty()) {
        merge_into_unsent(order, out);
    } else if (policy.too_old(order.terms.type, age_ns)) {
        out.push_back({NaturalKey{"expired"}.add(order.id).id(),
                       IntentExpired{.order = order.id,
                                     .follower = order.follower,
                                     .intent = order.id,
                                     .age_ms = age_ns / ns_per_ms}});
    }
}

}  // namespace ledger::replication
