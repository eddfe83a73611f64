#include "projections/why_tree.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

namespace projections {

using namespace ledger;

namespace {

// What of an order an event is about.
struct Subject {
    std::optional<EventId> order{};
    const AttemptRef* attempt = nullptr;
};

// Says it for every kind of event.
struct SubjectOf {
    const Event& event;

    Subject operator()(const FollowerOrderIntended&) const { return {event.id}; }

    Subject operator()(const FollowerModifyIntended& e) const { return {e.order}; }

    Subject operator()(const FollowerCancelIntended& e) const { return {e.order}; }

    Subject operator()(const UnsentOrderAmended& e) const { return {e.order}; }

    Subject operator()(const UnsentOrderWithdrawn& e) const { return {e.order}; }

    Subject operator()(const IntentSuperseded& e) const { return {e.order}; }

    Subject operator()(const IntentExpired& e) const { return {e.order}; }

    Subject operator()(const FollowerOrderReported& e) const { return {e.order}; }

    Subject operator()(const AnomalyRecorded& e) const {
        return e.order.is_zero() ? Subject{} : Subject{e.order};
    }

    Subject operator()(const AttemptStarted& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const AttemptAccepted& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const AttemptRejected& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const AttemptUnknown& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const AttemptNotPlaced& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const IntentParked& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const IntentResolved& e) const { return {e.ref.order, &e.ref}; }

    Subject operator()(const AccountOpened&) const { return {}; }

    Subject operator()(const AccountChanged&) const { return {}; }

    Subject operator()(const AccountClosed&) const { return {}; }

    Subject operator()(const LinkSet&) const { return {}; }

    Subject operator()(const LinkRemoved&) const { return {}; }

    Subject operator()(const InstrumentDefined&) const { return {}; }

    Subject operator()(const MasterOrderReported&) const { return {}; }

    Subject operator()(const ConflictRecorded&) const { return {}; }

    Subject operator()(const FollowerOrderSkipped&) const { return {}; }

    Subject operator()(const RiskLimitsSet&) const { return {}; }

    Subject operator()(const ConsentRecorded&) const { return {}; }

    Subject operator()(const FundsReported&) const { return {}; }

    Subject operator()(const TradingHalted&) const { return {}; }

    Subject operator()(const TradingResumed&) const { return {}; }

    Subject operator()(const ExitRequested&) const { return {}; }

    Subject operator()(const CalendarSet&) const { return {}; }

    Subject operator()(const RequestAnswered&) const { return {}; }

    Subject operator()(const CheckpointSigned&) const { return {}; }

    Subject operator()(const SubjectErased&) const { return {}; }

    Subject operator()(const RecordsArchived&) const { return {}; }
};

Subject subject_of(const Event& event) {
    return std::visit(SubjectOf{event}, event.payload);
}

std::map<EventId, std::size_t> places_of(const std::vector<WhyNode>& nodes) {
    std::map<EventId, std::size_t> places;
    for (std::size_t at = 0; at < nodes.size(); ++at) places.emplace(nodes[at].event.id, at);
    return places;
}

void mark_below(const WhyTree& tree, std::size_t from, std::vector<bool>& marked) {
    std::vector<std::size_t> left{from};
    while (!left.empty()) {
        const std::size_t at = left.back();
        left.pop_back();
        if (marked[at]) continue;
        marked[at] = true;
        left.insert(left.end(), tree.nodes[at].children.begin(), tree.nodes[at].children.end());
    }
}

}  // namespace

EventId parent_of(const Event& event) {
    const AttemptRef* ref = subject_of(event).attempt;
    const bool outcome = ref != nullptr && !std::holds_alternative<AttemptStarted>(event.payload);
    return outcome ? attempt_id(ref->intent, ref->attempt) : event.causation;
}

std::optional<EventId> follower_order_of(const Event& event) {
    return subject_of(event).order;
}

WhyTree make_why_tree(std::vector<Event> events) {
    WhyTree tree;
    for (Event& event : events) tree.nodes.push_back({std::move(event), {}});
    const auto places = places_of(tree.nodes);
    for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
        const Event& event = tree.nodes[at].event;
        // An attempt that is not among them leaves its outcomes to the intent.
        auto parent = places.find(parent_of(event));
        if (parent == places.end()) parent = places.find(event.causation);
        if (parent == places.end()) {
            tree.roots.push_back(at);
        } else {
            tree.nodes[parent->second].children.push_back(at);
        }
    }
    return tree;
}

std::vector<Event> on_the_way(const WhyTree& tree, const EventId& id) {
    const auto places = places_of(tree.nodes);
    std::vector<bool> marked(tree.nodes.size());
    const auto asked = places.find(id);
    if (asked != places.end()) mark_below(tree, asked->second, marked);
    for (auto at = asked; at != places.end();) {
        marked[at->second] = true;
        const Event& event = tree.nodes[at->second].event;
        at = places.find(parent_of(event));
        if (at == places.end()) at = places.find(event.causation);
    }
    std::vector<Event> events;
    for (std::size_t at = 0; at < tree.nodes.size(); ++at) {
        if (marked[at]) events.push_back(tree.nodes[at].event);
    }
    return events;
}

}  // namespace projections
