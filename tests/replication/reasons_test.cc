// The page for operators names every reason.
#include "ledger/model/reason.h"

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

namespace ledger::replication::test::reasons_test {

TEST_CASE("docs/reasons.md has every code of the catalogue with its meaning", "[replication]") {
    std::ifstream file{std::string{COPYLEDGER_SOURCE_DIR} + "/docs/reasons.md"};
    REQUIRE(file.good());
    const std::string page{std::istreambuf_iterator<char>{file}, {}};
    for (const ReasonEntry& entry : reason_catalogue()) {
        const std::string row =
            "| `" + std::string{entry.code} + "` | " + std::string{entry.meaning} + " |";
        INFO(row);
        CHECK(page.find(row) != std::string::npos);
    }
}

}  // namespace ledger::replication::test::reasons_test
