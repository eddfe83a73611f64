// Attempts at a broker: when one may begin, and which outcomes may still be told.
#include "ledger/base/time_units.h"
#include "ledger/replication/admit_internal.h"
#include "ledger/replication/intent_age.h"
#include "ledger/replication/order_status.h"

namespace ledger::replication {

namespace {

Error not_now(std::string detail) {
    return Error{Errc::not_allowed, std::move(detail), "intent"};
}

Result<const FollowerOrder*> known_order(const State& state, const EventId& order) {
    const FollowerOrder* row = state.follower_order(order);
    if (row == nullptr) return Error{Errc::not_found, "there is no such follower order", "order"};
    return row;
}

// What an attempt's id and chain are made of.
struct Target {
    const FollowerOrder* order = nullptr;
    const Change* change = nullptr;  // nullptr: the placing of the order itself

    [[nodiscard]] EventId intent() const { return change == nullptr ? order->id : change->intent; }

    [[nodiscard]] EventId origin() const {
        return change == nullptr ? order->origin : change->origin;
    }

    [[nodiscard]] bool parked() const { return change == nullptr ? order->parked : change->parked; }
};

Result<Target> find_target(const State& state, const EventId& order, const EventId& intent) {
    BOOST_OUTCOME_TRY(const FollowerOrder* row, known_order(state, order));
    if (intent == order) return Target{row, nullptr};
    const Change* change = find_change(*row, intent);
    if (change == nullptr) return not_now("the intent is done or superseded");
    return Target{row, change};
}

// The target of an attempt that has no outcome yet.
Result<Target> find_open(const State& state, const AttemptRef& ref) {
    BOOST_OUTCOME_TRY(const Target target, find_target(state, ref.order, ref.intent));
    const bool open = target.change == nullptr ? target.order->attempt_open
                                               : target.change->stage != Change::Stage::waiting;
    const std::uint32_t attempts =
        target.change == nullptr ? target.order->attempts : target.change->attempts;
    if (!open || ref.attempt != attempts) return not_now("this attempt has its outcome");
    return target;
}

Admission follow(const Target& target, EventId id, Payload payload) {
    return {.id = id,
            .causation = target.intent(),
            .correlation = target.origin(),
            .payload = std::move(payload)};
}

EventId outcome_id(const AttemptRef& ref, std::string_view outcome) {
    return NaturalKey{"outcome"}.add(attempt_id(ref.intent, ref.attempt)).add(outcome).id();
}

Admission outcome(const Target& target, const AttemptRef& ref, std::string_view name,
                  Payload payload) {
    return follow(target, outcome_id(ref, name), std::move(payload));
}

Admission expire(const Target& target, std::int64_t age_ns) {
    const EventId id = NaturalKey{"expired"}.add(target.intent()).id();
    return follow(target, id,
                  IntentExpired{.order = target.order->id,
                                .follower = target.order->follower,
                                .intent = target.intent(),
                                .age_ms = age_ns / ns_per_ms});
}

Admission start(const Target& target, std::uint32_t attempts, IntentKind kind) {
    const AttemptRef ref{.order = target.order->id,
                         .intent = target.intent(),
                         .follower = target.order->follower,
                         .attempt = attempts + 1};
    return follow(target, attempt_id(ref.intent, ref.attempt), AttemptStarted{ref, kind});
}

Admitted start_placing(const State& state, const Policy& policy, const Target& target,
                       std::int64_t now_ns) {
    const FollowerOrder& order = *target.order;
    if (!order.unsent()) return not_now("the order is not waiting to be sent");
    const std::int64_t age_ns = now_ns - order.intended_at_ns;
    if (is_too_old(state, policy, order, age_ns)) return expire(target, age_ns);
    return start(target, order.attempts, IntentKind::new_);
}

Admitted start_change(const Policy& policy, const Target& target, std::int64_t now_ns) {
    const FollowerOrder& order = *target.order;
    const Change& change = *target.change;
    if (change.stage != Change::Stage::waiting) return not_now("the change is under way");
    if (&order.changes.front() != &change) return not_now("another change is under way");
    if (!is_working(order.status) || order.broker_order_id.empty()) {
        return not_now("the order is not at the broker");
    }
    const std::int64_t age_ns = now_ns - change.intended_at_ns;
    if (change.kind == IntentKind::modify && policy.too_old(OrderType::limit, age_ns)) {
        return expire(target, age_ns);
    }
    return start(target, change.attempts, change.kind);
}

}  // namespace

Admitted admit_start(const State& state, const Policy& policy, const StartAttempt& command,
                     std::int64_t now_ns) {
    BOOST_OUTCOME_TRY(const Target target, find_target(state, command.order, command.intent));
    if (target.parked()) return not_now("the intent waits for a person");
    return target.change == nullptr ? start_placing(state, policy, target, now_ns)
                                    : start_change(policy, target, now_ns);
}

Admitted admit_command(const State& state, const RecordAccepted& command) {
    BOOST_OUTCOME_TRY(const Target target, find_open(state, command.ref));
    return outcome(target, command.ref, "accepted",
                   AttemptAccepted{command.ref, command.broker_order_id, command.recovered});
}

Admitted admit_command(const State& state, const RecordRejected& command) {
    BOOST_OUTCOME_TRY(const Target target, find_open(state, command.ref));
    return outcome(target, command.ref, "rejected",
                   AttemptRejected{command.ref, command.code, command.text, command.retryable});
}

Admitted admit_command(const State& state, const RecordUnknown& command) {
    BOOST_OUTCOME_TRY(const Target target, find_open(state, command.ref));
    const bool news = target.change == nullptr ? target.order->status == OrdStatus::pending_new
                                               : target.change->stage == Change::Stage::in_flight;
    if (!news) return std::nullopt;
    return outcome(target, command.ref, "unknown", AttemptUnknown{command.ref, command.cause});
}

Admitted admit_command(const State& state, const RecordNotPlaced& command) {
    BOOST_OUTCOME_TRY(const Target target, find_open(state, command.ref));
    if (target.change == nullptr && target.order->status != OrdStatus::unknown) {
        return not_now("the order is known to have reached the broker");
    }
    return outcome(target, command.ref, "not-placed",
                   AttemptNotPlaced{command.ref, command.book_reads, command.window_ms});
}

Admitted admit_command(const State& state, const ParkIntent& command) {
    BOOST_OUTCOME_TRY(const Target target, find_open(state, command.ref));
    if (target.parked()) return std::nullopt;
    if (target.change == nullptr && target.order->status != OrdStatus::pending_new &&
        target.order->status != OrdStatus::unknown) {
        return not_now("the order is known to have reached the broker");
    }
    return outcome(target, command.ref, "parked", IntentParked{command.ref, command.why});
}

Admitted admit_command(const State& state, const ResolveIntent& command) {
    const EventId& intent = command.intent;
    for (const FollowerOrder& order : state.follower_orders) {
        const bool placing = order.id == intent;
        const Change* change = placing ? nullptr : find_change(order, intent);
        if (!placing && change == nullptr) continue;
        const Target target{&order, change};
        if (!target.parked()) return not_now("the intent does not wait for a person");
        const AttemptRef ref{.order = order.id,
                             .intent = intent,
                             .follower = order.follower,
                             .attempt = change == nullptr ? order.attempts : change->attempts};
        return outcome(target, ref, "resolved",
                       IntentResolved{ref, command.broker_order_id, command.why});
    }
    return Error{Errc::not_found, "there is no such intent", "intent"};
}

}  // namespace ledger::replication
