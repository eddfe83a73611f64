#include "projections/completeness.h"

#include <algorithm>

namespace projections {

using namespace ledger;

// One event. What is not named here changes no outcome.
struct Completeness::Fold {
    Completeness& self;
    const Event& event;

    void operator()(const AccountOpened& e) const {
        self.masters_[e.account].identity = e.identity;
    }

    void operator()(const LinkSet& e) const {
        self.masters_[e.master].copies[e.follower] = e.terms.active;
    }

    void operator()(const LinkRemoved& e) const {
        self.masters_[e.master].copies[e.follower] = false;
    }

    void operator()(const MasterOrderReported& e) const { self.begin(event, e); }

    void operator()(const FollowerOrderSkipped& e) const {
        if (e.master_order != self.current_.master_order) return;
        const auto at = self.outcome_for(event, e.follower);
        if (!at) return;
        ++self.outcomes_[*at].skips;
        self.outcomes_[*at].reason = e.reason;
    }

    void operator()(const FollowerOrderIntended& e) const {
        self.intend(event, e.follower, e.master_order);
    }

    void operator()(const FollowerModifyIntended& e) const {
        self.intend(event, e.follower, self.master_order_of(e.order));
    }

    void operator()(const FollowerCancelIntended& e) const {
        self.intend(event, e.follower, self.master_order_of(e.order));
    }

    void operator()(const UnsentOrderAmended& e) const {
        self.act(event, e.follower, self.master_order_of(e.order));
    }

    void operator()(const UnsentOrderWithdrawn& e) const {
        self.act(event, e.follower, self.master_order_of(e.order));
        self.move(e.order, Stage::done);
    }

    void operator()(const IntentSuperseded& e) const { self.move(e.intent, Stage::done); }

    void operator()(const AttemptStarted& e) const { self.move(e.ref.intent, Stage::in_flight); }

    void operator()(const AttemptAccepted& e) const { self.move(e.ref.intent, Stage::done); }

    void operator()(const AttemptRejected& e) const {
        if (e.retryable) return self.fail(e.ref.intent);
        self.move(e.ref.intent, Stage::done);
    }

    void operator()(const AttemptNotPlaced& e) const { self.fail(e.ref.intent); }

    void operator()(const IntentExpired& e) const { self.move(e.intent, Stage::done); }

    void operator()(const IntentParked& e) const { self.move(e.ref.intent, Stage::parked); }

    void operator()(const IntentResolved& e) const { self.move(e.ref.intent, Stage::done); }

    // A word that is not understood says nothing of where the order stands.
    void operator()(const FollowerOrderReported& e) const {
        if (e.status != OrdStatus::unknown) self.tell(e.order);
    }

    void operator()(const AccountChanged&) const {}

    void operator()(const AccountClosed&) const {}

    void operator()(const InstrumentDefined&) const {}

    void operator()(const ConflictRecorded&) const {}

    void operator()(const AttemptUnknown&) const {}

    void operator()(const AnomalyRecorded&) const {}

    void operator()(const RiskLimitsSet&) const {}

    void operator()(const ConsentRecorded&) const {}

    void operator()(const FundsReported&) const {}

    void operator()(const TradingHalted&) const {}

    void operator()(const TradingResumed&) const {}

    void operator()(const ExitRequested&) const {}

    void operator()(const CalendarSet&) const {}

    void operator()(const RequestAnswered&) const {}

    void operator()(const CheckpointSigned&) const {}

    void operator()(const SubjectErased&) const {}

