#include "tools/export_records.h"

#include "ledger/text/json_writer.h"
#include "projections/event_row.h"
#include "projections/execution_report.h"
#include "projections/row.h"
#include "tools/csv_text.h"
#include "tools/fix_message.h"
#include "tools/readable.h"
#include "tools/row_json.h"

#include <array>
#include <utility>

namespace tools {

using ledger::Event;
using ledger::vault::SubjectKeys;
using projections::Cell;
using projections::LedgerView;
using projections::Row;

namespace {

// The cells that every event has, in event_row()'s order.
constexpr std::array<std::string_view, 8> envelope{"sequence",       "recorded_at", "kind",
                                                   "event_id",       "occurred_at", "causation_id",
                                                   "correlation_id", "actor"};

class JsonLines final : public ExportRecords {
  public:
    explicit JsonLines(SubjectKeys subjects) : subjects_(std::move(subjects)) {}

    std::uint64_t append(const LedgerView&, const Event& event, std::uint64_t,
                         std::string& out) const override {
        append_json(readable(projections::event_row(event), subjects_), out);
        out += '\n';
        return 1;
    }

  private:
    SubjectKeys subjects_;
};

// The same columns for every kind: what its own cells say is a JSON object in the last one.
class Csv final : public ExportRecords {
  public:
    explicit Csv(SubjectKeys subjects) : subjects_(std::move(subjects)) {}

    [[nodiscard]] std::string heading() const override {
        std::string line;
        for (const std::string_view name : envelope) append_csv_field(line, name);
        append_csv_field(line, "details");
        return line + "\r\n";
    }

    std::uint64_t append(const LedgerView&, const Event& event, std::uint64_t,
                         std::string& out) const override {
        const Row row = readable(projections::event_row(event), subjects_);
        std::string line;
        Row rest;
        for (std::size_t at = 0; at < row.cells().size(); ++at) {
            const Cell& cell = row.cells()[at];
            if (at < envelope.size()) {
                append_csv_field(line, cell.text);
            } else {
                rest.add(cell);
            }
        }
        std::string details;
        append_json(rest, details);
        append_csv_field(line, details);
        out += line + "\r\n";
        return 1;
    }

  private:
    SubjectKeys subjects_;
};

// A message on each line.
class Fix final : public ExportRecords {
  public:
    [[nodiscard]] bool needs_view() const override { return true; }

    std::uint64_t append(const LedgerView& view, const Event& event, std::uint64_t number,
                         std::string& out) const override {
        const auto reports = projections::execution_reports_of(view, event);
        for (const auto& report : reports) out += fix_message(report, ++number) + "\n";
        return reports.size();
    }
};

}  // namespace

std::unique_ptr<ExportRecords> ExportRecords::make(std::string_view format, SubjectKeys subjects) {
    if (format == "jsonl") return std::make_unique<JsonLines>(std::move(subjects));
    if (format == "csv") return std::make_unique<Csv>(std::move(subjects));
    if (format == "fix") return std::make_unique<Fix>();
    return nullptr;
}

}  // namespace tools
