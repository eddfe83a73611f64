#include "executors/live_orders.h"

#include "ledger/base/assert.h"
#include "ledger/replication/order_blocks.h"
#include "ledger/replication/order_status.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace executors {

using ledger::AttemptRef;
using ledger::Event;
using ledger::EventId;
using ledger::IntentKind;
using ledger::OrdStatus;
using ledger::replication::is_terminal;
using ledger::replication::is_working;

namespace {

// The attempt had no effect, and the intent still stands.
void back_to_waiting(LiveOrder& order, LiveIntent& intent) {
    intent.under_way = false;
    if (intent.kind != IntentKind::new_) return;
    if (!is_terminal(order.status) && !is_working(order.status)) order.status = OrdStatus::intended;
}

void drop_change(LiveOrder& order, const EventId& intent) {
    std::erase_if(order.changes, [&](const LiveIntent& change) { return change.id == intent; });
}

// The intent comes to nothing; `status` is what that makes of an order that was to be placed.
void give_up(LiveOrder& order, const EventId& intent, OrdStatus status) {
    if (intent != order.id) return drop_change(order, intent);
    order.placing.under_way = false;
    order.placing.parked = false;
    if (!is_terminal(order.status) && !is_working(order.status)) order.status = status;
}

void take_accepted(LiveOrder& order, const LiveIntent& intent, const std::string& broker_order_id) {
    if (intent.kind == IntentKind::new_) {
        order.placing.under_way = false;
        order.placing.parked = false;
        if (order.broker_order_id.empty()) order.broker_order_id = broker_order_id;
        if (order.status == OrdStatus::pending_new || order.status == OrdStatus::unknown) {
            order.status = OrdStatus::new_;
        }
        return;
    }
    if (intent.kind == IntentKind::modify) order.terms = intent.terms;
    drop_change(order, EventId{intent.id});
}

}  // namespace

bool LiveOrder::under_way() const {
    return placing.under_way || std::ranges::any_of(changes, &LiveIntent::under_way);
}

bool LiveOrder::done() const {
    return is_terminal(status) && !placing.under_way && changes.empty();
}

const LiveIntent* LiveOrder::intent(const EventId& wanted) const {
    if (wanted == id) return &placing;
    const auto found = std::ranges::find(changes, wanted, &LiveIntent::id);
    return found == changes.end() ? nullptr : &*found;
}

LiveIntent* LiveOrder::intent(const EventId& wanted) {
    return const_cast<LiveIntent*>(std::as_const(*this).intent(wanted));
}

const LiveIntent* LiveOrder::next() const {
    if (held || under_way()) return nullptr;
    if (status == OrdStatus::intended) return &placing;
    const bool changeable = is_working(status) && !broker_order_id.empty();
    return changeable && !changes.empty() ? &changes.front() : nullptr;
}

namespace {

template <class T, class... Kinds>
concept one_of = (std::is_same_v<T, Kinds> || ...);

// Kinds of event that concern no follower order.
template <class T>
concept aside = one_of<T, ledger::AccountOpened, ledger::AccountChanged, ledger::AccountClosed,
                       ledger::LinkSet, ledger::LinkRemoved, ledger::InstrumentDefined,
                       ledger::ConflictRecorded, ledger::RiskLimitsSet, ledger::ConsentRecorded,
                       ledger::FundsReported, ledger::TradingHalted, ledger::TradingResumed,
                       ledger::ExitRequested, ledger::CalendarSet, ledger::RequestAnswered,
                       ledger::CheckpointSigned, ledger::SubjectErased, ledger::RecordsArchived,
                       ledger::FollowerOrderSkipped, ledger::AnomalyRecorded>;

}  // namespace

// One overload per kind of event; each returns the order concerned.
struct LiveOrders::Folding {
    LiveOrders& orders;
    const Event& event;

    LiveOrder* operator()(const aside auto&) const { return nullptr; }

    LiveOrder* operator()(const ledger::MasterOrderReported& report) const {
        orders.master_event_ = event.id;
        orders.master_instrument_ = report.instrument;
        return nullptr;
    }

    LiveOrder* operator()(const ledger::FollowerOrderIntended& intended) const {
        const bool copies = intended.purpose == ledger::OrderPurpose::copy;
        LEDGER_ASSERT(!copies || event.causation == orders.master_event_);
        LiveOrder order;
        order.id = event.id;
        order.account = intended.follower;
        order.instrument = copies ? orders.master_instrument_ : intended.instrument;
        order.terms = intended.terms;
        order.placing.id = event.id;
        order.placing.position = orders.next_position(event.recorded_at_ns);
        return &orders.orders_.emplace(event.id, std::move(order)).first->second;
    }

    LiveOrder* operator()(const ledger::FollowerModifyIntended& intended) const {
        return add_change(intended.order, IntentKind::modify, intended.terms);
    }

    LiveOrder* operator()(const ledger::FollowerCancelIntended& intended) const {
        return add_change(intended.order, IntentKind::cancel, {});
    }

    LiveOrder* operator()(const ledger::UnsentOrderAmended& amended) const {
        LiveOrder* order = orders.find(amended.order);
        if (order != nullptr) order->terms = amended.terms;
        return order;
    }

    LiveOrder* operator()(const ledger::UnsentOrderWithdrawn& withdrawn) const {
        LiveOrder* order = orders.find(withdrawn.order);
        if (order != nullptr) order->status = OrdStatus::withdrawn;
        return order;
    }

    LiveOrder* operator()(const ledger::IntentSuperseded& superseded) const {
        LiveOrder* order = orders.find(superseded.order);
        if (order != nullptr) drop_change(*order, superseded.intent);
        return order;
    }

