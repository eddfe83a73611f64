#include "tools/query_service.h"

#include "ledger/log/memory_journal.h"
#include "ledger/log/tree_journal.h"
#include "ledger/text/json_value.h"
#include "tests/tools/tool_fixture.h"
#include "tools/row_json.h"

#include <exception>
#include <functional>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

namespace tools::test::query_service_test {

namespace {

namespace asio = boost::asio;
using ingest::Page;
using ingest::Query;
using Kind = ledger::text::JsonValue::Kind;

// All must outlive the wait.
asio::awaitable<void> ask_into(QueryService& service, Query query,
                               std::optional<ledger::Result<Page>>& answer) {
    answer = co_await service.run(std::move(query));
}

asio::awaitable<void> report_into(QueryService& service, Query query,
                                  std::optional<ledger::Result<std::string>>& answer) {
    answer = co_await service.report(std::move(query));
}

using Consequences = std::vector<ledger::replication::Consequence>;

asio::awaitable<void> simulate_into(QueryService& service,
                                    const ledger::MasterOrderReported& report,
                                    const ledger::replication::Marks& marks,
                                    std::optional<ledger::Result<Consequences>>& answer) {
    answer = co_await service.simulate(report, marks);
}

asio::awaitable<void> look_into(QueryService& service, ingest::StateQuestion question,
                                std::optional<ledger::Result<void>>& answer) {
    answer = co_await service.ask(std::move(question));
}

// A ledger of two orders, and the service in front of it.
struct Given {
    Given() : sample{*tree} {
        sample.tell_order("M-1");
        sample.tell_order("M-2");
    }

    // Of the follower, to what no mark of these tests lets it reach.
    void limit_order_value() {
        ledger::RiskLimits limits;
        limits.max_order_value = ledger::Money{1'000'000'000'000};
        sample.tell(ledger::SetRiskLimits{SampleLedger::follower, limits});
    }

    // Asks as a request does, on an io_context of its own. `begin` makes the coroutine.
    template <class Value, class Begin>
    ledger::Result<Value> await(Begin begin) const {
        const TickingClock clock;
        Projector projector{view_of(journal), {}};
        Historian historian{*read, "/nonexistent"};
        QueryService service{{projector, historian, *read, *tree, clock, on_damage}, {}};
        asio::io_context context{1};
        std::optional<ledger::Result<Value>> answer;
        asio::co_spawn(context, begin(service, answer),
                       [](const std::exception_ptr& thrown) { REQUIRE(thrown == nullptr); });
        context.run();
        REQUIRE(answer.has_value());
        return *std::move(answer);
    }

    ledger::Result<Page> ask(Query query) const {
        return await<Page>([&](QueryService& service, auto& answer) {
            return ask_into(service, std::move(query), answer);
        });
    }

    Consequences simulate(const ledger::MasterOrderReported& report,
                          const ledger::replication::Marks& marks = {}) const {
        auto answer = await<Consequences>([&](QueryService& service, auto& into) {
            return simulate_into(service, report, marks, into);
        });
        if (!answer) FAIL(answer.error().field << " " << answer.error().detail);
        return std::move(answer).value();
    }

    ledger::Result<std::string> report(Query query) const {
        return await<std::string>([&](QueryService& service, auto& into) {
            return report_into(service, std::move(query), into);
        });
    }

    Page page(Query query) const {
        auto answer = ask(std::move(query));
        if (!answer) FAIL(answer.error().field << " " << answer.error().detail);
        return std::move(answer).value();
    }

