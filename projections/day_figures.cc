#include "projections/day_figures.h"

#include "projections/cell_text.h"

#include <utility>

namespace projections {

using namespace ledger;

namespace {

// How an event ends what was unknown of an attempt; empty where it does not.
struct Closing {
    AttemptRef ref{};
    std::string words{};
};

Closing closing_of(const Event& event) {
    if (const auto* e = std::get_if<AttemptAccepted>(&event.payload)) {
        return {e->ref, (e->recovered ? "found in the broker's book as " : "answered late as ") +
                            e->broker_order_id};
    }
    if (const auto* e = std::get_if<AttemptNotPlaced>(&event.payload)) {
        return {e->ref, "not at the broker: " + std::to_string(e->book_reads) +
                            " reads of its book over " + std::to_string(e->window_ms) + " ms"};
    }
    if (const auto* e = std::get_if<AttemptRejected>(&event.payload)) {
        return {e->ref, "refused: " + e->code + " " + e->text};
    }
    if (const auto* e = std::get_if<IntentResolved>(&event.payload)) {
        const std::string found =
            e->broker_order_id.empty() ? "not placed" : "at the broker as " + e->broker_order_id;
        return {e->ref, "a person's word (" + event.actor + "): " + found + "; " + e->why};
    }
    return {};
}

bool places_first(const AttemptRef& ref) {
    return ref.intent == ref.order && ref.attempt == 1;
}

std::string whose(const LedgerView& view, AccountNumber account) {
    const auto* known = view.state().account(account);
    return known == nullptr ? "the whole ledger" : known->identity.broker_account;
}

}  // namespace

// One event; what is not named here is not reported of.
struct DayFigures::Fold {
    DayFigures& self;
    const LedgerView& view;
    const Event& event;

    [[nodiscard]] FollowerDay& day(AccountNumber follower) const {
        return self.followers_[follower];
    }

    void since_intent(const AttemptRef& ref, std::vector<std::int64_t>& out) const {
        const auto* order = view.state().follower_order(ref.order);
        const bool counts = places_first(ref) && order != nullptr;
        if (counts) out.push_back(event.recorded_at_ns - order->intended_at_ns);
    }

    void operator()(const MasterOrderReported&) const { ++self.master_events_; }

    void operator()(const FollowerOrderIntended& e) const {
        if (!self.is_wanted(e.follower)) return;
        ++day(e.follower).orders;
        self.touch(event, e.follower, e.figures, false);
    }

    void operator()(const FollowerOrderSkipped& e) const {
        if (!self.is_wanted(e.follower)) return;
        ++day(e.follower).skipped;
        ++day(e.follower).skips[e.reason];
        self.touch(event, e.follower, e.figures, true);
    }

    void operator()(const FollowerModifyIntended& e) const {
        if (self.is_wanted(e.follower)) ++day(e.follower).modifies;
    }

    void operator()(const UnsentOrderAmended& e) const {
        if (self.is_wanted(e.follower)) ++day(e.follower).modifies;
    }

    void operator()(const FollowerCancelIntended& e) const {
        if (self.is_wanted(e.follower)) ++day(e.follower).cancels;
    }

    void operator()(const UnsentOrderWithdrawn& e) const {
        if (self.is_wanted(e.follower)) ++day(e.follower).withdrawn;
    }

    void operator()(const AttemptStarted& e) const {
        if (self.is_wanted(e.ref.follower)) since_intent(e.ref, self.latencies_.to_sent);
    }

    void operator()(const AttemptAccepted& e) const {
        if (!self.is_wanted(e.ref.follower)) return;
        ++day(e.ref.follower).accepted;
        since_intent(e.ref, self.latencies_.to_acknowledged);
    }

    void operator()(const AttemptRejected& e) const {
        if (self.is_wanted(e.ref.follower)) ++day(e.ref.follower).rejected;
    }

    void operator()(const AttemptUnknown& e) const {
        if (!self.is_wanted(e.ref.follower)) return;
        self.open_[{e.ref.intent, e.ref.attempt}] = self.unknown_.size();
        self.unknown_.push_back({event.sequence, e.ref, event.recorded_at_ns, e.cause});
    }

    void operator()(const IntentExpired& e) const {
        if (self.is_wanted(e.follower)) ++day(e.follower).expired;
    }

    void operator()(const IntentParked& e) const {
        if (!self.is_wanted(e.ref.follower)) return;
        self.note(event,
                  "An order of " + whose(view, e.ref.follower) + " waits for a person: " + e.why);
    }

    void operator()(const FollowerOrderReported& e) const {
        if (!self.is_wanted(e.follower) || e.last_qty.value() == 0) return;
        FollowerDay& row = day(e.follower);
        ++row.fills;
        row.filled = row.filled + e.last_qty;
        row.value = row.value + e.last_value;
    }

    void operator()(const AnomalyRecorded& e) const {
        if (!self.is_wanted(e.account)) return;
        self.note(event, std::string{to_text(e.kind)} + " at " + whose(view, e.account) + ": " +
                             e.broker_order_id + " " + e.text);
    }

    void operator()(const TradingHalted& e) const {
        self.note(event, "Trading halted for " + whose(view, e.account) + ": " + e.why);
    }

    void operator()(const TradingResumed& e) const {
        self.note(event, "Trading resumed for " + whose(view, e.account) + ": " + e.why);
    }

    void operator()(const ConflictRecorded& e) const {
        self.note(event, "The same event came again with other content: " + e.what);
    }

    void operator()(const AccountOpened&) const {}

    void operator()(const AccountChanged&) const {}

    void operator()(const AccountClosed&) const {}

    void operator()(const LinkSet&) const {}

    void operator()(const LinkRemoved&) const {}

    void operator()(const InstrumentDefined&) const {}

    void operator()(const IntentSuperseded&) const {}

    void operator()(const AttemptNotPlaced&) const {}

    void operator()(const IntentResolved&) const {}

    void operator()(const RiskLimitsSet&) const {}

    void operator()(const ConsentRecorded&) const {}

    void operator()(const FundsReported&) const {}

    void operator()(const ExitRequested&) const {}

    void operator()(const CalendarSet&) const {}

    void operator()(const RequestAnswered&) const {}

    void operator()(const CheckpointSigned&) const {}

    void operator()(const SubjectErased&) const {}

    void operator()(const RecordsArchived&) const {}
};

void DayFigures::apply(const LedgerView& view, const Event& event) {
    std::visit(Fold{*this, view, event}, event.payload);
    close(event);
}

void DayFigures::touch(const Event& event, AccountNumber follower, const SizingFigures& figures,
                       bool refused) {
    if (!figures.limit) return;
    LimitTouched& limit = limits_[{follower, figures.limit->rule, figures.limit->scope}];
    ++(refused ? limit.refused : limit.cut);
    limit.bound = figures.limit->bound;
    limit.actual = figures.limit->actual;
    limit.last_sequence = event.sequence;
}

void DayFigures::note(const Event& event, std::string text) {
    notes_.push_back({event.sequence, event.recorded_at_ns, std::move(text)});
}

void DayFigures::close(const Event& event) {
    const Closing closing = closing_of(event);
    if (closing.words.empty()) return;
    const auto open = open_.find({closing.ref.intent, closing.ref.attempt});
    if (open == open_.end()) return;
    UnknownOutcome& outcome = unknown_[open->second];
    outcome.closed_by = closing.words;
    outcome.closed_sequence = event.sequence;
    outcome.closed_at_ns = event.recorded_at_ns;
    open_.erase(open);
}

}  // namespace projections
