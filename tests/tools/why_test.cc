#include "ledger/log/memory_journal.h"
#include "ledger/text/json_value.h"
#include "tests/tools/tool_fixture.h"
#include "tools/event_query.h"
#include "tools/why_gather.h"
#include "tools/why_text.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::why_test {

namespace {

using namespace ledger;
using Kinds = std::vector<std::string>;

// Two orders; the copy of the first is sent, and its answer lost and found.
struct Given {
    Given() : sample{journal} {
        sample.tell_order("M-1");
        sample.tell_order("M-2");
        intent = id_at(5);
        const Receipt started = sample.tell(StartAttempt{intent, intent});
        sample.tell(RecordUnknown{started.attempt, "timeout"});
        sample.tell(RecordAccepted{started.attempt, "B-1", true});
    }

    [[nodiscard]] EventId id_at(std::uint64_t sequence) const {
        return find_event(journal, {}, std::to_string(sequence)).value().value().id;
    }

    [[nodiscard]] Why why(const std::string& name) const {
        auto found = ask(name);
        if (!found) FAIL(found.error().detail);
        return std::move(found).value();
    }

    [[nodiscard]] Result<Why> ask(const std::string& name) const {
        projections::LedgerView view;
        return gather_why(journal, name, [&]() -> Result<const projections::LedgerView*> {
            view = view_of(journal);
            return &view;
        });
    }

    log::MemoryJournal journal;
    SampleLedger sample;
    EventId intent;
};

Kinds kinds_of(const Why& why) {
    Kinds kinds;
    for (const auto& node : why.tree.nodes) kinds.emplace_back(kind_of(node.event.payload));
    return kinds;
}

const Kinds whole{"MasterOrderReported", "FollowerOrderIntended", "AttemptStarted",
                  "AttemptUnknown", "AttemptAccepted"};

}  // namespace

TEST_CASE("any name of a follower order, and any of its events, brings all of its story",
          "[tools]") {
    const Given given;
    const auto last = given.journal.last_sequence();
    const std::string names[]{to_text(given.intent),
                              std::string{cl_ord_id_of(given.intent).view()},
                              "B-1",
                              std::to_string(last),
                              to_text(given.id_at(last - 1)),
                              "5"};
    for (const std::string& name : names) {
        INFO(name);
        CHECK(kinds_of(given.why(name)) == whole);
    }
}

TEST_CASE("a master's event brings what followed from it, and not from another", "[tools]") {
    const Given given;
    CHECK(kinds_of(given.why("4")) == whole);
    CHECK(kinds_of(given.why("6")) == Kinds{"MasterOrderReported", "FollowerOrderIntended"});
}

TEST_CASE("a master order brings all its events and what followed from each", "[tools]") {
    Given given;
    auto cancel = SampleLedger::order("M-1", 9);
    cancel.type = MasterEventType::canceled;
    given.sample.tell(ReportMasterOrder{std::move(cancel)});
    const auto order = view_of(given.journal).state().master_orders[0].id;
    for (const std::string& name : {std::string{"M-1"}, to_text(order)}) {
        const Why why = given.why(name);
        CHECK(why.tree.roots.size() == 2);
        CHECK_FALSE(why.asked.has_value());
        const auto kinds = kinds_of(why);
        CHECK(std::ranges::count(kinds, "MasterOrderReported") == 2);
        CHECK(std::ranges::count(kinds, "FollowerCancelIntended") == 1);
    }
}

TEST_CASE("what happened to an account by itself has no causes", "[tools]") {
    const Given given;
    CHECK(kinds_of(given.why("1")) == Kinds{"AccountOpened"});
}

TEST_CASE("what has no such name is not found", "[tools]") {
    const Given given;
    for (const char* name : {"nothing", "99999", "00112233445566778899aabbccddeeff"}) {
        const auto found = given.ask(name);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().code == Errc::not_found);
    }
}

TEST_CASE("the text is a tree with the asked event marked, and figures beside decisions",
          "[tools]") {
    const Given given;
    const std::string text = why_text(given.why("5"));
    CHECK(text.starts_with("#4 2026-11-21T09:15:"));
    CHECK(text.find("\n└─ > #5 +0.000000 s FollowerOrderIntended") != text.npos);
    CHECK(text.find("quantity=10") != text.npos);
    CHECK(text.find("ratio=1") != text.npos);
    CHECK(text.find("\n   └─ #8 +") != text.npos);
    CHECK(text.find("\n      ├─ #9 +") != text.npos);
    CHECK(text.find("\n      └─ #10 +") != text.npos);
    CHECK(text.find("cause=timeout") != text.npos);
    CHECK(text.find("recovered=true") != text.npos);
}

TEST_CASE("the JSON nests what followed", "[tools]") {
    const Given given;
    std::string json;
    append_why_json(given.why("10"), json);
    const auto parsed = text::parse_json(json);
    REQUIRE(parsed.has_value());
    const text::JsonValue* node = &parsed.value().find("roots")->items().front();
    Kinds kinds;
    while (true) {
        kinds.emplace_back(node->find("kind")->text());
        const auto& children = node->find("children")->items();
        if (children.empty()) break;
        node = &children.back();
    }
    CHECK(kinds == Kinds{"MasterOrderReported", "FollowerOrderIntended", "AttemptStarted",
                         "AttemptAccepted"});
    CHECK(node->find("asked")->is(text::JsonValue::Kind::boolean));
    CHECK(parsed.value().find("asked")->text() == to_text(given.id_at(10)));
}

}  // namespace tools::test::why_test
