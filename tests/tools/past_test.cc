// The past through snapshots and the log, held against a plain fold of the events.
#include "ledger/log/memory_journal.h"
#include "ledger/log/record_codec.h"
#include "ledger/text/rfc3339.h"
#include "projections/hindsight.h"
#include "projections/snapshot.h"
#include "tests/tools/tool_fixture.h"
#include "tools/as_of.h"
#include "tools/history.h"

#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tools::test::past_test {

namespace {

using ledger::Event;
using ledger::log::MemoryJournal;
using ledger::text::format_rfc3339;
using projections::LedgerView;

std::size_t any_below(std::size_t bound) {
    return static_cast<std::size_t>(*rc::gen::resize(
        100, rc::gen::inRange<std::uint64_t>(0, static_cast<std::uint64_t>(bound))));
}

// A ledger of some orders, reported late by up to a minute, with snapshots here and there.
struct Given {
    explicit Given(int orders = 12) : sample{journal} {
        for (int i = 0; i < orders; ++i) tell_late_order(i);
        for (std::uint64_t at = 1; at <= last(); ++at) {
            events.push_back(ledger::log::decode_record(journal.read(at).value()).value());
        }
    }

    void tell_late_order(int number) {
        auto report = SampleLedger::order("M-" + std::to_string(number),
                                          static_cast<std::uint64_t>(number) + 1);
        sample.tell_at(ledger::ReportMasterOrder{std::move(report)},
                       TickingClock::start_ns + number * 7 % 60 * TickingClock::second_ns);
    }

    void snapshot_at(std::uint64_t sequence) const {
        REQUIRE(projections::write_snapshot(fold_to(sequence), paths().snapshots()).has_value());
    }

    [[nodiscard]] LedgerView fold_to(std::uint64_t sequence) const {
        LedgerView view;
        for (std::uint64_t at = 0; at < sequence; ++at) view.apply(events[at]);
        return view;
    }

    [[nodiscard]] LedgerView naive(const Past& past) const {
        if (!past.valid_at_ns) return fold_to(past.sequence);
        LedgerView view;
        projections::Hindsight hindsight{view, *past.valid_at_ns};
        for (std::uint64_t at = 0; at < past.sequence; ++at) hindsight.apply(events[at]);
        return view;
    }

    [[nodiscard]] Past past(const PastQuery& query) const {
        const auto found = find_past(journal, query);
        if (!found) FAIL(found.error().detail);
        return found.value();
    }

    [[nodiscard]] std::string any_time() const {
        const std::int64_t first = events.front().recorded_at_ns - TickingClock::second_ns;
        const auto span = static_cast<std::size_t>(events.back().recorded_at_ns - first) + 2;
        return format_rfc3339(first + static_cast<std::int64_t>(any_below(span)));
    }

    // A time, a sequence, or neither; and a time by which things had happened, or not.
    [[nodiscard]] PastQuery any_query() const {
        PastQuery query;
        const std::size_t axis = any_below(3);
        if (axis == 0) query.as_of = any_time();
        if (axis == 1) query.as_of = std::to_string(1 + any_below(events.size()));
        if (any_below(2) == 0) query.valid_at = any_time();
        return query;
    }

    [[nodiscard]] std::uint64_t last() const { return journal.last_sequence(); }

    [[nodiscard]] DataPaths paths() const { return DataPaths{directory.path()}; }

    TemporaryDirectory directory;
    MemoryJournal journal;
    SampleLedger sample;
    std::vector<Event> events;
};

void check_same(const LedgerView& found, const LedgerView& naive) {
    RC_ASSERT(found.digests() == naive.digests());
}

}  // namespace

TEST_CASE("I12 any instant of the past is the fold of its events, whatever snapshots there are",
          "[tools]") {
    rc::prop("on both axes", [] {
        const Given given;
        for (std::size_t count = any_below(5); count > 0; --count) {
            given.snapshot_at(any_below(given.events.size() + 1));
        }
        for (int looks = 0; looks < 8; ++looks) {
            const Past past = given.past(given.any_query());
            const auto found = load_past(given.journal, given.paths(), past);
            RC_ASSERT(found.has_value());
            RC_ASSERT(found.value().sequence() == past.sequence);
            check_same(found.value(), given.naive(past));
        }
    });
}

