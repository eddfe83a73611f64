// What holds in every state that any run may reach.
#include "ledger/replication/evolve.h"
#include "ledger/replication/order_status.h"
#include "tests/replication/random_run.h"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ledger::replication::test::invariants_test {

namespace {

bool may_make_orders(const Answer& answer) {
    if (!answer.recorded()) return false;
    const auto* report = std::get_if<MasterOrderReported>(&answer.events.front().payload);
    return report != nullptr && report->type == MasterEventType::new_;
}

// As order_status has it; an order sent once and taken for absent may yet prove to be there.
bool may_go(const FollowerOrder& before, OrdStatus to) {
    if (before.status == to || is_legal(before.status, to)) return true;
    return before.unsent() && before.attempts > 0 && is_legal(OrdStatus::unknown, to);
}

bool has_decision(const Answer& answer, AccountNumber follower) {
    const auto speaks_of = [&](const auto& payload) {
        if constexpr (requires { payload.follower; }) {
            return payload.follower == follower;
        } else {
            return false;
        }
    };
    for (const Event& event : answer.events) {
        const bool superseded = std::holds_alternative<IntentSuperseded>(event.payload);
        if (!superseded && std::visit(speaks_of, event.payload)) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("I1 I3 nothing but a NEW makes follower orders, and one per follower and slice",
          "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        World world = fleet();
        for (const Step& step : steps) {
            const std::size_t orders = world.state().follower_orders.size();
            const Answer answer = anything_happens(world, step);
            if (!may_make_orders(answer)) {
                RC_ASSERT(world.state().follower_orders.size() == orders);
            }
            const std::string fault = fault_of(world);
            if (!fault.empty()) RC_FAIL(fault);
        }
    });
}

TEST_CASE("a follower order goes only where its status allows", "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        World world = fleet();
        for (const Step& step : steps) anything_happens(world, step);
        State state;
        for (const Event& event : world.log()) {
            std::vector<FollowerOrder> before{state.follower_orders.begin(),
                                              state.follower_orders.end()};
            evolve(state, event);
            for (RowIndex i = 0; i < before.size(); ++i) {
                RC_ASSERT(may_go(before[i], state.follower_orders[i].status));
            }
        }
    });
}

TEST_CASE("an unknown outcome ends only by an answer, a book row, or a person", "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        World world = fleet();
        for (const Step& step : steps) anything_happens(world, step);
        State state;
        for (const Event& event : world.log()) {
            std::vector<FollowerOrder> before{state.follower_orders.begin(),
                                              state.follower_orders.end()};
            evolve(state, event);
            const bool told = std::holds_alternative<AttemptAccepted>(event.payload) ||
                              std::holds_alternative<AttemptRejected>(event.payload) ||
                              std::holds_alternative<AttemptNotPlaced>(event.payload) ||
                              std::holds_alternative<IntentResolved>(event.payload) ||
                              std::holds_alternative<FollowerOrderReported>(event.payload);
            for (RowIndex i = 0; i < before.size(); ++i) {
                if (before[i].status != OrdStatus::unknown || told) continue;
                RC_ASSERT(state.follower_orders[i].status == OrdStatus::unknown);
            }
        }
    });
}

TEST_CASE("every active link has an outcome of each NEW, MODIFY and CANCEL", "[replication]") {
    rc::prop("over any run", [] {
        const Steps steps = *any_steps();
        World world = fleet();
        for (const Step& step : steps) {
            const Answer answer = anything_happens(world, step);
            if (!answer.recorded()) continue;
            const auto* report = std::get_if<MasterOrderReported>(&answer.events.front().payload);
            if (report == nullptr || report->type == MasterEventType::fill) continue;
            for (const RowIndex index : world.state().account(report->account)->links) {
                const Link& link = world.state().links[index];
                if (link.copies()) RC_ASSERT(has_decision(answer, link.follower));
            }
        }
    });
}

TEST_CASE("a run reaches every outcome that the properties speak of", "[replication]") {
    // A property over runs in which nothing happens would prove nothing.
    std::map<std::string_view, std::size_t> seen;
    std::uint32_t noise = 1;
    World world = fleet();
    for (int i = 0; i < 20'000; ++i) {
        if (i % 100 == 0) world = fleet();
        Step step{};
        for (std::uint8_t& part : step) {
            noise = noise * 1'664'525U + 1'013'904'223U;
            part = static_cast<std::uint8_t>(noise >> 24U);
        }
        for (const std::string_view kind : kinds(anything_happens(world, step))) ++seen[kind];
    }
    for (const std::string_view kind :
         {"FollowerOrderIntended", "FollowerOrderSkipped", "FollowerModifyIntended",
          "FollowerCancelIntended", "UnsentOrderAmended", "UnsentOrderWithdrawn",
          "IntentSuperseded", "AttemptStarted", "AttemptAccepted", "AttemptRejected",
          "AttemptUnknown", "AttemptNotPlaced", "IntentExpired", "IntentParked", "IntentResolved",
          "FollowerOrderReported", "AnomalyRecorded", "ConflictRecorded"}) {
        INFO(kind);
        CHECK(seen[kind] > 10);
    }
}

}  // namespace ledger::replication::test::invariants_test
