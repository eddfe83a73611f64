// Everything that is read, as one fold of the durable log: the replication state and what is
// derived beside it. The live process, the CLI and a replay fold the same class.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/checksum.h"
#include "ledger/replication/order_blocks.h"
#include "ledger/replication/state.h"
#include "projections/audit_counts.h"
#include "projections/positions.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace projections {

// Raise it with every change of a projection's bytes, or of what it makes of an event.
inline constexpr std::uint32_t view_version = 4;

struct Digest {
    std::string_view projection;
    ledger::log::Checksum digest{};

    friend bool operator==(const Digest&, const Digest&) = default;
};

class LedgerView {
  public:
    // Requires that `event` is the next one after sequence().
    void apply(const ledger::Event& event);

    [[nodiscard]] std::uint64_t sequence() const { return state_.sequence; }

    [[nodiscard]] const ledger::replication::State& state() const { return state_; }

    [[nodiscard]] const Positions& positions() const { return positions_; }

    [[nodiscard]] const AuditCounts& audit() const { return audit_; }

    // The names of the projections, in the order of their bytes.
    [[nodiscard]] static std::vector<std::string_view> projection_names();

    // The canonical bytes of one projection, and their digest.
    [[nodiscard]] std::string serialize(std::string_view projection) const;
    [[nodiscard]] std::vector<Digest> digests() const;

    // Sets one projection from its bytes; in the order of projection_names(), into a fresh view.
    [[nodiscard]] ledger::Result<void> restore(std::string_view projection, std::string_view bytes);
    // Sets both projections that hold orders, last of all, and leaves the orders where they are
    // stored until they are asked for.
    [[nodiscard]] ledger::Result<void> restore_orders(ledger::replication::OrderStores stores);
    void set_offset(std::uint64_t sequence, std::int64_t recorded_at_ns);

  private:
    ledger::replication::State state_;
    Positions positions_;
    AuditCounts audit_;
};

}  // namespace projections
