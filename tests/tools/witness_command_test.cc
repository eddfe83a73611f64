#include "ledger/log/rocksdb_journal.h"
#include "ledger/replication/state.h"
#include "tests/tools/tool_fixture.h"
#include "tools/report_commands.h"

#include <string>

#include <catch2/catch.hpp>

namespace tools::test::witness_command_test {

namespace {

using namespace ledger;

// The follower's order for 10, of which 4 have filled, is modified to 4.
struct Given {
    TemporaryDirectory directory;
    std::string reference;

    Given() {
        const auto journal = log::RocksdbJournal::open({.directory = data()}).value();
        SampleLedger sample{*journal};
        sample.tell_order("M-1");
        const EventId order = view_of(*journal).state().follower_orders[0].id;
        reference = cl_ord_id_of(order).view();
        sample.tell_accepted(order, "7");
        FollowerOrderReported report;
        report.order = order;
        report.broker_order_id = "7";
        report.status = OrdStatus::filled;
        report.order_qty = Quantity{4};
        report.cum_qty = Quantity{4};
        report.avg_px = Price{1'015'000};
        sample.tell(ReportFollowerOrder{report});
    }

    [[nodiscard]] std::string data() const { return directory.path() + "/data"; }

    // `change`: the line with which the simulator's journal ends.
    [[nodiscard]] ExitCode compared(const std::string& change) const {
        const std::string at = R"("appOrderID":7,"at":"2026-11-21T09:15:30Z",)";
        const std::string accepted =
            R"({"event":"accepted",)" + at + R"("visible_at":"2026-11-21T09:15:30Z",)" +
            R"("clientID":"F1","orderUniqueIdentifier":")" + reference +
            R"(","exchangeSegment":"NSECM","exchangeInstrumentID":2885,"orderSide":"BUY",)" +
            R"("orderType":"LIMIT","productType":"MIS","timeInForce":"DAY","orderQuantity":10,)" +
            R"("limitPrice":101.5,"stopPrice":0,"disclosedQuantity":0,"apiOrderSource":""})";
        const std::string filled = R"({"event":"filled",)" + at + R"("quantity":4,"price":101.5})";
        ReadOptions options;
        options.data = data();
        return run_witness(options, directory.file("accepted.jsonl",
                                                   accepted + '\n' + filled + '\n' + change))
            .value();
    }
};

}  // namespace

TEST_CASE("an order modified to what has filled of it has ended", "[tools]") {
    const Given given;
    CHECK(given.compared("") == ExitCode::findings);
    CHECK(given.compared(
              R"({"event":"modified","appOrderID":7,"at":"2026-11-21T09:15:31Z","orderSide":"BUY",)"
              R"("modifiedOrderType":"LIMIT","modifiedProductType":"MIS",)"
              R"("modifiedTimeInForce":"DAY","modifiedOrderQuantity":4,"modifiedLimitPrice":101.5,)"
              R"("modifiedStopPrice":0,"modifiedDisclosedQuantity":0})"
              "\n") == ExitCode::done);
}

}  // namespace tools::test::witness_command_test
