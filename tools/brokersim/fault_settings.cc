#include "tools/brokersim/fault_settings.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "tools/settings/object_reader.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace tools::brokersim {

namespace {

using ledger::Result;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;
using settings::Bounds;
using settings::ObjectReader;
using settings::rate_one;
using settings::rate_scale;

constexpr std::int64_t delay_ms_max = 3'600'000;
constexpr Bounds delay_bounds{0, delay_ms_max};
constexpr std::int64_t times_max = 10'000;
constexpr std::array<std::string_view, 4> shape_words{"none", "fixed", "uniform", "lognormal"};

template <class Words>
std::vector<std::string_view> listed(const Words& words) {
    return {words.begin(), words.end()};
}

Result<Latency> read_latency(const JsonValue& object, const std::string& path) {
    ObjectReader reader{object, path};
    Latency latency;
    latency.shape = static_cast<Latency::Shape>(reader.choice("shape", 0, listed(shape_words)));
    switch (latency.shape) {
        case Latency::Shape::none:
            break;
        case Latency::Shape::fixed:
            latency.low_ms = reader.integer("ms", 0, delay_bounds);
            break;
        case Latency::Shape::uniform:
            latency.low_ms = reader.integer("min_ms", 0, delay_bounds);
            latency.high_ms =
                reader.integer("max_ms", latency.low_ms, {latency.low_ms, delay_ms_max});
            break;
        case Latency::Shape::lognormal:
            latency.low_ms = reader.integer("p50_ms", 0, delay_bounds);
            latency.high_ms =
                reader.integer("p99_ms", latency.low_ms, {latency.low_ms, delay_ms_max});
            break;
    }
    BOOST_OUTCOME_TRYV(reader.finish());
    return latency;
}

Result<OperationFaults> read_operation(const JsonValue& object, Operation operation,
                                       const std::string& path) {
    ObjectReader reader{object, path};
    OperationFaults faults;
    if (const JsonValue* latency = reader.object("latency")) {
        BOOST_OUTCOME_TRY(faults.latency, read_latency(*latency, path + ".latency"));
    }
    for (std::size_t i = 1; i < behaviour_words.size(); ++i) {
        const bool applies = operation == Operation::place ||
                             static_cast<Behaviour>(i) != Behaviour::accept_then_reject;
        if (applies) faults.rates[i] = reader.rate(behaviour_words[i], 0);
    }
    BOOST_OUTCOME_TRYV(reader.finish());
    if (std::accumulate(faults.rates.begin(), faults.rates.end(), std::uint64_t{0}) > rate_one)
        return ledger::invalid_field(path, path + ": the probabilities add up to more than 1");
    return faults;
}

void write_latency(JsonWriter& json, const Latency& latency) {
    json.key("latency");
    json.begin_object();
    json.member("shape", shape_words[static_cast<std::size_t>(latency.shape)]);
    switch (latency.shape) {
        case Latency::Shape::none:
            break;
        case Latency::Shape::fixed:
            json.member_number("ms", latency.low_ms);
            break;
        case Latency::Shape::uniform:
            json.member_number("min_ms", latency.low_ms);
            json.member_number("max_ms", latency.high_ms);
            break;
        case Latency::Shape::lognormal:
            json.member_number("p50_ms", latency.low_ms);
            json.member_number("p99_ms", latency.high_ms);
            break;
    }
    json.end_object();
}

void write_rate(JsonWriter& json, std::string_view name, std::uint32_t rate) {
    json.key(name);
    json.number_text(ledger::text::format_scaled(rate, rate_scale));
}

struct ReadStep {
    ScriptStep step;
    std::int64_t times = 1;
};

Result<ReadStep> read_step(const JsonValue& object, const std::string& path) {
    ObjectReader reader{object, path};
    ReadStep read;
    read.step.operation =
        static_cast<Operation>(reader.choice("operation", 0, listed(operation_words)));
    read.step.behaviour = static_cast<Behaviour>(reader.choice("do", 0, listed(behaviour_words)));
    read.step.reference = reader.text("orderUniqueIdentifier", "");
    read.times = reader.integer("times", 1, {1, times_max});
    const std::int64_t latency_ms = reader.integer("latency_ms", -1, delay_bounds);
    if (latency_ms >= 0) read.step.latency_ms = latency_ms;
    const std::int64_t hidden_ms = reader.integer("visibility_delay_ms", -1, delay_bounds);
    if (hidden_ms >= 0) read.step.visibility_delay_ms = hidden_ms;
    if (!object.find("do")) reader.fail("do", "is required");
    if (read.step.behaviour == Behaviour::accept_then_reject &&
        read.step.operation != Operation::place)
        reader.fail("do", "accept_then_reject is for place only");
    BOOST_OUTCOME_TRYV(reader.finish());
    return read;
}

}  // namespace

