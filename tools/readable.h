// Rows as people read them. What is sealed for a person is opened here, where rows become text, and
// in nothing that comes before.
#pragma once

#include "ledger/vault/subject_keys.h"
#include "projections/row.h"
#include "tools/output.h"

#include <memory>

namespace tools {

[[nodiscard]] projections::Row readable(const projections::Row& row,
                                        const ledger::vault::SubjectKeys& subjects);

// Prints such rows on standard output.
[[nodiscard]] std::unique_ptr<RowPrinter> readable_printer(OutputFormat format,
                                                           ledger::vault::SubjectKeys subjects);

}  // namespace tools
