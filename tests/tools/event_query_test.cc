#include "tools/event_query.h"

#include "ledger/log/memory_journal.h"
#include "ledger/text/words.h"
#include "tests/tools/tool_fixture.h"

#include <functional>

#include <catch2/catch.hpp>

namespace tools::test::event_query_test {

namespace {

using ledger::Errc;
using ledger::Event;
using Filters = std::vector<std::pair<std::string, std::string>>;
using Sequences = std::vector<std::uint64_t>;

// Sequences 1 to 3 are the accounts and their link; then come two orders, the first of which is
// accepted at the follower's broker as B-1.
struct Given {
    Given() {
        SampleLedger ledger{journal};
        first_event = ledger.tell_order("M-1").event_id;  // 4, its copy 5
        ledger.tell_order("M-2");                         // 6, its copy 7
        first_copy = event(5).id;
        ledger.tell_accepted(first_copy, "B-1");  // 8, 9
        view = view_of(journal);
    }

    [[nodiscard]] Event event(std::uint64_t sequence) const {
        auto found = find_event(journal, view, std::to_string(sequence));
        REQUIRE(found.has_value());
        REQUIRE(found.value().has_value());
        return *std::move(found).value();
    }

    // The sequences that the filters let through, and where a full page leaves off.
    Sequences visited(const Filters& filters) {
        const auto query = parse_event_query(filters);
        REQUIRE(query.has_value());
        EventQuery wanted = query.value();
        wanted.rows_max = rows_max;
        Sequences sequences;
        const auto next = visit_events(journal, view, wanted, [&](const Event& visited_event) {
            sequences.push_back(visited_event.sequence);
        });
        if (!next) FAIL(next.error().detail);
        resume = next.value();
        return sequences;
    }

