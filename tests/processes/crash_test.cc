// kill -9 of either process at random instants while orders go to a broker that loses one answer in
// five: afterwards the broker's own journal and the ledger must tell the same.
#include "tests/processes/stage.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

struct Size {
    std::size_t orders = 0;
    int followers = 0;
    std::size_t kills = 0;  // in each of the two halves: placing and cancelling
};

const StageOptions unreliable{.broker_toml = R"(
[faults]
seed = 20261121
repeat_rows = 0.02
shuffle_rows = 0.1
[faults.place]
accept_then_drop = 0.1
drop_before_accept = 0.05
accept_then_502 = 0.05
[faults.cancel]
accept_then_drop = 0.1
drop_before_accept = 0.05
accept_then_502 = 0.05
)",
                              // Restarts then begin from snapshots.
                              .ledger_toml =
                                  "[ledger]\nsnapshot_every_events = 1000\n"
                                  "[orders]\nmax_age_other_ms = 3600000\n",
                              .poll_interval_ms = 1000};

void wait_for_an_instant(std::mt19937& random) {
    std::uniform_int_distribution<int> milliseconds{0, 400};
    std::this_thread::sleep_for(std::chrono::milliseconds{milliseconds(random)});
}

// Posts all of it, each until it is answered. For a thread of its own.
void feed(HttpClient client, const std::vector<std::string>& bodies) {
    for (const std::string& body : bodies) {
        const Answer answer = client.post_until_answered(webhook, body);
        if (answer.status != 200) throw std::runtime_error{answer.body};
    }
}

// Feeds the webhooks in as many parts as there are kills of the ledger: one in each of them. In two
// parts of three the broker is killed before, and back before or after.
void feed_through_kills(Stage& stage, const std::vector<std::string>& bodies, std::size_t kills,
                        std::mt19937& random) {
    const auto place = [&](std::size_t part) {
        return bodies.begin() + static_cast<std::ptrdiff_t>(bodies.size() * part / kills);
    };
    for (std::size_t part = 0; part < kills; ++part) {
        const std::vector<std::string> share{place(part), place(part + 1)};
        auto fed = std::async(std::launch::async, feed, stage.admin(), std::cref(share));
        wait_for_an_instant(random);
        if (part % 3 != 0) {
            stage.broker().kill();
            wait_for_an_instant(random);
        }
        if (part % 3 == 1) {
            stage.broker().start();
            wait_for_an_instant(random);
        }
        stage.ledger().kill();
        if (!stage.broker().is_running()) stage.broker().start();
        stage.ledger().start();
        fed.get();
    }
}

std::vector<std::string> bodies_of(std::size_t orders, const std::string& event_type) {
    std::vector<std::string> bodies;
    for (std::size_t i = 1; i <= orders; ++i) {
        bodies.push_back(webhook_body(
            {{"order_id", std::to_string(i)}, {"event_type", json_string(event_type)}}));
    }
    return bodies;
}

// One accepted order per ClOrdID of the ledger, and no other.
void check_accepted(const Stage& stage, std::size_t expected) {
    std::vector<std::string> accepted;
    for (const auto& line : stage.broker_journal("accepted")) {
        accepted.push_back(member_of(line, "orderUniqueIdentifier"));
    }
    std::vector<std::string> mapped = stage.column({"mappings"}, "cl_ord_id");
    std::ranges::sort(accepted);
    std::ranges::sort(mapped);
    CHECK(accepted.size() == expected);
    CHECK(std::ranges::adjacent_find(accepted) == accepted.end());
    const bool same = accepted == mapped;
    CHECK(same);
}

// The reports of what the broker has done come a poll later than its answers.
void await_agreement(const Stage& stage) {
    await("agreement of the broker's journal and the ledger", [&] {
        return stage.cli({"witness", stage.broker_journal_path()}).exit.code == 0;
    });
}

void crash_run(const Size& size) {
    std::mt19937 random{Catch::rngSeed()};  // 0 unless the command line says --rng-seed
    Stage stage{unreliable};
    stage.open_accounts(size.followers);
    const std::size_t expected = size.orders * static_cast<std::size_t>(size.followers);

    feed_through_kills(stage, bodies_of(size.orders, "order_placed"), size.kills, random);
    stage.await_quiescence();
    check_accepted(stage, expected);
    await_agreement(stage);
    CHECK(stage.rows({"events", "--kind", "MasterOrderReported"}).size() == size.orders);
    CHECK_FALSE(stage.rows({"events", "--kind", "AttemptUnknown"}).empty());

    feed_through_kills(stage, bodies_of(size.orders, "order_cancelled"), size.kills, random);
    stage.await_quiescence();
    check_accepted(stage, expected);
    await_agreement(stage);
    CHECK(member_of(stage.broker_page("/sim/stats"), "open_orders") == "0");
    CHECK(stage.broker_journal("cancelled").size() == expected);
    CHECK(stage.rows({"orders", "--role", "FOLLOWER", "--status", "CANCELED"}).size() == expected);
    CHECK(stage.rows({"events", "--kind", "AnomalyRecorded"}).empty());

    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    const Finished replayed = stage.cli({"replay", "--check"});
    CHECK(replayed.exit == Exit{.code = 0, .signal = 0});
    CHECK(replayed.output.find(R"("check":"same")") != std::string::npos);
}

}  // namespace

TEST_CASE("after kill -9 at random instants the broker and the ledger tell the same",
          "[processes]") {
    crash_run({.orders = 40, .followers = 25, .kills = 6});
}

TEST_CASE("200 orders to 100 followers survive kill -9 at random instants", "[.full]") {
    crash_run({.orders = 200, .followers = 100, .kills = 12});
}

}  // namespace processes
