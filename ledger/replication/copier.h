// Everything about one link's copy of a master order, looked up once.
#pragma once

#include "ledger/replication/limits.h"
#include "ledger/replication/marks.h"
#include "ledger/replication/own_copies.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <cstdint>

namespace ledger::replication {

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

struct Copier {
    const PlanContext& context;
    const Link& link;
    const Account& master;
    const Account& follower;
    const KnownInstrument& instrument;
    const CopiedPosition& position;  // an empty one where there is none yet
    Copies own;                      // of the order, that the follower has already
    bool placed = false;             // its orders are counted already

    [[nodiscard]] const InstrumentRules& rules() const { return instrument.rules; }

    // Of `own`.
    [[nodiscard]] const FollowerOrder& row(RowIndex index) const {
        return context.state.follower_orders[index];
    }
};

[[nodiscard]] Copier copier_of(const PlanContext& context, RowIndex link);
// `own` as copies_of() finds them.
[[nodiscard]] Copier copier_of(const PlanContext& context, RowIndex link, Copies own);

// Where limits stand for its orders.
[[nodiscard]] Places places_of(const Copier& copier);

}  // namespace ledger::replication
