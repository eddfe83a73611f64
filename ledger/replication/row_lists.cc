#include "ledger/replication/row_lists.h"

#include <cstddef>
#include <cstdint>

namespace ledger::replication {

namespace {

// Of the run that begins at `first`.
std::size_t run_length(const std::vector<RowIndex>& rows, std::size_t first) {
    std::size_t end = first + 1;
    while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
    return end - first;
}

}  // namespace

void put_row_list(ByteWriter& out, const std::vector<RowIndex>& rows) {
    out.short_integer(rows.size());
    for (std::size_t at = 0; at < rows.size();) {
        const std::size_t length = run_length(rows, at);
        out.short_integer(rows[at]);
        out.short_integer(length);
        at += length;
    }
}

void take_row_list(ByteReader& in, RowIndex rows_max, std::vector<RowIndex>& rows) {
    const auto count = in.short_integer<std::size_t>();
    if (count > rows_max) in.fail();
    while (in.ok() && rows.size() < count) {
        const auto first = in.short_integer<RowIndex>();
        const auto length = in.short_integer<std::size_t>();
        const bool fits = length > 0 && length <= count - rows.size() && first < rows_max &&
                          length <= rows_max - first;
        if (!fits) return in.fail();
        for (RowIndex row = first; row < first + length; ++row) rows.push_back(row);
    }
}

}  // namespace ledger::replication