Result<FaultSettings> read_faults(const JsonValue& object, const std::string& path) {
    ObjectReader reader{object, path};
    FaultSettings settings;
    settings.seed = static_cast<std::uint64_t>(
        reader.integer("seed", 1, {0, std::numeric_limits<std::int64_t>::max()}));
    settings.hang_ms = reader.integer("hang_ms", settings.hang_ms, delay_bounds);
    settings.visibility_delay_ms = reader.integer("visibility_delay_ms", 0, delay_bounds);
    settings.visibility_delay_rate = reader.rate("visibility_delay", rate_one);
    settings.repeat_rows_rate = reader.rate("repeat_rows", 0);
    settings.shuffle_rows_rate = reader.rate("shuffle_rows", 0);
    settings.session_requests_max =
        reader.integer("session_requests_max", 0, {0, std::numeric_limits<std::int64_t>::max()});
    for (std::size_t i = 0; i < operation_words.size(); ++i) {
        const JsonValue* faults = reader.object(operation_words[i]);
        if (!faults) continue;
        BOOST_OUTCOME_TRY(
            settings.operations[i],
            read_operation(*faults, static_cast<Operation>(i), reader.path_of(operation_words[i])));
    }
    BOOST_OUTCOME_TRYV(reader.finish());
    return settings;
}

std::string faults_json(const FaultSettings& settings) {
    std::string text;
    JsonWriter json{text};
    json.begin_object();
    json.member_number("seed", static_cast<std::int64_t>(settings.seed));
    json.member_number("hang_ms", settings.hang_ms);
    json.member_number("visibility_delay_ms", settings.visibility_delay_ms);
    write_rate(json, "visibility_delay", settings.visibility_delay_rate);
    write_rate(json, "repeat_rows", settings.repeat_rows_rate);
    write_rate(json, "shuffle_rows", settings.shuffle_rows_rate);
    json.member_number("session_requests_max", settings.session_requests_max);
    for (std::size_t i = 0; i < operation_words.size(); ++i) {
        const OperationFaults& faults = settings.operations[i];
        json.key(operation_words[i]);
        json.begin_object();
        write_latency(json, faults.latency);
        for (std::size_t b = 1; b < behaviour_words.size(); ++b)
            if (faults.rates[b] > 0) write_rate(json, behaviour_words[b], faults.rates[b]);
        json.end_object();
    }
    json.end_object();
    return text;
}

Result<std::vector<ScriptStep>> read_script(const JsonValue& list) {
    if (!list.is(JsonValue::Kind::array))
        return ledger::invalid_field("script", "must be a list of steps");
    std::vector<ScriptStep> script;
    for (std::size_t i = 0; i < list.items().size(); ++i) {
        BOOST_OUTCOME_TRY(const ReadStep read,
                          read_step(list.items()[i], "script[" + std::to_string(i) + "]"));
        if (script.size() + static_cast<std::size_t>(read.times) > script_steps_max)
            return ledger::Error{ledger::Errc::overloaded, "the script is too long", "script"};
        script.insert(script.end(), static_cast<std::size_t>(read.times), read.step);
    }
    return script;
}

}  // namespace tools::brokersim
