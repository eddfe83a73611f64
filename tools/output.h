// Rows on standard output, as a table for people and as jsonl, json or csv for programs.
#pragma once

#include "projections/row.h"

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

enum class OutputFormat { table, json, jsonl, csv };

[[nodiscard]] std::optional<OutputFormat> parse_output_format(std::string_view text);
// A table on a terminal, jsonl elsewhere.
[[nodiscard]] OutputFormat default_output_format();

class RowPrinter {
  public:
    // The file must outlive the printer.
    static std::unique_ptr<RowPrinter> make(OutputFormat format, std::FILE* out);

    RowPrinter() = default;
    RowPrinter(const RowPrinter&) = delete;
    RowPrinter& operator=(const RowPrinter&) = delete;
    virtual ~RowPrinter() = default;

    virtual void print(const projections::Row& row) = 0;
    // Everything printed so far can be read; more may come.
    virtual void flush() = 0;
    // After the last row.
    virtual void finish() = 0;
};

}  // namespace tools
