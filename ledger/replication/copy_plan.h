// What one link makes of one master order: map -> split -> size -> limit -> slice. Pure; every
// order of every purpose that opens or follows the master passes here.
#pragma once

#include "ledger/replication/copy_terms.h"
#include "ledger/replication/limits.h"
#include "ledger/replication/marks.h"
#include "ledger/replication/policy.h"

#include <vector>

namespace ledger::replication {

struct Plan {
    OrderTerms terms{};  // of all slices together
    SizingFigures figures{};
    SkipReason skip = SkipReason::none;
    Quantity slice_max{};  // the most that one order may hold
    Price reference{};     // what a unit is worth; 0: nobody knows
};

// What is planned about: one master order at one moment.
struct PlanContext {
    const State& state;
    const Policy& policy;
    const MasterOrder& order;
    const LastPrice* mark = nullptr;  // of the order's instrument
    std::int64_t occurred_at_ns = 0;
    std::int64_t now_ns = 0;
    Taken taken{};  // by what was planned before in the same decision
    Taken taken_by_link{};
};

// The copy of the order over the link, if the master's terms were these. Where the follower has
// orders for it already, they are as if they were not there.
[[nodiscard]] Plan plan_copy(const PlanContext& context, const Link& link,
                             const OrderTerms& master_terms);

// An order that opens for `quantity` of the master's position, whatever he has open beside it.
[[nodiscard]] Plan plan_join(const PlanContext& context, const Link& link,
                             const OrderTerms& master_terms, Quantity held);

// A market order (or what the link makes of one) that closes so much of the copied position.
[[nodiscard]] Plan plan_close(const PlanContext& context, const CopiedPosition& position,
                              Quantity quantity);

// Requires a plan that is not skipped.
[[nodiscard]] std::vector<Quantity> slices_of(const Plan& plan);

// What new orders by this plan take up; nothing where it is skipped.
[[nodiscard]] Taken taken_by(const Plan& plan);

[[nodiscard]] constexpr Taken operator+(const Taken& a, const Taken& b) {
    return {.orders = a.orders + b.orders, .capital = a.capital + b.capital};
}

}  // namespace ledger::replication
