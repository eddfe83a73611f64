#include "tools/brokersim/misbehaviour.h"

#include "ledger/base/assert.h"
#include "tools/brokersim/sim_random.h"
#include "tools/settings/object_reader.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tools::brokersim {

namespace {

using settings::rate_one;

constexpr std::uint64_t latency_points = 10'000;
constexpr std::uint64_t row_order_stream = operation_words.size();

// The shape of a log-normal latency as a broken line: at `point` of 10,000 it is the median times
// `medians` hundredths, plus `spreads` hundredths of the distance from the median to p99. A tail
// that goes on to three times that distance stands for the rest.
struct Knot {
    std::int64_t point;
    std::int64_t medians;
    std::int64_t spreads;
};

constexpr std::array<Knot, 7> lognormal{{{0, 30, 0},
                                         {1'000, 55, 0},
                                         {5'000, 100, 0},
                                         {9'000, 100, 30},
                                         {9'900, 100, 100},
                                         {9'990, 100, 180},
                                         {10'000, 100, 300}}};

std::int64_t value_of(const Knot& knot, const Latency& latency) {
    const std::int64_t spread = latency.high_ms - latency.low_ms;
    return (latency.low_ms * knot.medians + spread * knot.spreads) / 100;
}

std::int64_t lognormal_at(const Latency& latency, std::int64_t point) {
    const auto upper =
        std::ranges::find_if(lognormal, [point](const Knot& knot) { return knot.point > point; });
    LEDGER_ASSERT(upper != lognormal.begin() && upper != lognormal.end());
    const auto lower = upper - 1;
    const std::int64_t from = value_of(*lower, latency);
    const std::int64_t to = value_of(*upper, latency);
    return from + (to - from) * (point - lower->point) / (upper->point - lower->point);
}

}  // namespace

std::int64_t latency_at(const Latency& latency, std::uint64_t point) {
    LEDGER_ASSERT(point < latency_points);
    const auto at = static_cast<std::int64_t>(point);
    switch (latency.shape) {
        case Latency::Shape::none:
            return 0;
        case Latency::Shape::fixed:
            return latency.low_ms;
        case Latency::Shape::uniform:
            return latency.low_ms + (latency.high_ms - latency.low_ms + 1) * at /
                                        static_cast<std::int64_t>(latency_points);
        case Latency::Shape::lognormal:
            return lognormal_at(latency, at);
    }
    return 0;
}

void Misbehaviour::set(const FaultSettings& settings) {
    settings_ = settings;
    drawn_ = {};
    row_orders_ = 0;
}

ledger::Result<void> Misbehaviour::add_script(const std::vector<ScriptStep>& steps) {
    if (script_.size() + steps.size() > script_steps_max)
        return ledger::Error{ledger::Errc::overloaded, "the script is too long", "script"};
    script_.insert(script_.end(), steps.begin(), steps.end());
    return boost::outcome_v2::success();
}

Fate Misbehaviour::next_fate(Operation operation, std::string_view reference) {
    const auto index = static_cast<std::size_t>(operation);
    Fate fate = draw(operation, drawn_[index]++);
    if (const auto step = take_step(operation, reference)) {
        fate.behaviour = step->behaviour;
        fate.latency_ms = step->latency_ms.value_or(fate.latency_ms);
        fate.visibility_delay_ms = step->visibility_delay_ms.value_or(fate.visibility_delay_ms);
    }
    ++counts_[index][static_cast<std::size_t>(fate.behaviour)];
    return fate;
}

Fate Misbehaviour::draw(Operation operation, std::uint64_t number) const {
    const OperationFaults& faults = settings_.operations[static_cast<std::size_t>(operation)];
    SimRandom random{settings_.seed, static_cast<std::uint64_t>(operation), number};
    Fate fate;
    std::uint64_t point = random.below(rate_one);
    for (std::size_t i = 1; i < faults.rates.size(); ++i) {
        if (point < faults.rates[i]) {
            fate.behaviour = static_cast<Behaviour>(i);
            break;
        }
        point -= faults.rates[i];
    }
    fate.latency_ms = latency_at(faults.latency, random.below(latency_points));
    if (random.below(rate_one) < settings_.visibility_delay_rate)
        fate.visibility_delay_ms = settings_.visibility_delay_ms;
    return fate;
}

std::optional<ScriptStep> Misbehaviour::take_step(Operation operation, std::string_view reference) {
    const auto fits = [&](const ScriptStep& step, std::string_view wanted) {
        return step.operation == operation && step.reference == wanted;
    };
    auto found = script_.end();
    if (!reference.empty())
        found =
            std::ranges::find_if(script_, [&](const auto& step) { return fits(step, reference); });
    if (found == script_.end())
        found = std::ranges::find_if(script_, [&](const auto& step) { return fits(step, ""); });
    if (found == script_.end()) return std::nullopt;
    ScriptStep step = std::move(*found);
    script_.erase(found);
    return step;
}

std::vector<std::size_t> Misbehaviour::row_order(std::size_t rows) {
    std::vector<std::size_t> order(rows);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (settings_.repeat_rows_rate == 0 && settings_.shuffle_rows_rate == 0) return order;

    SimRandom random{settings_.seed, row_order_stream, row_orders_++};
    for (std::size_t row = 0; row < rows; ++row)
        if (random.below(rate_one) < settings_.repeat_rows_rate) order.push_back(row);
    if (random.below(rate_one) < settings_.shuffle_rows_rate)
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random.below(i)]);
    return order;
}

}  // namespace tools::brokersim