    void operator()(const RecordsArchived&) const {}
};

void Completeness::apply(const Event& event) {
    std::visit(Fold{*this, event}, event.payload);
}

void Completeness::begin(const Event& event, const MasterOrderReported& report) {
    current_ = {};
    if (event.sequence < range_.first || event.sequence > range_.last) return;
    if (report.type == MasterEventType::fill) {
        ++fills_;
        return;
    }
    ++master_events_;
    const Master& master = masters_[report.account];
    current_ = {.event = event.id,
                .master_order = master_order_id(
                    master.identity.broker, master.identity.broker_account, report.broker_order_id),
                .first_outcome = outcomes_.size()};
    for (const auto& [follower, copies] : master.copies) {
        if (!copies) continue;
        Outcome outcome;
        outcome.sequence = event.sequence;
        outcome.master_event = event.id;
        outcome.follower = follower;
        outcomes_.push_back(outcome);
    }
}

std::optional<std::size_t> Completeness::outcome_for(const Event& event,
                                                     AccountNumber follower) const {
    if (current_.event.is_zero() || event.causation != current_.event) return std::nullopt;
    const auto begin = outcomes_.begin() + static_cast<std::ptrdiff_t>(current_.first_outcome);
    const auto found = std::lower_bound(
        begin, outcomes_.end(), follower,
        [](const Outcome& o, AccountNumber number) { return o.follower < number; });
    if (found == outcomes_.end() || found->follower != follower) return std::nullopt;
    return static_cast<std::size_t>(found - outcomes_.begin());
}

EventId Completeness::master_order_of(const EventId& order) const {
    const Intent* known = intents_.find(order);
    return known == nullptr ? EventId{} : known->master_order;
}

// What an event does to an order of another master order is no outcome for this one.
void Completeness::act(const Event& event, AccountNumber follower, const EventId& master_order) {
    if (master_order != current_.master_order) return;
    if (const auto at = outcome_for(event, follower)) ++outcomes_[*at].acts;
}

void Completeness::intend(const Event& event, AccountNumber follower, const EventId& master_order) {
    Intent intent;
    intent.master_order = master_order;
    if (master_order == current_.master_order) intent.outcome = outcome_for(event, follower);
    if (intent.outcome) {
        ++outcomes_[*intent.outcome].acts;
        ++outcomes_[*intent.outcome].open;
    }
    if (intents_.find(event.id) == nullptr) intents_.add(event.id, intent);
}

void Completeness::move(const EventId& id, Stage stage) {
    Intent* intent = intents_.find(id);
    if (intent == nullptr) return;
    if (intent->outcome) {
        Outcome& outcome = outcomes_[*intent->outcome];
        if (is_open(intent->stage)) --outcome.open;
        if (intent->stage == Stage::parked) --outcome.parked;
        if (is_open(stage)) ++outcome.open;
        if (stage == Stage::parked) ++outcome.parked;
    }
    intent->stage = stage;
}

// What was to be found out, the broker has told; only an attempt's own answer is still to come.
void Completeness::tell(const EventId& order) {
    Intent* intent = intents_.find(order);
    if (intent == nullptr) return;
    intent->told = true;
    if (intent->stage != Stage::in_flight) move(order, Stage::done);
}

// The attempt had no effect: the intent waits for the next, unless the broker is known to have the
// order all the same.
void Completeness::fail(const EventId& intent) {
    const Intent* known = intents_.find(intent);
    if (known != nullptr) move(intent, known->told ? Stage::done : Stage::waiting);
}

CompletenessCounts Completeness::counts() const {
    CompletenessCounts counts;
    counts.master_events = master_events_;
    counts.fills = fills_;
    counts.expected = outcomes_.size();
    for (const Outcome& outcome : outcomes_) {
        if (outcome.count() != 1) {
            ++counts.findings;
        } else if (outcome.skips == 1) {
            ++counts.skipped;
            ++counts.skips.at(static_cast<std::size_t>(outcome.reason));
        } else if (outcome.parked > 0) {
            ++counts.needs_review;
        } else {
            ++(outcome.open > 0 ? counts.pending : counts.orders);
        }
    }
    return counts;
}

std::vector<OutcomeFinding> Completeness::findings() const {
    std::vector<OutcomeFinding> found;
    for (const Outcome& outcome : outcomes_) {
        if (outcome.count() == 1) continue;
        found.push_back(
            {outcome.sequence, outcome.master_event, outcome.follower, outcome.count()});
    }
    return found;
}

}  // namespace projections
