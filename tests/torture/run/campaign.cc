#include "tests/torture/run/campaign.h"

#include "tests/torture/run/broker_checks.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <iterator>
#include <thread>

namespace torture {

using ledger::KillPoint;
using processes::Exit;

namespace {

constexpr int followers = 5;
constexpr std::size_t facts_per_round = 24;
constexpr Exit killed{.code = -1, .signal = SIGKILL};
constexpr Exit clean{.code = 0, .signal = 0};

// Every misbehaviour, mildly. A refused cancel is final, and no fault of the ledger's: cancels are
// but throttled. The delay of visibility is well within the ledger's window of one second, and a
// hanging answer outlasts its patience of two.
processes::StageOptions misbehaving(std::uint64_t seed) {
    const std::string each =
        "throttle = 0.02\ndrop_before_accept = 0.03\nhang_before_accept = 0.004\n"
        "accept_then_drop = 0.03\naccept_then_hang = 0.004\naccept_then_502 = 0.03\n"
        "accept_then_truncate = 0.02\n"
        "latency = { shape = \"lognormal\", p50_ms = 2, p99_ms = 80 }\n";
    return {.broker_toml =
                "[matching]\nfill_quantity_max = 60\n"
                "[faults]\nseed = " +
                std::to_string(seed % 1'000'000) +
                "\nhang_ms = 2500\nvisibility_delay_ms = 300\nvisibility_delay = 0.2\n"
                "repeat_rows = 0.05\nshuffle_rows = 0.2\nsession_requests_max = 150\n"
                "[faults.place]\nreject = 0.02\naccept_then_reject = 0.02\n" +
                each + "[faults.modify]\nreject = 0.02\n" + each + "[faults.cancel]\n" + each +
                "[faults.read]\n" + each,
            .ledger_toml =
                "[ledger]\nsnapshot_every_events = 150\n"
                "[orders]\nmax_age_other_ms = 3600000\nmax_age_market_ms = 3600000\n"};
}

void expect_killed(const Exit& exit, const processes::Listener& who) {
    if (exit == killed) return;
    const std::string told = who.told();
    const std::size_t shown = std::min<std::size_t>(told.size(), 2'000);
    throw Violation{"a process ended by itself: exit " + std::to_string(exit.code) + ", signal " +
                    std::to_string(exit.signal) + "\n" + told.substr(told.size() - shown)};
}

// Passed once by every process.
bool is_of_a_whole_run(KillPoint point) {
    return point == KillPoint::recovery_opened || point == KillPoint::recovery_folded ||
           point == KillPoint::recovery_dispatched || point == KillPoint::stopping;
}

bool is_of_snapshots(KillPoint point) {
    return point == KillPoint::snapshot_created || point == KillPoint::snapshot_written ||
           point == KillPoint::snapshot_placed;
}

void check_replay(const processes::Stage& stage, const std::vector<std::string>& command) {
    const auto replayed = stage.cli(command);
    const bool same = replayed.output.find(R"("check":"same")") != std::string::npos;
    if (replayed.exit != clean || !same) {
        throw Violation{"replay: " + replayed.output + replayed.error};
    }
}

}  // namespace

std::vector<ledger::Word<KillPoint>> points_of_a_server() {
    std::vector<ledger::Word<KillPoint>> points;
    std::ranges::copy_if(ledger::kill_point_words, std::back_inserter(points),
                         [](const auto& word) {
                             return word.value != KillPoint::records_archived &&
                                    word.value != KillPoint::records_dropped;
                         });
    return points;
}

std::uint64_t passes_max(KillPoint point) {
    return is_of_a_whole_run(point) || is_of_snapshots(point) ? 1 : 5;
}

Campaign::Campaign(std::uint64_t seed, Tally& tally)
    : tally_(tally),
      dice_(seed, 'k'),
      feed_(seed),
      operators_(seed, followers),
      stage_(misbehaving(seed)) {
    stage_.open_accounts(followers);
    move_prices();
}

void Campaign::round_of_random_kills() {
    ++tally_.rounds;
    Postmen postmen{stage_.ledger().port(), stage_.admin_token(), next_requests()};
    const std::size_t kind = dice_.below(4);
    wait_up_to(300);
    if (kind != 0) {
        kill_broker();
        wait_up_to(300);
    }
    if (kind == 1) {
        stage_.broker().start();
        wait_up_to(200);
    }
    if (kind != 2) kill_ledger();
    if (!stage_.broker().is_running()) stage_.broker().start();
    if (!stage_.ledger().is_running()) stage_.ledger().start();
    move_prices();
    take_answers(postmen);
}

void Campaign::round_at(KillPoint point, std::uint64_t count) {
    ++tally_.rounds;
    Postmen postmen{stage_.ledger().port(), stage_.admin_token(), next_requests()};
    wait_up_to(100);
    kill_ledger();
    if (dice_.chance(150)) {
        kill_broker();
        stage_.broker().start();
    }
    die_at(point, count);
    // Now and then the next start dies too.
    if (dice_.chance(300)) die_at(KillPoint::recovery_opened, 1);
    if (dice_.chance(300)) die_at(KillPoint::before_doubt, 1);
    stage_.ledger().start();
    move_prices();
    take_answers(postmen);
}

// Leaves it dead, at the point or, where it does not come to it, anywhere.
void Campaign::die_at(KillPoint point, std::uint64_t count) {
    constexpr std::chrono::milliseconds on_the_way{1'500};
    constexpr std::chrono::seconds stopping{20};
    const std::string name{ledger::word_of(ledger::kill_point_words, point)};
    bool died = !stage_.ledger().start_to_die(name + ":" + std::to_string(count));
    const bool stops = point == KillPoint::stopping;
    if (!died && stops) wait_up_to(300);
    if (!died && !stops) died = stage_.ledger().ends_within(on_the_way);
    if (!died && (stops || is_of_snapshots(point))) {
        stage_.ledger().terminate();
        died = stage_.ledger().ends_within(stopping);
    }
    if (!died) return kill_ledger();
    ++tally_.kills.ledger;
    expect_killed(stage_.ledger().wait(), stage_.ledger());
    ++tally_.kills.at_points[point];
}

void Campaign::settle() {
    post(operators_.open_all());
    await_agreement(stage_);
    const std::size_t accepted = check_no_double(stage_);
    tally_.broker_orders += accepted - accepted_;
    accepted_ = accepted;
    check_copies(stage_, feed_.canceled());
    promises_.check_news(stage_);
    ++tally_.settled;
}

void Campaign::finish() {
    post(feed_.cancel_all());
    settle();
    empty_the_book();
    await_agreement(stage_);
    promises_.check_all(stage_);
    if (stage_.ledger().stop() != clean) throw Violation{"the ledger did not stop cleanly"};
    check_replay(stage_, {"replay", "--check"});
    check_replay(stage_, {"replay", "--check", "--from-snapshot"});
    if (stage_.broker().stop() != clean) throw Violation{"the broker did not stop cleanly"};
}

// With all cancelled, what is open are exits at the market: each price fills a part of them.
void Campaign::empty_the_book() {
    const auto is_empty = [&] {
        move_prices();
        const auto stats = stage_.broker_page("/sim/stats");
        return processes::member_of(stats, "open_orders") == "0";
    };
    processes::await("the end of all orders at the broker", is_empty, processes::patience);
}

// What happens next, told up to three times, and for every third round in any order at all.
std::vector<Request> Campaign::next_requests() {
    const std::string exited = feed_.any_order();
    std::vector<Request> requests = feed_.go_on(facts_per_round);
    tally_.facts += requests.size();
    for (std::size_t n = dice_.below(6); n > 0; --n) {
        requests.push_back(operators_.ask(exited));
        std::swap(requests.back(), requests[dice_.below(requests.size())]);
    }
    const std::size_t once = requests.size();
    for (std::size_t n = 0; n < once; ++n) {
        for (std::size_t more = dice_.below(3); more > 0; --more) requests.push_back(requests[n]);
    }
    if (dice_.chance(333)) {
        dice_.shuffle(requests);
    } else {
        for (std::size_t n = 1; n < requests.size(); ++n) {
            if (dice_.chance(300)) std::swap(requests[n - 1], requests[n]);
        }
    }
    tally_.deliveries += requests.size();
    return requests;
}

void Campaign::post(const std::vector<Request>& requests) {
    Postmen postmen{stage_.ledger().port(), stage_.admin_token(), requests};
    take_answers(postmen);
}

void Campaign::take_answers(Postmen& postmen) {
    promises_.add(postmen.await());
}

void Campaign::kill_ledger() {
    ++tally_.kills.ledger;
    expect_killed(stage_.ledger().kill(), stage_.ledger());
}

void Campaign::kill_broker() {
    ++tally_.kills.broker;
    expect_killed(stage_.broker().kill(), stage_.broker());
}

// Some limits are reached then, and the broker fills.
void Campaign::move_prices() {
    processes::HttpClient broker{stage_.broker().port(), {}};
    const auto answer = broker.post("/sim/prices", any_prices(dice_));
    if (answer.status != 200) throw Violation{"the broker takes no prices: " + answer.body};
}

void Campaign::wait_up_to(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds{dice_.between(0, milliseconds)});
}

}  // namespace torture