    LiveOrder* operator()(const ledger::AttemptStarted& started) const {
        return with_intent(started.ref, [&](LiveOrder& order, LiveIntent& intent) {
            intent.attempt = started.ref.attempt;
            intent.under_way = true;
            if (intent.kind == IntentKind::new_) order.status = OrdStatus::pending_new;
        });
    }

    LiveOrder* operator()(const ledger::AttemptAccepted& accepted) const {
        return with_intent(accepted.ref, [&](LiveOrder& order, LiveIntent& intent) {
            take_accepted(order, intent, accepted.broker_order_id);
        });
    }

    LiveOrder* operator()(const ledger::AttemptRejected& rejected) const {
        return with_intent(rejected.ref, [&](LiveOrder& order, LiveIntent& intent) {
            if (rejected.retryable) return back_to_waiting(order, intent);
            give_up(order, rejected.ref.intent, OrdStatus::rejected);
        });
    }

    LiveOrder* operator()(const ledger::AttemptUnknown& unknown) const {
        return with_intent(unknown.ref, [](LiveOrder& order, LiveIntent& intent) {
            const bool placing = intent.kind == IntentKind::new_;
            if (placing && order.status == OrdStatus::pending_new)
                order.status = OrdStatus::unknown;
        });
    }

    LiveOrder* operator()(const ledger::AttemptNotPlaced& not_placed) const {
        return with_intent(not_placed.ref, back_to_waiting);
    }

    LiveOrder* operator()(const ledger::IntentExpired& expired) const {
        LiveOrder* order = orders.find(expired.order);
        if (order != nullptr) give_up(*order, expired.intent, OrdStatus::expired);
        return order;
    }

    LiveOrder* operator()(const ledger::IntentParked& parked) const {
        return with_intent(parked.ref,
                           [](LiveOrder&, LiveIntent& intent) { intent.parked = true; });
    }

    LiveOrder* operator()(const ledger::IntentResolved& resolved) const {
        return with_intent(resolved.ref, [&](LiveOrder& order, LiveIntent& intent) {
            if (!resolved.broker_order_id.empty()) {
                return take_accepted(order, intent, resolved.broker_order_id);
            }
            give_up(order, resolved.ref.intent, OrdStatus::not_placed);
        });
    }

    LiveOrder* operator()(const ledger::FollowerOrderReported& report) const {
        LiveOrder* order = orders.find(report.order);
        if (order == nullptr) return nullptr;
        if (order->broker_order_id.empty()) order->broker_order_id = report.broker_order_id;
        if (report.status != OrdStatus::unknown) order->status = report.status;
        return order;
    }

    [[nodiscard]] LiveOrder* add_change(const EventId& id, IntentKind kind,
                                        const ledger::OrderTerms& terms) const {
        LiveOrder* order = orders.find(id);
        if (order == nullptr) return nullptr;
        LiveIntent change;
        change.id = event.id;
        change.kind = kind;
        change.position = orders.next_position(event.recorded_at_ns);
        change.terms = terms;
        order->changes.push_back(change);
        return order;
    }

    template <class Fold>
    [[nodiscard]] LiveOrder* with_intent(const AttemptRef& ref, Fold fold) const {
        LiveOrder* order = orders.find(ref.order);
        LiveIntent* intent = order == nullptr ? nullptr : order->intent(ref.intent);
        if (intent != nullptr) fold(*order, *intent);
        return order;
    }
};

LiveOrder* LiveOrders::apply(const Event& event) {
    return std::visit(Folding{*this, event}, event.payload);
}

LiveOrder* LiveOrders::find(const EventId& order) {
    const auto found = orders_.find(order);
    return found == orders_.end() ? nullptr : &found->second;
}

const LiveOrder* LiveOrders::find(const EventId& order) const {
    const auto found = orders_.find(order);
    return found == orders_.end() ? nullptr : &found->second;
}

LanePosition LiveOrders::next_position(std::int64_t intended_at_ns) {
    return {.intended_at_ns = intended_at_ns, .ordinal = ++ordinal_};
}

void LiveOrders::restore(const ledger::replication::State& state) {
    visit_unsettled(state, state.recorded_at_ns, [&](const auto& row) { restore(state, row); });
}

void LiveOrders::restore(const ledger::replication::State& state,
                         const ledger::replication::FollowerOrder& row) {
    LiveOrder order;
    order.id = row.id;
    order.account = row.follower;
    order.terms = row.terms;
    order.status = row.status;
    order.broker_order_id = row.broker_order_id;
    order.placing.id = row.id;
    order.placing.position = next_position(row.intended_at_ns);
    order.placing.attempt = row.attempts;
    order.placing.under_way = row.attempt_open;
    order.placing.parked = row.parked;
    for (const auto& change : row.changes) {
        LiveIntent& intent = order.changes.emplace_back();
        intent.id = change.intent;
        intent.kind = change.kind;
        intent.position = next_position(change.intended_at_ns);
        intent.attempt = change.attempts;
        intent.under_way = change.stage != ledger::replication::Change::Stage::waiting;
        intent.parked = change.parked;
        intent.terms = change.terms;
    }
    if (order.done()) return;
    order.instrument = state.instrument_of(state.master_order_of(row));
    orders_.emplace(order.id, std::move(order));
}

std::vector<AttemptRef> open_attempts(const ledger::replication::State& state) {
    std::vector<AttemptRef> open;
    visit_unsettled(state, state.recorded_at_ns, [&](const auto& order) {
        if (order.attempt_open && !order.parked) {
            open.push_back({order.id, order.id, order.follower, order.attempts});
        }
        for (const auto& change : order.changes) {
            const bool waiting = change.stage == ledger::replication::Change::Stage::waiting;
            if (waiting || change.parked) continue;
            open.push_back({order.id, change.intent, order.follower, change.attempts});
        }
    });
    return open;
}

}  // namespace executors
