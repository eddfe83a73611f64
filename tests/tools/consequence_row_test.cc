#include "tools/consequence_row.h"

#include "ledger/log/memory_journal.h"
#include "tests/tools/tool_fixture.h"

#include <algorithm>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::consequence_row_test {

using namespace ledger;

namespace {

std::string cell(const projections::Row& row, std::string_view name) {
    const auto found = std::ranges::find(row.cells(), name, &projections::Cell::name);
    return found == row.cells().end() ? "(none)" : found->text;
}

struct Given {
    Given() { SampleLedger ledger{journal}; }

    [[nodiscard]] projections::Row row(Payload payload, bool brief = false) const {
        return consequence_row(view_of(journal).state(), "M-1", {EventId{}, std::move(payload)},
                               brief);
    }

    log::MemoryJournal journal;
};

FollowerOrderIntended capped() {
    FollowerOrderIntended intended;
    intended.master = SampleLedger::master;
    intended.follower = SampleLedger::follower;
    intended.terms = {.side = Side::buy,
                      .type = OrderType::limit,
                      .product = Product::delivery,
                      .time_in_force = TimeInForce::day,
                      .quantity = Quantity{80},
                      .price = Price{5'000'000},
                      .trigger = Price{}};
    intended.figures.raw_quantity = Quantity{100};
    intended.figures.limit = LimitFigures{SkipReason::max_quantity, RiskScope::follower, 80, 100};
    return intended;
}

}  // namespace

TEST_CASE("a row says what would be sent, for whom, and by which figures", "[tools]") {
    const Given given;
    const auto row = given.row(capped());
    CHECK(cell(row, "order") == "M-1");
    CHECK(cell(row, "follower_id") == "2");
    CHECK(cell(row, "follower") == "fred");
    CHECK(cell(row, "outcome") == "ORDER");
    CHECK(cell(row, "purpose") == "COPY");
    CHECK(cell(row, "side") == "BUY");
    CHECK(cell(row, "order_type") == "LIMIT");
    CHECK(cell(row, "product") == "CNC");
    CHECK(cell(row, "quantity") == "80");
    CHECK(cell(row, "price") == "500");
    CHECK(cell(row, "raw_quantity") == "100");
}

TEST_CASE("a table's row has its figures in one cell, without those that had no part", "[tools]") {
    const Given given;
    const std::string figures = cell(given.row(capped(), true), "figures");
    CHECK(figures.find("raw_quantity=100") != std::string::npos);
    CHECK(figures.find("MAX_QUANTITY") != std::string::npos);
    CHECK(figures.find("mark=") == std::string::npos);
}

TEST_CASE("a skip says why", "[tools]") {
    const Given given;
    FollowerOrderSkipped skipped;
    skipped.follower = SampleLedger::follower;
    skipped.reason = SkipReason::account_disabled;
    const auto row = given.row(skipped);
    CHECK(cell(row, "outcome") == "SKIPPED");
    CHECK(cell(row, "reason") == "ACCOUNT_DISABLED");
    CHECK(cell(row, "quantity").empty());
}

TEST_CASE("every kind of consequence has the same columns", "[tools]") {
    const Given given;
    FollowerModifyIntended modify;
    modify.follower = SampleLedger::follower;
    const std::vector<std::pair<Payload, std::string>> kinds{
        {capped(), "ORDER"},
        {FollowerOrderSkipped{}, "SKIPPED"},
        {modify, "MODIFY"},
        {FollowerCancelIntended{}, "CANCEL"},
        {UnsentOrderAmended{}, "AMEND_UNSENT"},
        {UnsentOrderWithdrawn{}, "WITHDRAW_UNSENT"},
        {IntentSuperseded{}, "SUPERSEDE"},
    };
    for (const bool brief : {false, true}) {
        const auto first = given.row(capped(), brief);
        for (const auto& [payload, outcome] : kinds) {
            const auto row = given.row(payload, brief);
            CHECK(cell(row, "outcome") == outcome);
            CHECK(std::ranges::equal(row.cells(), first.cells(), {}, &projections::Cell::name,
                                     &projections::Cell::name));
        }
    }
}

}  // namespace tools::test::consequence_row_test
