#include "tools/brokersim/misbehaviour.h"

#include <algorithm>
#include <numeric>
#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace tools::brokersim::misbehaviour_test {

namespace {

FaultSettings settings_of(const std::string& json) {
    const auto parsed = ledger::text::parse_json(json);
    REQUIRE(parsed.has_value());
    const auto settings = read_faults(parsed.value(), "faults");
    INFO((settings ? std::string{} : settings.error().detail));
    REQUIRE(settings.has_value());
    return settings.value();
}

std::string fault_error(const std::string& json) {
    const auto parsed = ledger::text::parse_json(json);
    REQUIRE(parsed.has_value());
    const auto settings = read_faults(parsed.value(), "faults");
    return settings ? std::string{} : settings.error().detail;
}

std::vector<ScriptStep> script_of(const std::string& json) {
    const auto parsed = ledger::text::parse_json(json);
    REQUIRE(parsed.has_value());
    const auto script = read_script(parsed.value());
    INFO((script ? std::string{} : script.error().detail));
    REQUIRE(script.has_value());
    return script.value();
}

constexpr const char* stormy = R"({"seed":7,"visibility_delay_ms":900,"visibility_delay":0.5,
    "place":{"latency":{"shape":"uniform","min_ms":1,"max_ms":90},"reject":0.1,"throttle":0.1,
             "accept_then_drop":0.2,"accept_then_502":0.1},
    "cancel":{"drop_before_accept":0.5}})";

std::vector<Fate> fates(Misbehaviour& misbehaviour, Operation operation, int count) {
    std::vector<Fate> drawn;
    for (int i = 0; i < count; ++i) drawn.push_back(misbehaviour.next_fate(operation, "r"));
    return drawn;
}

}  // namespace

