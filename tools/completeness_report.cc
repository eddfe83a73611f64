#include "tools/completeness_report.h"

#include "ledger/text/json_writer.h"
#include "projections/cell_text.h"
#include "tools/row_json.h"

#include <algorithm>

namespace tools {

using ledger::Result;
using projections::Row;

namespace {

std::string skips_of(const projections::CompletenessCounts& counts) {
    std::string out;
    for (std::size_t reason = 1; reason < counts.skips.size(); ++reason) {
        if (counts.skips.at(reason) == 0) continue;
        if (!out.empty()) out += ' ';
        out += std::string{to_text(static_cast<ledger::SkipReason>(reason))} + "=" +
               std::to_string(counts.skips.at(reason));
    }
    return out;
}

// The sequence of the master event whose consequences go on behind `sequence`; 0: there is none.
Result<std::uint64_t> unfinished(const ledger::log::Journal& journal, std::uint64_t sequence) {
    if (sequence >= journal.last_sequence()) return std::uint64_t{0};
    BOOST_OUTCOME_TRY(const ledger::Event next, read_event(journal, sequence + 1));
    if (next.causation.is_zero()) return std::uint64_t{0};
    BOOST_OUTCOME_TRY(const auto cause, journal.find(next.causation));
    if (!cause || *cause > sequence) return std::uint64_t{0};
    BOOST_OUTCOME_TRY(const ledger::Event event, read_event(journal, *cause));
    const bool master = std::holds_alternative<ledger::MasterOrderReported>(event.payload);
    return master ? *cause : 0;
}

Result<Past> whole_commits(const ledger::log::Journal& journal, Past past) {
    BOOST_OUTCOME_TRY(const std::uint64_t begun, unfinished(journal, past.sequence));
    if (begun == 0) return past;
    past.sequence = begun - 1;
    BOOST_OUTCOME_TRY(past.recorded_at_ns, recorded_at_ns(journal, past.sequence));
    return past;
}

}  // namespace

Result<CompletenessReport> check_completeness(const ledger::log::Journal& journal,
                                              const projections::CompletenessRange& range,
                                              const Past& asked, const FoldProgress& progress) {
    BOOST_OUTCOME_TRY(const Past past, whole_commits(journal, asked));
    projections::Completeness fold{range};
    BOOST_OUTCOME_TRY(visit_records(journal, 1, past.sequence, [&](const ledger::Event& event) {
        fold.apply(event);
        if (progress) progress(event.sequence, past.sequence);
    }));
    return CompletenessReport{past, fold.counts(), fold.findings()};
}

Row summary_row(const CompletenessReport& report) {
    const auto& counts = report.counts;
    Row row;
    row.integer("as_of_sequence", static_cast<std::int64_t>(report.past.sequence))
        .text("as_of_time", projections::instant(report.past.recorded_at_ns))
        .count("master_events", counts.master_events)
        .count("expected", counts.expected)
        .count("orders", counts.orders)
        .count("skipped", counts.skipped)
        .count("pending", counts.pending)
        .count("needs_review", counts.needs_review)
        .count("findings", counts.findings)
        .count("fills_not_copied", counts.fills)
        .text("skips", skips_of(counts));
    return row;
}

Row finding_row(const projections::OutcomeFinding& finding) {
    Row row;
    row.integer("sequence", static_cast<std::int64_t>(finding.sequence))
        .text("master_event_id", to_text(finding.master_event))
        .text("follower_id", projections::number(finding.follower))
        .count("outcomes", finding.outcomes)
        .text("finding", finding.outcomes == 0 ? "MISSING" : "MORE_THAN_ONE");
    return row;
}

std::string completeness_json(const CompletenessReport& report, std::size_t findings_max) {
    std::string out;
    ledger::text::JsonWriter json{out};
    json.begin_object();
    json.key("summary");
    json.begin_object();
    write_cells(json, summary_row(report));
    json.end_object();
    json.key("findings");
    json.begin_array();
    const std::size_t shown = std::min(report.findings.size(), findings_max);
    for (std::size_t at = 0; at < shown; ++at) {
        json.begin_object();
        write_cells(json, finding_row(report.findings[at]));
        json.end_object();
    }
    json.end_array();
    json.member_boolean("complete", report.findings.empty());
    json.end_object();
    return out;
}

}  // namespace tools
