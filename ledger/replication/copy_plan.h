// What one link makes of one master order: map -> split -> size -> limit -> slice. Pure; every
// order of every purpose that opens or follows the master passes here.
#pragma once

#include "ledger/replication/copier.h"
#include "ledger/replication/limits.h"

#include <algorithm>

namespace ledger::replication {

struct Plan {
    OrderTerms terms{};  // of all slices together
    SizingFigures figures{};
    SkipReason skip = SkipReason::none;
    Quantity slice_max{};  // the most that one order may hold
    Price reference{};     // what a unit is worth; 0: nobody knows
};

// The copy of the order over the link, if the master's terms were these. Where the follower has
// orders for it already, they are as if they were not there.
[[nodiscard]] Plan plan_copy(const PlanContext& context, RowIndex link,
                             const OrderTerms& master_terms);
[[nodiscard]] Plan plan_copy(const Copier& copier, const OrderTerms& master_terms);

// An order that opens for `quantity` of the master's position, whatever he has open beside it.
[[nodiscard]] Plan plan_join(const PlanContext& context, RowIndex link,
                             const OrderTerms& master_terms);

// A market order (or what the link makes of one) that closes so much of the copied position.
[[nodiscard]] Plan plan_close(const PlanContext& context, const CopiedPosition& position,
                              Quantity quantity);

// How many orders the plan is for.
[[nodiscard]] std::int64_t count_slices(const Plan& plan);

// Calls `visit` with the quantity of each order, all together that of the plan. Requires a plan
// that is not skipped.
template <class Visit>
void for_each_slice(const Plan& plan, const Visit& visit) {
    Quantity rest = plan.terms.quantity;
    while (rest.value() > 0) {
        const Quantity slice = std::min(rest, plan.slice_max);
        visit(slice);
        rest = rest - slice;
    }
}

// What new orders by this plan take up; nothing where it is skipped.
[[nodiscard]] Taken taken_by(const Plan& plan);

}  // namespace ledger::replication