    ledger::log::MemoryJournal journal;
    projections::LedgerView view;
    ledger::EventId first_event;
    ledger::EventId first_copy;
    std::uint64_t rows_max = UINT64_MAX;
    std::optional<std::uint64_t> resume;
};

Errc error_of(const Given& given, const Filters& filters, const std::string& field) {
    const auto query = parse_event_query(filters);
    if (!query) {
        CHECK(query.error().field == field);
        return query.error().code;
    }
    const auto visited =
        visit_events(given.journal, given.view, query.value(), [](const Event&) {});
    REQUIRE_FALSE(visited.has_value());
    CHECK(visited.error().field == field);
    return visited.error().code;
}

}  // namespace

TEST_CASE("without a filter every event is visited, in the order of the log", "[tools]") {
    Given given;
    CHECK(given.visited({}) == Sequences{1, 2, 3, 4, 5, 6, 7, 8, 9});
    CHECK_FALSE(given.resume.has_value());
}

TEST_CASE("events are cut out by their sequences, both ends included", "[tools]") {
    Given given;
    CHECK(given.visited({{"from", "3"}, {"to", "5"}}) == Sequences{3, 4, 5});
    CHECK(given.visited({{"from", "0"}, {"to", "1"}}) == Sequences{1});
    CHECK(given.visited({{"from", "9"}, {"to", "1000"}}) == Sequences{9});
    CHECK(given.visited({{"from", "10"}}).empty());
    CHECK(given.visited({{"from", "5"}, {"to", "4"}}).empty());
}

TEST_CASE("events are picked by their kind", "[tools]") {
    Given given;
    CHECK(given.visited({{"kind", "FollowerOrderIntended"}}) == Sequences{5, 7});
    CHECK(given.visited({{"kind", "LinkSet"}, {"from", "4"}}).empty());
}

TEST_CASE("a filter of events may be written in other letters", "[tools]") {
    Given given;
    CHECK(given.visited({{"kind", "followerORDERintended"}}) == Sequences{5, 7});
    CHECK(given.visited({{"account", "FRED"}}) == Sequences{2, 3, 5, 7, 8, 9});
    CHECK(given.visited({{"account", "m1"}}) == Sequences{1, 3, 4, 6});
    const auto shouted = [](std::string_view name) { return ledger::upper_case(name); };
    CHECK(given.visited({{"order", shouted(to_text(given.first_copy))}}) == Sequences{5, 8, 9});
    CHECK(given.visited({{"order", shouted(ledger::cl_ord_id_of(given.first_copy).view())}}) ==
          Sequences{5, 8, 9});
}

TEST_CASE("a code goes before one in other letters", "[tools]") {
    ledger::log::MemoryJournal journal;
    SampleLedger ledger{journal};
    const ledger::AccountIdentity loud{ledger::AccountRole::follower, "xts", "F9", "MARIA"};
    ledger.tell(ledger::OpenAccount{loud, {}});
    const auto view = view_of(journal);
    const auto first_of = [&](const std::string& account) {
        EventQuery query;
        query.account = account;
        std::uint64_t first = 0;
        const auto visited = visit_events(journal, view, query, [&](const Event& event) {
            if (first == 0) first = event.sequence;
        });
        REQUIRE(visited.has_value());
        return first;
    };
    CHECK(first_of("MARIA") == 4);
    CHECK(first_of("maria") == 1);
    CHECK(first_of("Maria") == 1);
}

TEST_CASE("an account's trail is found by its number, its username and its code", "[tools]") {
    Given given;
    for (const char* name : {"2", "fred", "F1"}) {
        CHECK(given.visited({{"account", name}}) == Sequences{2, 3, 5, 7, 8, 9});
    }
    CHECK(given.visited({{"account", "M1"}}) == Sequences{1, 3, 4, 6});
    CHECK(given.visited({{"account", "F1"}, {"from", "3"}, {"to", "7"}}) == Sequences{3, 5, 7});
}

TEST_CASE("an account's number goes before a code that looks like one", "[tools]") {
    ledger::log::MemoryJournal journal;
    SampleLedger ledger{journal};
    const ledger::AccountIdentity third{ledger::AccountRole::master, "xts", "M3", "4"};
    const ledger::AccountIdentity fourth{ledger::AccountRole::master, "xts", "M4", "mona"};
    ledger.tell(ledger::OpenAccount{third, {}});
    ledger.tell(ledger::OpenAccount{fourth, {}});
    const auto view = view_of(journal);
    EventQuery query;
    query.account = "4";
    Sequences sequences;
    const auto visited = visit_events(
        journal, view, query, [&](const Event& event) { sequences.push_back(event.sequence); });
    REQUIRE(visited.has_value());
    CHECK(sequences == Sequences{5});
}

TEST_CASE("an order's trail is found by each name that it goes by", "[tools]") {
    Given given;
    const std::string cl_ord_id{ledger::cl_ord_id_of(given.first_copy).view()};
    for (const std::string& name : {std::string{"B-1"}, to_text(given.first_copy), cl_ord_id}) {
        CHECK(given.visited({{"order", name}}) == Sequences{5, 8, 9});
    }
    CHECK(given.visited({{"order", "M-1"}}) == Sequences{4});
    CHECK(given.visited({{"order", to_text(given.view.state().master_orders[1].id)}}) ==
          Sequences{6});
}

TEST_CASE("an order and an account together are what stands under both", "[tools]") {
    Given given;
    CHECK(given.visited({{"order", "B-1"}, {"account", "F1"}}) == Sequences{5, 8, 9});
    CHECK(given.visited({{"order", "B-1"}, {"account", "M1"}}).empty());
}

TEST_CASE("a page ends when it is full and says where to go on", "[tools]") {
    Given given;
    given.rows_max = 2;
    CHECK(given.visited({}) == Sequences{1, 2});
    CHECK(given.resume == 3);
    CHECK(given.visited({{"from", "8"}}) == Sequences{8, 9});
    CHECK_FALSE(given.resume.has_value());
    CHECK(given.visited({{"account", "F1"}}) == Sequences{2, 3});
    CHECK(given.resume == 5);
    CHECK(given.visited({{"kind", "FollowerOrderIntended"}}) == Sequences{5, 7});
}

TEST_CASE("pages laid end to end are the whole trail", "[tools]") {
    Given given;
    given.rows_max = 1;
    Sequences all;
    std::uint64_t from = 1;
    while (true) {
        const auto page = given.visited({{"account", "F1"}, {"from", std::to_string(from)}});
        all.insert(all.end(), page.begin(), page.end());
        if (!given.resume) break;
        REQUIRE(*given.resume > from);
        from = *given.resume;
    }
    CHECK(all == Sequences{2, 3, 5, 7, 8, 9});
}

TEST_CASE("a trail longer than one look into the index is whole", "[tools]") {
    constexpr std::uint64_t orders = 1100;
    ledger::log::MemoryJournal journal;
    SampleLedger ledger{journal};
    for (std::uint64_t i = 0; i < orders; ++i) ledger.tell_order("M-" + std::to_string(i));
    const auto view = view_of(journal);
    EventQuery query;
    query.account = "M1";
    std::uint64_t visits = 0;
    REQUIRE(visit_events(journal, view, query, [&](const Event&) { ++visits; }).has_value());
    CHECK(visits == orders + 2);
}

TEST_CASE("a filter that cannot be is refused by its name", "[tools]") {
    const Given given;
    CHECK(error_of(given, {{"colour", "red"}}, "colour") == Errc::invalid_input);
    CHECK(error_of(given, {{"from", "x"}}, "from") == Errc::invalid_input);
    CHECK(error_of(given, {{"to", "-1"}}, "to") == Errc::invalid_input);
    CHECK(error_of(given, {{"kind", "OrderIntended"}}, "kind") == Errc::invalid_input);
    CHECK(error_of(given, {{"order", "M-3"}}, "order") == Errc::not_found);
    CHECK(error_of(given, {{"account", "3"}}, "account") == Errc::not_found);
}

TEST_CASE("one event is found by its id, its ClOrdID and its sequence", "[tools]") {
    const Given given;
    const auto found = [&](const std::string& name) {
        const auto event = find_event(given.journal, given.view, name);
        REQUIRE(event.has_value());
        return event.value() ? event.value()->sequence : 0;
    };
    CHECK(found(to_text(given.first_event)) == 4);
    CHECK(found(to_text(given.first_copy)) == 5);
    CHECK(found(std::string{ledger::cl_ord_id_of(given.first_copy).view()}) == 5);
    CHECK(found("9") == 9);
    for (const char* nothing :
         {"0", "10", "-1", "99999999999999999999", "M-1", "", "00000000000000000000000000000000"}) {
        CHECK(found(nothing) == 0);
    }
}

TEST_CASE("a damaged record ends the visit with an error", "[tools]") {
    Given given;
    const std::string nonsense = "no record";
    const ledger::log::JournalEntry entry{nonsense, {}, {}};
    REQUIRE(given.journal.append({&entry, 1}).has_value());
    const auto visited = visit_events(given.journal, given.view, {}, [](const Event&) {});
    REQUIRE_FALSE(visited.has_value());
    CHECK(visited.error().code == Errc::corrupt);
}

}  // namespace tools::test::event_query_test
