#include "tools/archive/retention.h"

#include "ledger/text/rfc3339.h"

#include <string>

#include <catch2/catch.hpp>

namespace tools::test::retention_test {

namespace {

std::string droppable_from(const std::string& recorded, std::uint32_t years) {
    return ledger::text::format_rfc3339(
        droppable_from_ns(ledger::text::parse_rfc3339(recorded).value(), years));
}

}  // namespace

TEST_CASE("a record may be dropped so many calendar years after it was made, to the nanosecond",
          "[archive]") {
    const std::string recorded = "2026-11-27T17:03:27.637311833Z";
    CHECK(droppable_from(recorded, 8) == "2034-11-27T17:03:27.637311833Z");
    CHECK(droppable_from(recorded, 1) == "2027-11-27T17:03:27.637311833Z");
    CHECK(droppable_from(recorded, 0) == recorded);
    CHECK(droppable_from("2026-12-31T23:59:59.999999999Z", 100) ==
          "2126-12-31T23:59:59.999999999Z");
}

TEST_CASE("what was recorded on a 29th of February is kept to its end", "[archive]") {
    CHECK(droppable_from("2024-02-29T10:00:00.000000000Z", 8) == "2032-02-29T10:00:00.000000000Z");
    CHECK(droppable_from("2024-02-29T10:00:00.000000000Z", 7) == "2031-03-01T10:00:00.000000000Z");
}

}  // namespace tools::test::retention_test