TEST_CASE("by default every request is answered at once", "[brokersim]") {
    Misbehaviour misbehaviour{FaultSettings{}};
    for (const Fate& fate : fates(misbehaviour, Operation::place, 1'000)) CHECK(fate == Fate{});
}

TEST_CASE("the same seed gives the same fates, another seed others", "[brokersim]") {
    FaultSettings settings = settings_of(stormy);
    Misbehaviour one{settings};
    Misbehaviour two{settings};
    const auto expected = fates(one, Operation::place, 500);
    CHECK(fates(two, Operation::place, 500) == expected);
    one.set(settings);
    CHECK(fates(one, Operation::place, 500) == expected);
    settings.seed = 8;
    Misbehaviour other{settings};
    CHECK(fates(other, Operation::place, 500) != expected);
}

TEST_CASE("requests of one kind do not disturb the fate of another", "[brokersim]") {
    Misbehaviour alone{settings_of(stormy)};
    Misbehaviour mixed{settings_of(stormy)};
    const auto expected = fates(alone, Operation::cancel, 100);
    std::vector<Fate> drawn;
    for (int i = 0; i < 100; ++i) {
        std::ignore = mixed.next_fate(Operation::place, "");
        std::ignore = mixed.next_fate(Operation::read, "");
        drawn.push_back(mixed.next_fate(Operation::cancel, ""));
    }
    CHECK(drawn == expected);
}

TEST_CASE("behaviours occur as often as they were asked for", "[brokersim]") {
    Misbehaviour misbehaviour{settings_of(stormy)};
    constexpr int draws = 100'000;
    int hidden = 0;
    for (const Fate& fate : fates(misbehaviour, Operation::place, draws))
        hidden += fate.visibility_delay_ms == 900 ? 1 : 0;
    const auto& counts = misbehaviour.counts()[0];
    const auto share = [&counts](Behaviour behaviour) {
        return static_cast<int>(counts[static_cast<std::size_t>(behaviour)]) * 100 / draws;
    };
    CHECK(std::abs(share(Behaviour::answer) - 50) <= 1);
    CHECK(std::abs(share(Behaviour::accept_then_drop) - 20) <= 1);
    CHECK(std::abs(share(Behaviour::throttle) - 10) <= 1);
    CHECK(share(Behaviour::accept_then_hang) == 0);
    CHECK(std::abs(hidden * 100 / draws - 50) <= 1);
}

TEST_CASE("latencies keep to their distribution's percentiles", "[brokersim]") {
    const Latency fixed{Latency::Shape::fixed, 30, 0};
    CHECK(latency_at(fixed, 0) == 30);
    CHECK(latency_at(fixed, 9'999) == 30);
    const Latency uniform{Latency::Shape::uniform, 10, 20};
    CHECK(latency_at(uniform, 0) == 10);
    CHECK(latency_at(uniform, 9'999) == 20);
    const Latency lognormal{Latency::Shape::lognormal, 40, 400};
    CHECK(latency_at(lognormal, 0) == 12);
    CHECK(latency_at(lognormal, 5'000) == 40);
    CHECK(latency_at(lognormal, 9'900) == 400);
    CHECK(latency_at(lognormal, 9'999) > 600);
    std::int64_t before = 0;
    for (std::uint64_t point = 0; point < 10'000; ++point) {
        const std::int64_t now = latency_at(lognormal, point);
        REQUIRE(now >= before);
        before = now;
    }
}

TEST_CASE("a scripted step is used once, its own reference first", "[brokersim]") {
    Misbehaviour misbehaviour{FaultSettings{}};
    const auto steps = script_of(R"([{"do":"throttle"},
        {"do":"accept_then_drop","orderUniqueIdentifier":"a1","latency_ms":5},
        {"do":"reject","operation":"cancel","times":2}])");
    REQUIRE(steps.size() == 4);
    REQUIRE(misbehaviour.add_script(steps).has_value());
    CHECK(misbehaviour.next_fate(Operation::place, "a1") ==
          Fate{Behaviour::accept_then_drop, 5, 0});
    CHECK(misbehaviour.next_fate(Operation::place, "a1").behaviour == Behaviour::throttle);
    CHECK(misbehaviour.next_fate(Operation::place, "a1").behaviour == Behaviour::answer);
    CHECK(misbehaviour.next_fate(Operation::modify, "").behaviour == Behaviour::answer);
    CHECK(misbehaviour.next_fate(Operation::cancel, "x").behaviour == Behaviour::reject);
    CHECK(misbehaviour.next_fate(Operation::cancel, "").behaviour == Behaviour::reject);
    CHECK(misbehaviour.script_steps() == 0);
}

TEST_CASE("the script has a bound", "[brokersim]") {
    Misbehaviour misbehaviour{FaultSettings{}};
    const std::vector<ScriptStep> many(script_steps_max);
    REQUIRE(misbehaviour.add_script(many).has_value());
    CHECK(misbehaviour.add_script({ScriptStep{}}).error().code == ledger::Errc::overloaded);
    CHECK(misbehaviour.script_steps() == script_steps_max);
}

TEST_CASE("rows are shown whole, and only shuffled or repeated", "[brokersim]") {
    rc::prop("for every book", [](std::uint8_t rows) {
        FaultSettings settings;
        settings.repeat_rows_rate = 300'000;
        settings.shuffle_rows_rate = 1'000'000;
        Misbehaviour misbehaviour{settings};
        const auto order = misbehaviour.row_order(rows);
        const std::set<std::size_t> shown{order.begin(), order.end()};
        RC_ASSERT(shown.size() == rows);
        RC_ASSERT(order.size() <= std::size_t{rows} * 2);
        if (rows > 0) RC_ASSERT(*shown.rbegin() == rows - std::size_t{1});
    });
    FaultSettings settings;
    settings.repeat_rows_rate = 1'000'000;
    Misbehaviour repeats{settings};
    CHECK(repeats.row_order(2) == std::vector<std::size_t>{0, 1, 0, 1});
    settings.shuffle_rows_rate = 1'000'000;
    Misbehaviour shuffles{settings};
    const auto order = shuffles.row_order(100);
    CHECK(order.size() == 200);
    CHECK_FALSE(std::ranges::is_sorted(order));
}

TEST_CASE("faults are written as they are read", "[brokersim]") {
    const FaultSettings settings = settings_of(stormy);
    CHECK(settings_of(faults_json(settings)) == settings);
    CHECK(settings_of("{}") == FaultSettings{});
    CHECK(settings_of(faults_json(FaultSettings{})) == FaultSettings{});
}

TEST_CASE("faults with unknown keys, words or sums are refused by name", "[brokersim]") {
    CHECK(fault_error(R"({"place":{"rejct":0.1}})") ==
          "faults.place.rejct: unknown key; nearest known: faults.place.reject");
    CHECK(fault_error(R"({"place":{"reject":1.5}})") ==
          "faults.place.reject: must be a number from 0 to 1");
    CHECK(fault_error(R"({"place":{"reject":0.6,"throttle":0.5}})") ==
          "faults.place: the probabilities add up to more than 1");
    CHECK(fault_error(R"({"place":{"latency":{"shape":"gauss"}}})") ==
          "faults.place.latency.shape: must be one of none, fixed, uniform, lognormal");
    CHECK(fault_error(R"({"cancel":{"accept_then_reject":0.1}})")
              .starts_with("faults.cancel.accept_then_reject: unknown key"));
    CHECK(fault_error(R"({"place":{"latency":{"shape":"uniform","min_ms":9,"max_ms":8}}})") ==
          "faults.place.latency.max_ms: must be a number from 9 to 3600000");
}

}  // namespace tools::brokersim::misbehaviour_test
