// One row of each view, made from the rows of the state.
#pragma once

#include "projections/ledger_view.h"
#include "projections/row.h"

namespace projections {

[[nodiscard]] Row account_row(const ledger::replication::Account& account);
[[nodiscard]] Row link_row(const LedgerView& view, const ledger::replication::Link& link);
[[nodiscard]] Row instrument_row(const ledger::replication::KnownInstrument& instrument);
[[nodiscard]] Row master_order_row(const LedgerView& view,
                                   const ledger::replication::MasterOrder& order);
[[nodiscard]] Row follower_order_row(const LedgerView& view,
                                     const ledger::replication::FollowerOrder& order);
[[nodiscard]] Row mapping_row(const LedgerView& view,
                              const ledger::replication::FollowerOrder& order);
[[nodiscard]] Row position_row(const LedgerView& view, const Position& position);
[[nodiscard]] Row audit_row(const LedgerView& view, const AuditRow& counts);

// Each intent of this order that has no outcome yet.
[[nodiscard]] std::vector<Row> pending_rows(const LedgerView& view,
                                            const ledger::replication::FollowerOrder& order);

// FIX 4.4's words for a change under way, which stand before what OrdStatus says.
inline constexpr std::string_view pending_cancel = "PENDING_CANCEL";
inline constexpr std::string_view pending_replace = "PENDING_REPLACE";

// What a person reads as the master order's status.
[[nodiscard]] std::string_view status_of(const ledger::replication::MasterOrder& order);
[[nodiscard]] std::string_view status_of(const ledger::replication::FollowerOrder& order);

}  // namespace projections
