// POST /api/pending/{intent}/resolve: a person's word on an order in doubt.
#include "ledger/replication/evolve.h"
#include "tests/ingest/api_fixture.h"

#include <future>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

namespace ingest::test::api_resolve_test {

namespace {

using ledger::EventId;
using ledger::OrdStatus;

// One follower's order, sent, unanswered and waiting for a person.
class InDoubt {
  public:
    InDoubt() {
        open_accounts(admin_, 1);
        REQUIRE(admin_.post("/api/webhooks/blaze/order", webhook_body()).status == 200);
        for (const ledger::Event& event : api_.events()) {
            if (ledger::kind_of(event.payload) == "FollowerOrderIntended") order_ = event.id;
        }
        const ledger::AttemptRef attempt = tell(ledger::StartAttempt{order_, order_}).attempt;
        tell(ledger::RecordUnknown{attempt, "the connection broke"});
        tell(ledger::ParkIntent{attempt, "this broker cannot look it up"});
    }

    [[nodiscard]] ApiFixture& api() { return api_; }

    [[nodiscard]] std::string id() const { return ledger::to_text(order_); }

    [[nodiscard]] std::string cl_ord_id() const {
        return std::string{ledger::cl_ord_id_of(order_).view()};
    }

    Answer resolve(const std::string& name, const std::string& body) {
        return admin_.post("/api/pending/" + name + "/resolve", body);
    }

    Answer resolve_with_key(const std::string& body) {
        return admin_.post_with_key("/api/pending/" + id() + "/resolve", body, "once");
    }

    // As the log has it.
    [[nodiscard]] ledger::replication::FollowerOrder order() const {
        ledger::replication::State state;
        for (const ledger::Event& event : api_.events()) ledger::replication::evolve(state, event);
        const auto* found = state.follower_order(order_);
        REQUIRE(found != nullptr);
        return *found;
    }

    [[nodiscard]] ledger::IntentResolved resolution() const {
        const auto events = api_.events();
        const auto* resolved = std::get_if<ledger::IntentResolved>(&events.back().payload);
        REQUIRE(resolved != nullptr);
        return *resolved;
    }

  private:
    ledger::Receipt tell(ledger::CommandPayload payload) {
        ledger::Command command;
        command.payload = std::move(payload);
        std::promise<ledger::Result<ledger::Receipt>> answer;
        const bool taken = api_.sequencer().submit(
            std::move(command), [&](const auto& receipt) { answer.set_value(receipt); });
        REQUIRE(taken);
        const auto receipt = answer.get_future().get();
        REQUIRE(receipt.has_value());
        return receipt.value();
    }

    ApiFixture api_;
    ApiClient admin_ = api_.client(Role::admin);
    EventId order_;
};

const std::string found = R"({"found":"B-77","why":"seen in the terminal"})";
const std::string not_placed = R"({"not_placed":true,"why":"asked the broker"})";

}  // namespace

TEST_CASE("an order that a person found stands at the broker under the id that was given",
          "[ingest]") {
    InDoubt doubt;
    REQUIRE(doubt.order().parked);
    const Answer answer = doubt.resolve(doubt.id(), found);
    REQUIRE(answer.status == 200);
    CHECK(member(answer, "intent_id") == doubt.id());
    CHECK(member(answer, "duplicate") == "false");
    const ledger::Event last = doubt.api().events().back();
    CHECK(member(answer, "event_id") == ledger::to_text(last.id));
    CHECK(member(answer, "sequence") == std::to_string(last.sequence));
    CHECK(doubt.resolution().broker_order_id == "B-77");
    CHECK(doubt.resolution().why == "seen in the terminal");
    CHECK(doubt.order().status == OrdStatus::new_);
    CHECK(doubt.order().broker_order_id == "B-77");
    CHECK_FALSE(doubt.order().parked);
}

TEST_CASE("an order that a person knows was not placed is done with", "[ingest]") {
    InDoubt doubt;
    REQUIRE(doubt.resolve(doubt.id(), not_placed).status == 200);
    CHECK(doubt.resolution().broker_order_id.empty());
    CHECK(doubt.order().status == OrdStatus::not_placed);
    CHECK_FALSE(doubt.order().parked);
}

TEST_CASE("an order in doubt may be named by its ClOrdID", "[ingest]") {
    InDoubt doubt;
    const Answer answer = doubt.resolve(doubt.cl_ord_id(), found);
    REQUIRE(answer.status == 200);
    CHECK(member(answer, "intent_id") == doubt.id());
    CHECK(doubt.order().broker_order_id == "B-77");
}

TEST_CASE("a word on an order in doubt holds once", "[ingest]") {
    InDoubt doubt;
    const Answer first = doubt.resolve_with_key(found);
    REQUIRE(first.status == 200);
    const Answer repeated = doubt.resolve_with_key(found);
    CHECK(repeated.status == 200);
    CHECK(member(repeated, "duplicate") == "true");
    CHECK(member(repeated, "sequence") == member(first, "sequence"));
    CHECK(doubt.resolve_with_key(not_placed).status == 409);
    CHECK(doubt.resolve(doubt.id(), not_placed).status == 409);
    CHECK(doubt.api().count_events("IntentResolved") == 1);
    CHECK(doubt.order().status == OrdStatus::new_);
}

TEST_CASE("a word that is none leaves an order in doubt", "[ingest]") {
    InDoubt doubt;
    const auto field_of = [&](const std::string& body) {
        const Answer answer = doubt.resolve(doubt.id(), body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    CHECK(field_of(R"({"why":"x"})") == "found");
    CHECK(field_of(R"({"found":"B-1","not_placed":true,"why":"x"})") == "found");
    CHECK(field_of(R"({"not_placed":false,"why":"x"})") == "found");
    CHECK(field_of(R"({"found":"B-1"})") == "why");
    for (const std::string& name : {std::string(32, '0'), std::string(20, '0'), std::string{"x"}}) {
        CHECK(doubt.resolve(name, found).status == 404);
    }
    CHECK(doubt.order().parked);
}

}  // namespace ingest::test::api_resolve_test
