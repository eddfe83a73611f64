#include "projections/audit_counts.h"

#include "tests/projections/live_ledger.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace audit_counts_test {

using namespace projections;
using namespace projections::test;
using ledger::Event;
using ledger::test::any_steps;

namespace {

struct Counted {
    std::string_view kind;
    std::uint64_t AuditRow::*count;
};

constexpr Counted counted[]{
    {"MasterOrderReported", &AuditRow::master_events},
    {"FollowerOrderIntended", &AuditRow::orders_intended},
    {"FollowerModifyIntended", &AuditRow::modifies_intended},
    {"FollowerCancelIntended", &AuditRow::cancels_intended},
    {"UnsentOrderAmended", &AuditRow::amended_unsent},
    {"UnsentOrderWithdrawn", &AuditRow::withdrawn_unsent},
    {"IntentSuperseded", &AuditRow::superseded},
    {"AttemptStarted", &AuditRow::attempts},
    {"AttemptAccepted", &AuditRow::accepted},
    {"AttemptRejected", &AuditRow::rejected},
    {"AttemptUnknown", &AuditRow::unknown},
    {"AttemptNotPlaced", &AuditRow::not_placed},
    {"IntentExpired", &AuditRow::expired},
    {"IntentParked", &AuditRow::parked},
    {"AnomalyRecorded", &AuditRow::anomalies},
};

std::uint64_t count_of(const std::vector<Event>& events, std::string_view kind) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        events, [&](const Event& event) { return kind_of(event.payload) == kind; }));
}

template <class Part>
std::uint64_t sum_of(const AuditCounts& audit, const Part& part) {
    std::uint64_t sum = 0;
    for (const AuditRow& row : audit.rows()) sum += part(row);
    return sum;
}

std::uint64_t skips_of(const AuditRow& row) {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : row.skipped) sum += count;
    return sum;
}

}  // namespace

TEST_CASE("every event of an account is counted once, under its kind", "[projections]") {
    rc::prop("the counts are those of the log", [] {
        const LiveLedger& live = lived(*any_steps(2));
        const auto events = live.events();
        const AuditCounts& audit = live.view().audit();
        for (const Counted& one : counted) {
            const auto sum = sum_of(audit, [&](const AuditRow& row) { return row.*one.count; });
            RC_ASSERT(sum == count_of(events, one.kind));
        }
        RC_ASSERT(sum_of(audit, skips_of) == count_of(events, "FollowerOrderSkipped"));
    });
}

TEST_CASE("an account's counts are its own", "[projections]") {
    LiveLedger live;
    live.runs({});
    const auto quiet = live.view().sequence();
    ledger::MasterOrderReported report;
    report.account = ledger::AccountNumber{1};
    report.broker_order_id = "M-1";
    report.instrument = {ledger::Segment::nse_derivatives, "35001", "NIFTY"};
    report.terms.quantity = ledger::Quantity{25};
    REQUIRE(live.says(ledger::ReportMasterOrder{report}).followers == 3);

    // Half of 25 is below the lot of 25; as many, and one and a half times as many, are not.
    const auto& rows = live.view().audit().rows();
    REQUIRE(rows.size() == 6);
    CHECK(rows[0].master_events == 1);
    CHECK(rows[0].first_sequence == 1);
    CHECK(rows[0].last_sequence == quiet + 1);
    CHECK(rows[1].master_events == 0);
    CHECK(rows[2].skipped.at(static_cast<std::size_t>(ledger::SkipReason::below_min_lot)) == 1);
    CHECK(rows[2].orders_intended == 0);
    CHECK(rows[3].orders_intended == 1);
    CHECK(skips_of(rows[3]) == 0);
    CHECK(rows[4].orders_intended == 1);
    CHECK(rows[4].last_sequence == quiet + 4);
}

}  // namespace audit_counts_test
