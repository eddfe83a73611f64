#include "tools/day_page.h"

#include "ledger/log/memory_journal.h"
#include "tests/tools/tool_fixture.h"
#include "tools/day_range.h"
#include "tools/html_text.h"
#include "tools/latency_picture.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::day_page_test {

namespace {

using namespace ledger;

struct Given {
    Given() : sample{journal} {
        sample.tell_order("M-1");
        const EventId intent = view_of(journal).state().follower_orders[0].id;
        const Receipt started = sample.tell(StartAttempt{intent, intent});
        sample.tell(RecordUnknown{started.attempt, "<timeout> & \"cut\""});
        sample.tell(RecordAccepted{started.attempt, "B-1", true});
        sample.tell(HaltTrading{SampleLedger::follower, "a drill"});
        sample.tell_order("M-2");
        view = view_of(journal);
    }

    log::MemoryJournal journal;
    SampleLedger sample;
    projections::LedgerView view;
};

bool has(const std::string& page, std::string_view text) {
    return page.find(text) != page.npos;
}

}  // namespace

TEST_CASE("what HTML takes for markup is escaped", "[tools]") {
    CHECK(escaped("a<b>&\"c\"\x01") == "a&lt;b&gt;&amp;&quot;c&quot; ");
    CHECK(html_table({"h"}, {{"<td>"}}) ==
          "<table>\n<thead><tr><th>h</th></tr>\n</thead>\n<tbody>\n<tr><td>&lt;td&gt;</td></tr>\n"
          "</tbody>\n</table>\n");
    CHECK(html_table({"h"}, {}) == "<p>None.</p>\n");
}

TEST_CASE("a percentile is one of the values", "[tools]") {
    CHECK(percentile_ms({}, 5'000).empty());
    const std::vector<std::int64_t> values{4'000'000, 1'000'000, 3'000'000, 2'000'000};
    CHECK(percentile_ms(values, 0) == "1");
    CHECK(percentile_ms(values, 5'000) == "3");
    CHECK(percentile_ms(values, 10'000) == "4");
}

TEST_CASE("each latency is in the bar below whose time it stands", "[tools]") {
    const std::string picture = latency_picture("t", {0, 900'000, 1'000'000, 1'020'000});
    CHECK(has(picture, "<svg"));
    CHECK(has(picture, ">1 µs</text>"));
    CHECK(has(picture, R"(class="n">3</text>)"));
    CHECK(has(picture, ">1 ms</text>"));
    CHECK_FALSE(has(picture, ">2 ms</text>"));
    CHECK_FALSE(has(latency_picture("t", {}), "<svg"));
}

TEST_CASE("a day is from midnight to midnight on the exchange's clock", "[tools]") {
    const Given given;
    const auto last = given.journal.last_sequence();
    const auto day = [&](const std::string& text, std::int32_t offset) {
        Calendar calendar;
        calendar.utc_offset_minutes = offset;
        return events_of_day(given.journal, calendar, text);
    };
    CHECK(day("2026-11-21", 0).value().first == 1);
    CHECK(day("2026-11-21", 0).value().last == last);
    CHECK(day("2026-11-20", 0).value().last == 0);
    CHECK(day("2026-11-22", 0).value().first == last + 1);
    // 09:15:01 in UTC is 00:00:01 of the next day, fifteen hours less one quarter further east.
    CHECK(day("2026-11-22", 14 * 60 + 45).value().first == 1);
    CHECK(day("21.11.2026", 0).error().field == "day");
}

TEST_CASE("the page tells the day, and needs nothing outside it", "[tools]") {
    const Given given;
    projections::LedgerView view;
    projections::DayFigures figures{std::nullopt};
    REQUIRE(visit_records(given.journal, 1, given.journal.last_sequence(), [&](const Event& e) {
                view.apply(e);
                figures.apply(view, e);
            }).has_value());
    projections::CompletenessCounts counts;
    counts.expected = 2;
    DayPage page{.day = "2026-11-21",
                 .range = {1, given.journal.last_sequence()},
                 .known_at = {given.journal.last_sequence(), TickingClock::start_ns, {}},
                 .end = view,
                 .figures = figures,
                 .outcomes = counts};
    const std::string html = day_page(page);
    CHECK(html.starts_with("<!DOCTYPE html>"));
    CHECK(html.ends_with("</html>\n"));
    CHECK(has(html, "F1"));
    CHECK(has(html, "KILL_SWITCH"));
    CHECK(has(html, "&lt;timeout&gt; &amp; &quot;cut&quot;"));
    CHECK(has(html, "book as B-1"));
    CHECK(has(html, "Trading halted for F1: a drill"));
    CHECK(has(html, "<svg"));
    CHECK(has(html, "No signed checkpoint covers these events."));
    CHECK_FALSE(has(html, "Not complete"));
    // Neither scripts nor anything to fetch; the picture's namespace is a name.
    for (const char* outside : {"<script", "<link", "<img", "src=", "href=", "url("}) {
        CHECK_FALSE(has(html, outside));
    }
    page.range = {.first = 3, .last = 13};
    page.checkpoint = CoveringCheckpoint{12, "copyledger <origin>"};
    CHECK(has(day_page(page), "over the first 12 events of the log covers them:"));
    page.range.last = 15;
    CHECK(has(day_page(page), "covers all but the last 2 of them:"));
    page.outcomes.findings = 1;
    CHECK(has(day_page(page), "copyledger &lt;origin&gt;"));
    page.range.first = 13;
    CHECK(has(day_page(page), "No signed checkpoint covers these events."));
    CHECK(has(day_page(page), "Not complete"));
}

}  // namespace tools::test::day_page_test
