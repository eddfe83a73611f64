// The parts of admit(), one file per kind of command.
#pragma once

#include "ledger/replication/admit.h"

#include <string>
#include <utility>

namespace ledger::replication {

// An event from outside, which begins a chain of its own.
[[nodiscard]] inline Admission root(EventId id, Payload payload) {
    return {.id = id, .causation = {}, .correlation = {}, .payload = std::move(payload)};
}

// Of what a person says to the ledger for those who read it.
[[nodiscard]] Result<void> validate_why(const std::string& why);

[[nodiscard]] Error no_account(std::string field, AccountNumber number);

// admit_accounts.cc
[[nodiscard]] Admitted admit_command(const State& state, const OpenAccount& command);
[[nodiscard]] Admitted admit_command(const State& state, const ChangeAccount& command);
[[nodiscard]] Admitted admit_command(const State& state, const CloseAccount& command);
[[nodiscard]] Admitted admit_command(const State& state, const SetLink& command);
[[nodiscard]] Admitted admit_command(const State& state, const RemoveLink& command);
[[nodiscard]] Admitted admit_command(const State& state, const DefineInstrument& command);

// admit_erasure.cc
[[nodiscard]] Admitted admit_erasure(const State& state, const EraseSubject& command,
                                     std::int64_t now_ns);

// admit_risk.cc
[[nodiscard]] Admitted admit_command(const State& state, const SetRiskLimits& command);
[[nodiscard]] Admitted admit_command(const State& state, const RecordConsent& command);
[[nodiscard]] Admitted admit_funds(const State& state, const ReportFunds& command,
                                   std::int64_t occurred_at_ns);
[[nodiscard]] Admitted admit_command(const State& state, const HaltTrading& command);
[[nodiscard]] Admitted admit_command(const State& state, const ResumeTrading& command);
[[nodiscard]] Admitted admit_command(const State& state, const RequestExit& command);
[[nodiscard]] Admitted admit_command(const State& state, const SetCalendar& command);

// admit_master_order.cc
[[nodiscard]] Admitted admit_command(const State& state, const ReportMasterOrder& command);
[[nodiscard]] std::optional<EventId> identity_of_report(const State& state,
                                                        const MasterOrderReported& report);
[[nodiscard]] bool same_key(const MasterOrderReported& a, const MasterOrderReported& b);
[[nodiscard]] bool same_content(const MasterOrderReported& a, const MasterOrderReported& b);

// A report's fills: all of them, and what it adds to those known before.
struct ReportedFill {
    Price avg_px;     // of cum_qty; 0 where the source does not say
    Price own_price;  // of the order, which then stands in for it
    Quantity cum_qty;
    Quantity last_qty;
};

// What the addition cost; zero where the figures are beyond what Money holds.
[[nodiscard]] Money added_value(const ReportedFill& fill, Money known);

// admit_attempts.cc
[[nodiscard]] Admitted admit_start(const State& state, const Policy& policy,
                                   const StartAttempt& command, std::int64_t now_ns);
[[nodiscard]] Admitted admit_command(const State& state, const RecordAccepted& command);
[[nodiscard]] Admitted admit_command(const State& state, const RecordRejected& command);
[[nodiscard]] Admitted admit_command(const State& state, const RecordUnknown& command);
[[nodiscard]] Admitted admit_command(const State& state, const RecordNotPlaced& command);
[[nodiscard]] Admitted admit_command(const State& state, const ParkIntent& command);
[[nodiscard]] Admitted admit_command(const State& state, const ResolveIntent& command);

// admit_reports.cc
[[nodiscard]] Admitted admit_command(const State& state, const ReportFollowerOrder& command);
[[nodiscard]] Admitted admit_command(const State& state, const RecordAnomaly& command);
[[nodiscard]] EventId follower_report_id(const FollowerOrderReported& report);

}  // namespace ledger::replication
