#include "tools/output.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "tools/query_service.h"

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
            for (const auto name : names) append(text, name);
            end_line(text);
            columns_ = std::move(names);
        }
        for (const Cell& cell : row.cells()) append(text, cell.text);
        end_line(text);
        write(out_, text);
    }

    void flush() override { std::fflush(out_); }
    void finish() override { flush(); }

  private:
    static void append(std::string& line, std::string_view field) {
        if (!line.empty() && line.back() != '\n') line += ',';
        const bool quote = field.empty() || field.find_first_of(",\"\r\n") != field.npos;
        if (!quote) {
            line += field;
            return;
        }
        line += '"';
        for (const char c : field) {
            if (c == '"') line += '"';
            line += c;
        }
        line += '"';
    }

    static void end_line(std::string& line) { line += "\r\n"; }

    std::FILE* out_;
    std::vector<std::string_view> columns_;
};

// Columns as wide as the widest cell of a window of rows; a row of other columns starts a new table.
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

    static std::string clipped(std::string_view text) {
        if (text.size() <= cell_width_max) return std::string{text};
        return std::string{text.substr(0, cell_width_max - 3)} + "...";
    }

    void write_table() {
        if (rows_.empty()) return;
        any_ = true;
        const auto& first = rows_.front().cells();
        std::vector<std::size_t> widths;
        for (const Cell& cell : first) widths.push_back(cell.name.size());
        for (const Row& row : rows_) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                widths[i] = std::max(widths[i], clipped(row.cells()[i].text).size());
            }
        }
        std::string text;
        for (std::size_t i = 0; i < widths.size(); ++i) pad(text, first[i].name, widths[i]);
        end_line(text);
        for (const Row& row : rows_) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                const std::string& cell = row.cells()[i].text;
                // Nothing stands behind the last cell, so it need not be clipped.
                const bool last = i + 1 == widths.size();
                if (last) {
                    text += cell;
                } else {
                    pad(text, clipped(cell), widths[i]);
                }
            }
            end_line(text);
        }
        write(out_, text);
        rows_.clear();
    }

    static void pad(std::string& line, std::string_view text, std::size_t width) {
        line += text;
        line.append(width - text.size() + 2, ' ');
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
        case OutputFormat::table: return std::make_unique<TablePrinter>(out);
        case OutputFormat::json: return std::make_unique<JsonPrinter>(out);
        case OutputFormat::jsonl: return std::make_unique<JsonLinesPrinter>(out);
        case OutputFormat::csv: return std::make_unique<CsvPrinter>(out);
    }
    return nullptr;
}

}  // namespace tools
