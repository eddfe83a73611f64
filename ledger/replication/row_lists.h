// Lists of rows of another table, as bytes: as runs of rows that follow one another, which is how
// they mostly come.
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/base/table.h"

#include <vector>

namespace ledger::replication {

void put_row_list(ByteWriter& out, const std::vector<RowIndex>& rows);

// Where one is not below `rows_max`, or they are more than that, in.ok() is false afterwards.
void take_row_list(ByteReader& in, RowIndex rows_max, std::vector<RowIndex>& rows);

}  // namespace ledger::replication