    ledger::log::MemoryJournal journal;
    TemporaryDirectory directory;
    std::unique_ptr<ledger::log::TreeJournal> tree =
        ledger::log::TreeJournal::open(journal, directory.path() + "/tree", {}).value();
    SampleLedger sample;
    const ledger::log::Journal* read = &journal;  // by the service
    std::function<void(const ledger::Error&)> on_damage = [](const ledger::Error& error) {
        FAIL("damage: " << error.detail);
    };
};

Query query_of(const std::string& view, std::uint32_t rows_max = 100) {
    Query query;
    query.view = view;
    query.rows_max = rows_max;
    return query;
}

// One member of each row, all of which must have it as a text.
std::vector<std::string> column(const Page& page, std::string_view name) {
    const auto rows = ledger::text::parse_json(page.rows_json);
    REQUIRE(rows.has_value());
    std::vector<std::string> texts;
    for (const auto& row : rows.value().items()) {
        const auto* found = row.find(name);
        REQUIRE(found != nullptr);
        REQUIRE(found->is(Kind::string));
        texts.push_back(found->text());
    }
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a row becomes an object whose 64-bit integers are strings", "[tools]") {
    projections::Row row;
    row.text("symbol", "A\"B").integer("quantity", INT64_MAX).count("times", 3);
    row.boolean("done", false);
    std::string json;
    append_json(row, json);
    CHECK(json == R"({"symbol":"A\"B","quantity":"9223372036854775807","times":3,"done":false})");
    append_json(projections::Row{}, json);
    CHECK(json.ends_with("}{}"));
}

TEST_CASE("a damaged record is told as such, and the process is told to end", "[tools]") {
    Given given;
    ledger::log::MemoryJournal damaged;
    const ledger::log::JournalEntry no_record{"no record", {}, {}};
    REQUIRE(damaged.append({&no_record, 1}));
    given.read = &damaged;
    std::vector<ledger::Error> damage;
    given.on_damage = [&](const ledger::Error& error) { damage.push_back(error); };
    const auto answer = given.ask(query_of("events"));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == ledger::Errc::corrupt);
    CHECK(damage == std::vector{answer.error()});
    CHECK_THAT(answer.error().detail, Catch::StartsWith("record 1: "));
    CHECK_FALSE(given.ask(query_of("no such view")));
    CHECK(damage.size() == 1);
}

TEST_CASE("a view is answered with its rows and the instant it is from", "[tools]") {
    const Given given;
    const Page page = given.page(query_of("accounts"));
    CHECK(column(page, "username") == Texts{"maria", "fred"});
    CHECK(page.next.empty());
    CHECK(page.sequence == given.journal.last_sequence());
}

TEST_CASE("a view as of the past is answered as it was, and says when that is", "[tools]") {
    const Given given;
    Query query = query_of("orders");
    query.as_of = "5";
    const Page page = given.page(query);
    CHECK(column(page, "role") == Texts{"MASTER", "FOLLOWER"});
    CHECK(page.sequence == 5);
    REQUIRE(page.past.has_value());
    CHECK(page.past->sequence == 5);
    CHECK(page.past->recorded_at_ns > TickingClock::start_ns);
    CHECK_FALSE(page.past->valid_at_ns.has_value());
    CHECK_FALSE(given.page(query_of("orders")).past.has_value());

    query.view = "events";
    CHECK(column(given.page(query), "sequence") == Texts{"1", "2", "3", "4", "5"});
    query.as_of.clear();
    query.valid_at = "2026-11-21T09:15:00Z";
    const Page before = given.page(query);
    CHECK(before.rows_json == "[]");
    CHECK(before.past->valid_at_ns == TickingClock::start_ns);

    query.as_of = "99";
    const auto beyond = given.ask(query);
    REQUIRE_FALSE(beyond.has_value());
    CHECK(beyond.error().field == "as_of");
}

TEST_CASE("reasons and completeness are answered from the log", "[tools]") {
    const Given given;
    Query query = query_of("why");
    query.filters = {{"id", "M-2"}};
    const std::string why = given.report(query).value();
    CHECK(why.find("FollowerOrderIntended") != why.npos);
    CHECK(why.find("M-1") == why.npos);
    query.filters = {{"id", "M-3"}};
    CHECK(given.report(query).error().code == ledger::Errc::not_found);

    query = query_of("completeness");
    const std::string whole = given.report(query).value();
    CHECK(whole.find(R"("expected":2,"orders":0,"skipped":0,"pending":2)") != whole.npos);
    CHECK(whole.find(R"("complete":true)") != whole.npos);
    query.filters = {{"from", "6"}};
    query.as_of = "6";
    const std::string cut = given.report(query).value();
    // In the midst of a commit: it is from before it.
    CHECK(cut.find(R"("as_of_sequence":"5")") != cut.npos);
    CHECK(cut.find(R"("expected":0)") != cut.npos);
    CHECK(cut.find(R"("complete":true)") != cut.npos);
    query.filters = {{"colour", "red"}};
    CHECK(given.report(query).error().field == "colour");
    CHECK(given.report(query_of("weather")).error().code == ledger::Errc::not_found);
}