TEST_CASE("I12 asked again and again, the past answers alike", "[tools]") {
    rc::prop("from what is kept in memory, too", [] {
        const Given given;
        for (std::size_t count = any_below(3); count > 0; --count) {
            given.snapshot_at(any_below(given.events.size() + 1));
        }
        History history{given.journal, given.directory.path()};
        for (int looks = 0; looks < 12; ++looks) {
            const PastQuery query = given.any_query();
            const auto moment = history.at(query, url_names);
            RC_ASSERT(moment.has_value());
            RC_ASSERT(moment.value().past == given.past(query));
            check_same(*moment.value().view, given.naive(moment.value().past));
            if (any_below(6) == 0) history.forget();
        }
    });
}

TEST_CASE("a time is answered with the event that it really is from, to the nanosecond",
          "[tools]") {
    const Given given{3};
    for (const Event& event : given.events) {
        const Past on_time = given.past({format_rfc3339(event.recorded_at_ns), {}});
        CHECK(on_time.recorded_at_ns == event.recorded_at_ns);
        CHECK(on_time.sequence >= event.sequence);
        const Past before = given.past({format_rfc3339(event.recorded_at_ns - 1), {}});
        CHECK(before.sequence < event.sequence);
        CHECK(before.recorded_at_ns < event.recorded_at_ns);
    }
    CHECK(given.past({"1970-01-01T00:00:00Z", {}}) == Past{0, 0, {}});
    CHECK(given.past({}).sequence == given.last());
}

TEST_CASE("an order had happened when its broker says so, to the nanosecond", "[tools]") {
    const Given given{1};
    const Event& report = given.events[3];
    REQUIRE(report.occurred_at_ns < report.recorded_at_ns);
    const auto orders_at = [&](std::int64_t at_ns) {
        const Past past = given.past({{}, format_rfc3339(at_ns)});
        const auto view = load_past(given.journal, given.paths(), past);
        return view.value().state().master_orders.size();
    };
    CHECK(orders_at(report.occurred_at_ns - 1) == 0);
    CHECK(orders_at(report.occurred_at_ns) == 1);
}

TEST_CASE("the part of the question that is wrong is named as it was asked", "[tools]") {
    const Given given{1};
    const auto field_of = [&](const PastQuery& query, const PastNames& names) {
        const auto past = find_past(given.journal, query, names);
        REQUIRE_FALSE(past.has_value());
        CHECK(past.error().code == ledger::Errc::invalid_input);
        return past.error().field;
    };
    CHECK(field_of({"yesterday", {}}, {}) == "as-of");
    CHECK(field_of({{}, "120"}, {}) == "valid-at");
    CHECK(field_of({"0", {}}, url_names) == "as_of");
    CHECK(field_of({{}, "now"}, url_names) == "valid_at");
}

TEST_CASE("a damaged snapshot changes nothing about the past", "[tools]") {
    const Given given;
    given.snapshot_at(9);
    given.snapshot_at(20);
    const std::string damaged = projections::list_snapshots(given.paths().snapshots())[0].path;
    std::ofstream{damaged, std::ios::binary | std::ios::trunc} << "damaged";
    const Past past = given.past({"25", {}});
    const auto found = load_past(given.journal, given.paths(), past);
    REQUIRE(found.has_value());
    CHECK(found.value().digests() == given.naive(past).digests());
}

TEST_CASE("an instant is said in words", "[tools]") {
    CHECK(to_text(Past{0, 0, {}}) == "as of sequence 0, before the first event");
    CHECK(to_text(Past{7, TickingClock::start_ns, TickingClock::start_ns + 1}) ==
          "as of sequence 7, recorded at 2026-11-21T09:15:00.000000000Z; what had happened by "
          "2026-11-21T09:15:00.000000001Z");
}

}  // namespace tools::test::past_test
