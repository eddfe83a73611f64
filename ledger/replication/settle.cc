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
    if (is_terminal(order.status)) {
        supersede_all_waiting(order, SupersededBecause::order_done, out);
        return;
    }
    if (!order.unsent()) return;
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
