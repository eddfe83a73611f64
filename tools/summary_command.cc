#include "ledger/log/record_at.h"
#include "ledger/text/decimal.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/progress.h"
#include "tools/report_commands.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace tools {

using namespace ledger;
using projections::LedgerView;

namespace {

// How long each stage of placing took, in nanoseconds, by follower.
struct Latencies {
    std::vector<std::int64_t> to_sent;
    std::vector<std::int64_t> to_acknowledged;
};

using LatenciesByFollower = std::map<AccountNumber, Latencies>;

void collect(const replication::State& state, const Event& event, LatenciesByFollower& out) {
    const auto since_intent = [&](const AttemptRef& ref) -> std::optional<std::int64_t> {
        const auto* order = state.follower_order(ref.order);
        const bool first_placing = order != nullptr && ref.intent == ref.order && ref.attempt == 1;
        if (!first_placing) return std::nullopt;
        return event.recorded_at_ns - order->intended_at_ns;
    };
    if (const auto* started = std::get_if<AttemptStarted>(&event.payload)) {
        if (const auto ns = since_intent(started->ref)) {
            out[started->ref.follower].to_sent.push_back(*ns);
        }
    } else if (const auto* accepted = std::get_if<AttemptAccepted>(&event.payload)) {
        if (const auto ns = since_intent(accepted->ref)) {
            out[accepted->ref.follower].to_acknowledged.push_back(*ns);
        }
    }
}

// In milliseconds, of the nearest rank.
std::string percentile(std::vector<std::int64_t> values, std::size_t hundredths) {
    if (values.empty()) return "";
    const std::size_t rank = std::min(values.size() - 1, values.size() * hundredths / 100);
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(rank));
    constexpr std::int64_t ns_per_us = 1000;
    constexpr int us_to_ms = 3;
    return text::format_scaled(values[rank] / ns_per_us, us_to_ms);
}

std::string skips_of(const projections::AuditRow& row) {
    std::string out;
    for (std::size_t reason = 1; reason < projections::skip_reasons; ++reason) {
        if (row.skipped.at(reason) == 0) continue;
        if (!out.empty()) out += ' ';
        out += std::string{to_text(static_cast<SkipReason>(reason))} + "=" +
               std::to_string(row.skipped.at(reason));
    }
    return out;
}

projections::Row summary_row(const LedgerView& view, const projections::AuditRow& counts,
                             const Latencies& latencies) {
    const auto* account = view.state().account(counts.account);
    projections::Row row;
    row.text("account", account->identity.broker_account)
        .count("orders", counts.orders_intended)
        .count("modifies", counts.modifies_intended + counts.amended_unsent)
        .count("cancels", counts.cancels_intended)
        .count("withdrawn", counts.withdrawn_unsent)
        .count("accepted", counts.accepted)
        .count("recovered", counts.recovered)
        .count("rejected", counts.rejected)
        .count("unknown", counts.unknown)
        .count("fills", counts.fills)
        .text("sent_p50_ms", percentile(latencies.to_sent, 50))
        .text("sent_p99_ms", percentile(latencies.to_sent, 99))
        .text("acked_p50_ms", percentile(latencies.to_acknowledged, 50))
        .text("acked_p99_ms", percentile(latencies.to_acknowledged, 99))
        .text("skipped", skips_of(counts));
    return row;
}

}  // namespace

Result<ExitCode> run_summary(const ReadOptions& options) {
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    LedgerView view;
    LatenciesByFollower latencies;
    Result<void> decoded = boost::outcome_v2::success();
    ProgressBar bar{"summing up"};
    const std::uint64_t last = journal->last_sequence();
    const auto visit = [&](std::uint64_t sequence, std::string_view record) {
        const auto event = log::decode_record_at(sequence, record);
        if (!event) {
            decoded = event.error();
            return false;
        }
        view.apply(event.value());
        collect(view.state(), event.value(), latencies);
        bar.update(sequence, last);
        return true;
    };
    if (last > 0) {
        BOOST_OUTCOME_TRY(journal->scan(1, last, visit));
    }
    BOOST_OUTCOME_TRY(decoded);
    const auto printer = RowPrinter::make(options.output, stdout);
    for (const auto& counts : view.audit().rows()) {
        const auto* account = view.state().account(counts.account);
        if (account->identity.role != AccountRole::follower) continue;
        printer->print(summary_row(view, counts, latencies[counts.account]));
    }
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
