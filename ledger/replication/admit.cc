#include "ledger/replication/admit.h"

#include "ledger/base/overloaded.h"
#include "ledger/replication/admit_internal.h"

namespace ledger::replication {

namespace {

Admitted admit_archiving(const State& state, const RecordsArchived& archived) {
    if (archived.through == 0 || archived.through > archived.archive_records) {
        return invalid_field("through", "is from 1 to what the archive has");
    }
    if (archived.archive_records > state.sequence) {
        return invalid_field("archive_records", "is more than the log has");
    }
    return root(NaturalKey{"archived"}.add(archived.through).id(), archived);
}

}  // namespace

std::optional<EventId> identity_of(const State& state, const Command& command) {
    if (const auto* report = std::get_if<ReportMasterOrder>(&command.payload)) {
        return identity_of_report(state, report->report);
    }
    if (const auto* report = std::get_if<ReportFollowerOrder>(&command.payload)) {
        return follower_report_id(report->report);
    }
    return std::nullopt;
}

Repetition compare(const Event& recorded, const Command& command) {
    if (const auto* ours = std::get_if<ReportMasterOrder>(&command.payload)) {
        const auto* theirs = std::get_if<MasterOrderReported>(&recorded.payload);
        if (theirs == nullptr || !same_key(*theirs, ours->report)) return Repetition::collision;
        return same_content(*theirs, ours->report) ? Repetition::duplicate : Repetition::conflict;
    }
    // A broker's report is identified by all of its content that matters here.
    return Repetition::duplicate;
}

Admission conflict_of(const Event& recorded, const Command& command) {
    std::string what = "request repeated with other content";
    if (const auto* ours = std::get_if<ReportMasterOrder>(&command.payload)) {
        what = std::string{to_text(ours->report.type)} + " of order " +
               ours->report.broker_order_id + " repeated with other content";
    }
    const EventId id = NaturalKey{"conflict"}.add(recorded.id).add(command.request_digest).id();
    return {.id = id,
            .causation = {},
            .correlation = {},
            .payload = ConflictRecorded{.existing = recorded.id,
                                        .content_digest = command.request_digest,
                                        .what = std::move(what)}};
}

Admitted admit(const State& state, const Policy& policy, const Command& command,
               std::int64_t now_ns) {
    return std::visit(
        Overloaded{
            [&](const StartAttempt& c) { return admit_start(state, policy, c, now_ns); },
            [&](const OpenAccount& c) { return admit_command(state, c); },
            [&](const ChangeAccount& c) { return admit_command(state, c); },
            [&](const CloseAccount& c) { return admit_command(state, c); },
            [&](const SetLink& c) { return admit_command(state, c); },
            [&](const RemoveLink& c) { return admit_command(state, c); },
            [&](const DefineInstrument& c) { return admit_command(state, c); },
            [&](const ReportMasterOrder& c) { return admit_command(state, c); },
            [&](const RecordAccepted& c) { return admit_command(state, c); },
            [&](const RecordRejected& c) { return admit_command(state, c); },
            [&](const RecordUnknown& c) { return admit_command(state, c); },
            [&](const RecordNotPlaced& c) { return admit_command(state, c); },
            [&](const ParkIntent& c) { return admit_command(state, c); },
            [&](const ResolveIntent& c) { return admit_command(state, c); },
            [&](const ReportFollowerOrder& c) { return admit_command(state, c); },
            [&](const RecordAnomaly& c) { return admit_command(state, c); },
            [&](const SetRiskLimits& c) { return admit_command(state, c); },
            [&](const RecordConsent& c) { return admit_command(state, c); },
            [&](const ReportFunds& c) { return admit_funds(state, c, command.occurred_at_ns); },
            [&](const HaltTrading& c) { return admit_command(state, c); },
            [&](const ResumeTrading& c) { return admit_command(state, c); },
            [&](const RequestExit& c) { return admit_command(state, c); },
            [&](const SetCalendar& c) { return admit_command(state, c); },
            [](const PublishCheckpoint& c) -> Admitted {
                return root(NaturalKey{"checkpoint"}.add(c.note).id(), CheckpointSigned{c.note});
            },
            [&](const EraseSubject& c) { return admit_erasure(state, c, now_ns); },
            [&](const ArchiveRecords& c) { return admit_archiving(state, c.archived); },
            // Marks are no part of the log.
            [](const SetMarks&) -> Admitted { return std::nullopt; },
        },
        command.payload);
}

}  // namespace ledger::replication
