#include "tools/output.h"

#include "tools/csv_text.h"
#include "tools/row_json.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <unistd.h>

namespace tools {

using projections::Cell;
using projections::Row;

namespace {

void write(std::FILE* out, std::string_view text) {
    // A reader that has gone away (`| head`) ends the process by SIGPIPE, as it should.
    static_cast<void>(std::fwrite(text.data(), 1, text.size(), out));
}

class JsonLinesPrinter final : public RowPrinter {
  public:
    explicit JsonLinesPrinter(std::FILE* out) : out_(out) {}

    void print(const Row& row) override {
        std::string line;
        append_json(row, line);
        line += '\n';
        write(out_, line);
    }

    void flush() override { std::fflush(out_); }

    void finish() override { flush(); }

  private:
    std::FILE* out_;
};

class JsonPrinter final : public RowPrinter {
  public:
    explicit JsonPrinter(std::FILE* out) : out_(out) {}

    void print(const Row& row) override {
        std::string text = first_ ? "[\n" : ",\n";
        first_ = false;
        append_json(row, text);
        write(out_, text);
    }

    void flush() override { std::fflush(out_); }

    void finish() override {
        write(out_, first_ ? "[]\n" : "\n]\n");
        flush();
    }

  private:
    std::FILE* out_;
    bool first_ = true;
};

// RFC 4180. Events of several kinds have several sets of columns: a new header line begins each.
class CsvPrinter final : public RowPrinter {
  public:
    explicit CsvPrinter(std::FILE* out) : out_(out) {}

    void print(const Row& row) override {
        std::vector<std::string_view> names;
        for (const Cell& cell : row.cells()) names.push_back(cell.name);
        std::string text;
        if (names != columns_) {
            for (const auto name : names) append_csv_field(text, name);
            end_line(text);
            columns_ = std::move(names);
        }
        for (const Cell& cell : row.cells()) append_csv_field(text, cell.text);
        end_line(text);
        write(out_, text);
    }

    void flush() override { std::fflush(out_); }

    void finish() override { flush(); }

  private:
    static void end_line(std::string& line) { line += "\r\n"; }

    std::FILE* out_;
    std::vector<std::string_view> columns_;
};

// Columns as wide as the widest cell of a window of rows; a row of other columns starts a new
// table.
class TablePrinter final : public RowPrinter {
  public:
    explicit TablePrinter(std::FILE* out) : out_(out) {}

    void print(const Row& row) override {
        const bool other = !rows_.empty() && !same_columns(rows_.front(), row);
        if (other || rows_.size() == window_rows) write_table();
        rows_.push_back(row);
    }

    void flush() override {
        write_table();
        std::fflush(out_);
    }

    void finish() override {
        write_table();
        if (!any_) write(out_, "(none)\n");
        std::fflush(out_);
    }

  private:
    static constexpr std::size_t window_rows = 1000;
    static constexpr std::size_t cell_width_max = 48;

    static bool same_columns(const Row& a, const Row& b) {
        return std::ranges::equal(a.cells(), b.cells(), {}, &Cell::name, &Cell::name);
    }

    static bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

    // On a terminal: one column for each character of UTF-8.
    static std::size_t width_of(std::string_view text) {
        return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
    }

    static std::string clipped(std::string text) {
        if (width_of(text) <= cell_width_max) return text;
        std::size_t characters = 0;
        const auto end = std::ranges::find_if(
            text, [&](char c) { return begins_character(c) && ++characters > cell_width_max - 3; });
        text.erase(end, text.end());
        return text + "...";
    }

    // A broker's text must not break the lines of a table, nor move the terminal's cursor.
    static std::string printable(std::string text) {
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
        return text;
    }

    // Nothing stands behind the last cell, so it need not be clipped.
    static std::vector<std::string> shown(const Row& row) {
        std::vector<std::string> cells;
        for (const Cell& cell : row.cells()) {
            const bool last = cells.size() + 1 == row.cells().size();
            cells.push_back(last ? printable(cell.text) : clipped(printable(cell.text)));
        }
        return cells;
    }

    void write_table() {
        if (rows_.empty()) return;
        any_ = true;
        const auto& first = rows_.front().cells();
        std::vector<std::vector<std::string>> lines(1);
        for (const Cell& cell : first) lines.front().emplace_back(cell.name);
        for (const Row& row : rows_) lines.push_back(shown(row));
        std::vector<std::size_t> widths(first.size());
        for (const auto& line : lines) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                widths[i] = std::max(widths[i], width_of(line[i]));
            }
        }
        std::string text;
        for (const auto& line : lines) append_line(text, line, widths);
        write(out_, text);
        rows_.clear();
    }

    static void append_line(std::string& text, const std::vector<std::string>& cells,
                            const std::vector<std::size_t>& widths) {
        for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
            text += cells[i];
            text.append(widths[i] - width_of(cells[i]) + 2, ' ');
        }
        if (!cells.empty()) text += cells.back();
        end_line(text);
    }

    static void end_line(std::string& line) {
        while (!line.empty() && line.back() == ' ') line.pop_back();
        line += '\n';
    }

    std::FILE* out_;
    std::vector<Row> rows_;
    bool any_ = false;
};

}  // namespace

std::optional<OutputFormat> parse_output_format(std::string_view text) {
    if (text == "table") return OutputFormat::table;
    if (text == "json") return OutputFormat::json;
    if (text == "jsonl") return OutputFormat::jsonl;
    if (text == "csv") return OutputFormat::csv;
    return std::nullopt;
}

OutputFormat default_output_format() {
    return ::isatty(STDOUT_FILENO) == 1 ? OutputFormat::table : OutputFormat::jsonl;
}

std::unique_ptr<RowPrinter> RowPrinter::make(OutputFormat format, std::FILE* out) {
    switch (format) {
        case OutputFormat::table:
            return std::make_unique<TablePrinter>(out);
        case OutputFormat::json:
            return std::make_unique<JsonPrinter>(out);
        case OutputFormat::jsonl:
            return std::make_unique<JsonLinesPrinter>(out);
        case OutputFormat::csv:
            return std::make_unique<CsvPrinter>(out);
    }
    return nullptr;
}

}  // namespace tools
