// The audit view by account: what was decided for it and what became of it, counted.
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/base/result.h"
#include "ledger/base/table.h"
#include "ledger/model/event.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace projections {

inline constexpr std::size_t skip_reasons = ledger::skip_reason_count + 1;  // 0 stands for none

// Counts of events that concern one account; a master's are those of its own orders.
struct AuditRow {
    ledger::AccountNumber account;
    std::uint64_t first_sequence = 0;
    std::uint64_t last_sequence = 0;
    std::uint64_t master_events = 0;
    std::uint64_t orders_intended = 0;
    std::uint64_t modifies_intended = 0;
    std::uint64_t cancels_intended = 0;
    std::uint64_t amended_unsent = 0;
    std::uint64_t withdrawn_unsent = 0;
    std::uint64_t superseded = 0;
    std::uint64_t attempts = 0;
    std::uint64_t accepted = 0;
    std::uint64_t recovered = 0;  // of the accepted: found in the broker's book
    std::uint64_t rejected = 0;
    std::uint64_t unknown = 0;
    std::uint64_t not_placed = 0;
    std::uint64_t expired = 0;
    std::uint64_t parked = 0;
    std::uint64_t fills = 0;
    std::uint64_t anomalies = 0;
    std::array<std::uint64_t, skip_reasons> skipped{};  // by SkipReason
};

class AuditCounts {
  public:
    void apply(const ledger::Event& event);

    [[nodiscard]] const auto& rows() const { return rows_; }

    void serialize(ledger::ByteWriter& out) const;
    // corrupt where the bytes are not what serialize() made. Requires that it is empty.
    [[nodiscard]] ledger::Result<void> restore(std::string_view bytes);

  private:
    struct NumberHash {
        std::size_t operator()(ledger::AccountNumber number) const { return number.value(); }
    };

    AuditRow& row_of(ledger::AccountNumber account, std::uint64_t sequence);

    ledger::Table<ledger::AccountNumber, AuditRow, NumberHash> rows_;
};

}  // namespace projections
