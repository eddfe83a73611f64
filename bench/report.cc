#include "bench/report.h"

#include "bench/process_use.h"
#include "ledger/text/json_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <string_view>
#include <thread>

#include <fmt/format.h>

namespace bench {

using ledger::text::JsonWriter;

namespace {

constexpr std::array<std::string_view, 9> heads{
    "benchmark", "p50 ms", "p99 ms", "max ms", "figure", "CPU s", "of the machine's limit",
    "aim",       "met"};
using Cells = std::array<std::string, heads.size()>;

std::string milliseconds(std::int64_t ns) {
    return fmt::format("{:.3f}", static_cast<double>(ns) / 1e6);
}

std::string figure_text(const Row& row) {
    if (row.unit.empty()) return {};
    if (row.figure >= 1000) {
        return fmt::format("{} {}", static_cast<std::int64_t>(row.figure), row.unit);
    }
    return fmt::format("{:.3g} {}", row.figure, row.unit);
}

Cells cells_of(const Row& row) {
    Cells cells;
    cells[0] = row.name;
    if (row.latency) {
        cells[1] = milliseconds(row.latency->p50_ns);
        cells[2] = milliseconds(row.latency->p99_ns);
        cells[3] = milliseconds(row.latency->max_ns);
    }
    cells[4] = figure_text(row);
    if (row.cpu_seconds > 0) cells[5] = fmt::format("{:.3f}", row.cpu_seconds);
    if (row.limit) cells[6] = fmt::format("{:.2f} x {}", row.limit->ratio, row.limit->what);
    if (row.aim) {
        cells[7] = row.aim->text;
        cells[8] = row.aim->met ? "yes" : "NO";
    }
    return cells;
}

void print_cells(const Cells& cells, const std::array<std::size_t, heads.size()>& widths) {
    std::string line;
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const bool left = column == 0 || column >= 6;
        line += left ? fmt::format("{:<{}}  ", cells[column], widths[column])
                     : fmt::format("{:>{}}  ", cells[column], widths[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print("{}\n", line);
}

// Rows measured under the same conditions share a line.
void print_conditions(const std::vector<Row>& rows) {
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        const auto same = [&](const Row& other) { return other.conditions == row->conditions; };
        if (std::find_if(rows.begin(), row, same) != row) continue;
        std::string names = row->name;
        for (auto other = row + 1; other != rows.end(); ++other) {
            if (same(*other)) names += ", " + other->name;
        }
        fmt::print("{}: {}\n", names, row->conditions);
    }
}

void member_double(JsonWriter& json, std::string_view name, double value) {
    json.key(name);
    json.number_text(fmt::format("{:.6f}", value));
}

void write_row(JsonWriter& json, const Row& row) {
    json.begin_object();
    json.member("name", row.name);
    json.member("conditions", row.conditions);
    if (row.latency) {
        json.member_number("samples", static_cast<std::int64_t>(row.latency->count));
        json.member_number("p50_ns", row.latency->p50_ns);
        json.member_number("p99_ns", row.latency->p99_ns);
        json.member_number("max_ns", row.latency->max_ns);
    }
    member_double(json, "figure", row.figure);
    json.member("unit", row.unit);
    member_double(json, "cpu_seconds", row.cpu_seconds);
    if (row.limit) {
        json.key("limit");
        json.begin_object();
        json.member("what", row.limit->what);
        member_double(json, "value", row.limit->value);
        member_double(json, "ratio", row.limit->ratio);
        json.end_object();
    }
    if (row.aim) {
        json.member("aim", row.aim->text);
        json.member_boolean("met", row.aim->met);
    }
    json.end_object();
}

}  // namespace

void Report::add(Row row) {
    const std::string p50 = row.latency ? milliseconds(row.latency->p50_ns) + " ms at p50" : "";
    fmt::print(stderr, "{:<28} {} {}\n", row.name, figure_text(row), p50);
    rows_.push_back(std::move(row));
}

const Row* Report::find(const std::string& name) const {
    const auto found = std::ranges::find(rows_, name, &Row::name);
    return found == rows_.end() ? nullptr : &*found;
}

void Report::print_table() const {
    fmt::print("{}, {} processors\n\n", processor_name(), std::thread::hardware_concurrency());
    Cells head;
    std::ranges::copy(heads, head.begin());
    std::vector<Cells> lines{head};
    for (const Row& row : rows_) lines.push_back(cells_of(row));
    std::array<std::size_t, heads.size()> widths{};
    for (const Cells& cells : lines) {
        for (std::size_t column = 0; column < cells.size(); ++column) {
            widths[column] = std::max(widths[column], cells[column].size());
        }
    }
    for (const Cells& cells : lines) print_cells(cells, widths);
    fmt::print("\n");
    print_conditions(rows_);
}

std::string Report::json() const {
    std::string out;
    JsonWriter json{out};
    json.begin_object();
    json.key("machine");
    json.begin_object();
    json.member("processor", processor_name());
    json.member_number("processors", std::thread::hardware_concurrency());
    json.end_object();
    json.key("rows");
    json.begin_array();
    for (const Row& row : rows_) write_row(json, row);
    json.end_array();
    json.end_object();
    return out + "\n";
}

double ratio_of(double own, double limit) {
    return limit > 0 ? own / limit : 0;
}

ledger::Result<void> write_json(const Report& report, const std::string& path) {
    const std::string text = report.json();
    if (path == "-") {
        fmt::print("{}", text);
        return boost::outcome_v2::success();
    }
    std::ofstream file{path};
    file << text;
    file.close();
    if (file) return boost::outcome_v2::success();
    return ledger::Error{ledger::Errc::unavailable, path + " cannot be written", {}};
}

}  // namespace bench
