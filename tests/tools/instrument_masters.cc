#include "tests/tools/instrument_masters.h"

#include <utility>

#include <catch2/catch.hpp>

namespace tools::test {

using ledger::DefineInstrument;
using ledger::Result;

Result<std::vector<DefineInstrument>> read_master(const std::string& name, std::string_view bytes,
                                                  const FreezeQuantities& freezes) {
    const TemporaryDirectory directory;
    BOOST_OUTCOME_TRY(auto reader,
                      InstrumentReader::open({directory.file(name, bytes), {}}, freezes));
    std::vector<DefineInstrument> rows;
    while (true) {
        BOOST_OUTCOME_TRY(auto row, reader.next());
        if (!row) return rows;
        rows.push_back(*std::move(row));
    }
}

std::vector<DefineInstrument> rows_of(const std::string& name, std::string_view bytes,
                                      const FreezeQuantities& freezes) {
    auto rows = read_master(name, bytes, freezes);
    if (!rows) FAIL(rows.error().detail);
    return std::move(rows).value();
}

ledger::Error error_of_master(const std::string& name, std::string_view bytes) {
    const auto rows = read_master(name, bytes);
    INFO(bytes);
    REQUIRE_FALSE(rows.has_value());
    return rows.error();
}

}  // namespace tools::test
