#include "projections/why_tree.h"

#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <set>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace why_tree_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::EventId;
using ledger::test::any_steps;

namespace {

void count_below(const WhyTree& tree, std::size_t at, std::vector<int>& seen) {
    ++seen[at];
    for (const std::size_t child : tree.nodes[at].children) count_below(tree, child, seen);
}

}  // namespace

TEST_CASE("every event of a log stands once in its tree, below what it follows from",
          "[projections]") {
    rc::prop("and what came from outside is a root", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const WhyTree tree = make_why_tree(events);
        std::vector<int> seen(events.size());
        for (const std::size_t root : tree.roots) {
            RC_ASSERT(tree.nodes[root].event.causation.is_zero());
            count_below(tree, root, seen);
        }
        RC_ASSERT(std::ranges::all_of(seen, [](int count) { return count == 1; }));
        for (const WhyNode& node : tree.nodes) {
            for (const std::size_t child : node.children) {
                const Event& below = tree.nodes[child].event;
                RC_ASSERT(below.sequence > node.event.sequence);
                RC_ASSERT(parent_of(below) == node.event.id || below.causation == node.event.id);
            }
        }
    });
}

TEST_CASE("an attempt's outcome stands below the attempt", "[projections]") {
    rc::prop("and the attempt below its intent", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const WhyTree tree = make_why_tree(live.events());
        for (const WhyNode& node : tree.nodes) {
            for (const std::size_t child : node.children) {
                const auto& below = tree.nodes[child].event.payload;
                if (const auto* e = std::get_if<ledger::AttemptAccepted>(&below)) {
                    const auto* started = std::get_if<ledger::AttemptStarted>(&node.event.payload);
                    RC_ASSERT(started != nullptr);
                    RC_ASSERT(started->ref == e->ref);
                }
                if (const auto* e = std::get_if<ledger::AttemptStarted>(&below)) {
                    RC_ASSERT(node.event.id == e->ref.intent);
                }
            }
        }
    });
}

TEST_CASE("from any event the way leads up to its root and down to all that followed",
          "[projections]") {
    rc::prop("and nowhere else", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const EventId asked = events[any_below(events.size())].id;
        const auto way = on_the_way(make_why_tree(events), asked);
        const WhyTree tree = make_why_tree(way);
        RC_ASSERT(tree.roots.size() == 1U);
        RC_ASSERT(tree.nodes[tree.roots.front()].event.causation.is_zero());
        std::set<EventId> on_way;
        for (const Event& event : way) on_way.insert(event.id);
        RC_ASSERT(on_way.contains(asked));
        // Below the asked event nothing is left out; above it each node has one child.
        const auto whole = make_why_tree(events);
        bool below = false;
        for (std::size_t at = tree.roots.front();;) {
            const WhyNode& node = tree.nodes[at];
            below = node.event.id == asked;
            if (below || node.children.size() != 1) break;
            at = node.children.front();
        }
        RC_ASSERT(below);
        const auto mark = std::ranges::find_if(
            whole.nodes, [&](const WhyNode& node) { return node.event.id == asked; });
        for (const std::size_t child : mark->children) {
            RC_ASSERT(on_way.contains(whole.nodes[child].event.id));
        }
    });
}

TEST_CASE("an event that is not in the log has no way", "[projections]") {
    LiveLedger live;
    live.runs({});
    const auto unknown = ledger::NaturalKey{"nothing"}.id();
    CHECK(on_the_way(make_why_tree(live.events()), unknown).empty());
}

}  // namespace why_tree_test