TEST_CASE("events are answered from the log, their times in RFC 3339 with nanoseconds", "[tools]") {
    const Given given;
    Query query = query_of("events");
    query.filters = {{"kind", "MasterOrderReported"}};
    const Page page = given.page(query);
    CHECK(column(page, "sequence") == Texts{"4", "6"});
    CHECK(column(page, "broker_order_id") == Texts{"M-1", "M-2"});
    CHECK(column(page, "price") == Texts{"101.5", "101.5"});
    for (const std::string& time : column(page, "recorded_at")) {
        CHECK(time.starts_with("2026-11-21T09:15:"));
        CHECK(time.ends_with(".000000000Z"));
    }
}

TEST_CASE("pages of events and of views go on where the last one ended", "[tools]") {
    const Given given;

    struct Case {
        const char* view;
        const char* name;
        Texts all;
    };

    const std::vector<Case> cases{{"events", "sequence", {"1", "2", "3", "4", "5", "6", "7"}},
                                  {"accounts", "username", {"maria", "fred"}}};
    for (const auto& [view, name, all] : cases) {
        Texts seen;
        Query query = query_of(view, 2);
        do {
            const Page page = given.page(query);
            for (const std::string& text : column(page, name)) seen.push_back(text);
            query.cursor = page.next;
        } while (!query.cursor.empty() && seen.size() < all.size());
        CHECK(seen == all);
        CHECK(query.cursor.empty());
    }
}

TEST_CASE("a question that cannot be answered is refused by the name of what is wrong", "[tools]") {
    const Given given;
    Query filtered = query_of("accounts");
    filtered.filters = {{"colour", "red"}};
    Query resumed = query_of("events");
    resumed.cursor = "x";
    CHECK(given.ask(query_of("weather")).error().code == ledger::Errc::not_found);
    CHECK(given.ask(filtered).error().field == "colour");
    CHECK(given.ask(resumed).error().code == ledger::Errc::invalid_input);
}

TEST_CASE("a view without rows is an empty array", "[tools]") {
    const Given given;
    CHECK(given.page(query_of("positions")).rows_json == "[]");
}

TEST_CASE("a question to the state sees all that was durable", "[tools]") {
    const Given given;
    std::uint64_t seen = 0;
    const auto asked = given.await<void>([&](QueryService& service, auto& answer) {
        return look_into(
            service, [&seen](const auto& state) { seen = state.sequence; }, answer);
    });
    CHECK(asked.has_value());
    CHECK(seen == given.journal.last_sequence());
}

TEST_CASE("a simulation tells what would follow, and changes nothing", "[tools]") {
    const Given given;
    const auto before = given.journal.last_sequence();
    auto report = SampleLedger::order("M-3", 1);
    report.account = SampleLedger::master;
    for (int i = 0; i < 2; ++i) {
        const auto consequences = given.simulate(report);
        REQUIRE(consequences.size() == 1);
        const auto* intended = std::get_if<ledger::FollowerOrderIntended>(&consequences[0].payload);
        REQUIRE(intended != nullptr);
        CHECK(intended->follower == SampleLedger::follower);
        CHECK(intended->terms.quantity == ledger::Quantity{10});
    }
    CHECK(given.journal.last_sequence() == before);
}

TEST_CASE("a simulation uses the asker's marks", "[tools]") {
    ledger::replication::Marks marks;
    const ledger::Mark mark{ledger::Segment::nse_cash, "RELIANCE", ledger::Price{1'000'000}, 7};
    REQUIRE(marks.set(mark, 7));
    Given given;
    given.limit_order_value();
    auto report = SampleLedger::order("M-3", 1);
    report.terms.type = ledger::OrderType::market;
    report.terms.price = {};
    const auto reason_of = [&](const auto& consequences) {
        REQUIRE(consequences.size() == 1);
        const auto* skip = std::get_if<ledger::FollowerOrderSkipped>(&consequences[0].payload);
        return skip == nullptr ? ledger::SkipReason::none : skip->reason;
    };
    CHECK(reason_of(given.simulate(report)) == ledger::SkipReason::no_reference_price);
    CHECK(reason_of(given.simulate(report, marks)) == ledger::SkipReason::none);
}

TEST_CASE("a simulation refuses what the ledger would refuse", "[tools]") {
    const Given given;
    auto report = SampleLedger::order("M-3", 1);
    report.terms.quantity = {};
    const auto answer = given.await<Consequences>([&](QueryService& service, auto& into) {
        static const ledger::replication::Marks none;
        return simulate_into(service, report, none, into);
    });
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().field == "quantity");
}

}  // namespace tools::test::query_service_test
