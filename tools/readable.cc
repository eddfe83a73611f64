#include "tools/readable.h"

#include <cstdio>
#include <utility>

namespace tools {

using ledger::vault::SubjectKeys;
using projections::Cell;
using projections::Row;

namespace {

class ReadablePrinter final : public RowPrinter {
  public:
    ReadablePrinter(std::unique_ptr<RowPrinter> printer, SubjectKeys subjects)
        : printer_(std::move(printer)), subjects_(std::move(subjects)) {}

    void print(const Row& row) override { printer_->print(readable(row, subjects_)); }

    void flush() override { printer_->flush(); }

    void finish() override { printer_->finish(); }

  private:
    std::unique_ptr<RowPrinter> printer_;
    SubjectKeys subjects_;
};

}  // namespace

Row readable(const Row& row, const SubjectKeys& subjects) {
    Row out;
    for (const Cell& cell : row.cells()) {
        out.add({cell.name, subjects.read(cell.text), cell.kind});
    }
    return out;
}

std::unique_ptr<RowPrinter> readable_printer(OutputFormat format, SubjectKeys subjects) {
    return std::make_unique<ReadablePrinter>(RowPrinter::make(format, stdout), std::move(subjects));
}

}  // namespace tools
