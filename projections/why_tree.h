// The causal chain of some events as trees: what came from outside on top, what followed from it
// below.
#pragma once

#include "ledger/model/event.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace projections {

struct WhyNode {
    ledger::Event event;
    std::vector<std::size_t> children;  // into WhyTree::nodes, in the order of the log
};

struct WhyTree {
    std::vector<WhyNode> nodes;  // in the order of the log
    std::vector<std::size_t> roots;
};

// What the event belongs below: its cause, or the attempt that it is the outcome of. Zero for what
// came from outside.
[[nodiscard]] ledger::EventId parent_of(const ledger::Event& event);

// The follower order that the event is about, if it is about one.
[[nodiscard]] std::optional<ledger::EventId> follower_order_of(const ledger::Event& event);

// Requires the events in the order of the log, each once. One whose parent is not among them is a
// root.
[[nodiscard]] WhyTree make_why_tree(std::vector<ledger::Event> events);

// What leads to the event of that id, and all that follows from it.
[[nodiscard]] std::vector<ledger::Event> on_the_way(const WhyTree& tree, const ledger::EventId& id);

}  // namespace projections
