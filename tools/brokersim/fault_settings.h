// How the simulated broker misbehaves, as the configuration's [faults] and POST /sim/faults say it.
#pragma once

#include "ledger/base/result.h"
#include "ledger/text/json_value.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools::brokersim {

enum class Operation : std::uint8_t { place, modify, cancel, read };
inline constexpr std::array<std::string_view, 4> operation_words{"place", "modify", "cancel",
                                                                 "read"};

// What becomes of one request. `answer` is the well-behaved one. "accept" is doing what is asked,
// whichever operation it is.
enum class Behaviour : std::uint8_t {
    answer,
    reject,                // 400, nothing is done
    throttle,              // 429, nothing is done
    drop_before_accept,    // nothing is done, the connection is closed without an answer
    hang_before_accept,    // nothing is done, silence for hang_ms, then closed
    accept_then_drop,      // done, the connection is closed without an answer
    accept_then_hang,      // done, silence for hang_ms, then closed
    accept_then_502,       // done, a gateway's HTML page is the answer
    accept_then_truncate,  // done, the answer breaks off in the middle of its body
    accept_then_reject,    // place only: answered as usual, and rejected by the exchange
};
inline constexpr std::array<std::string_view, 10> behaviour_words{"answer",
                                                                  "reject",
                                                                  "throttle",
                                                                  "drop_before_accept",
                                                                  "hang_before_accept",
                                                                  "accept_then_drop",
                                                                  "accept_then_hang",
                                                                  "accept_then_502",
                                                                  "accept_then_truncate",
                                                                  "accept_then_reject"};

struct Latency {
    enum class Shape : std::uint8_t { none, fixed, uniform, lognormal };
    Shape shape = Shape::none;
    std::int64_t low_ms = 0;   // fixed: the latency; uniform: the least; lognormal: the median
    std::int64_t high_ms = 0;  // uniform: the greatest; lognormal: the 99th percentile

    friend bool operator==(const Latency&, const Latency&) = default;
};

struct OperationFaults {
    Latency latency;  // between doing and answering
    // In millionths, by Behaviour; they add up to at most one, the rest is `answer`.
    std::array<std::uint32_t, behaviour_words.size()> rates{};

    friend bool operator==(const OperationFaults&, const OperationFaults&) = default;
};

struct FaultSettings {
    std::uint64_t seed = 1;
    std::array<OperationFaults, operation_words.size()> operations;
    std::int64_t hang_ms = 60'000;
    std::int64_t visibility_delay_ms = 0;             // a new order is not in the book for so long
    std::uint32_t visibility_delay_rate = 1'000'000;  // of the orders, in millionths
    std::uint32_t repeat_rows_rate = 0;               // of a book's rows
    std::uint32_t shuffle_rows_rate = 0;              // of the answers
    std::int64_t session_requests_max = 0;            // then the session has expired; 0: never

    friend bool operator==(const FaultSettings&, const FaultSettings&) = default;
};

inline constexpr std::size_t script_steps_max = 100'000;

// One request's fate, used up by the first request it fits.
struct ScriptStep {
    Operation operation = Operation::place;
    Behaviour behaviour = Behaviour::answer;
    std::string reference;  // only for this orderUniqueIdentifier; empty: for any
    std::optional<std::int64_t> latency_ms;
    std::optional<std::int64_t> visibility_delay_ms;
};

// What is not named has its default; `path` precedes the names of keys in errors.
[[nodiscard]] ledger::Result<FaultSettings> read_faults(const ledger::text::JsonValue& object,
                                                        const std::string& path);
[[nodiscard]] std::string faults_json(const FaultSettings& settings);

// A list of steps: {"do", "operation", "orderUniqueIdentifier", "latency_ms",
// "visibility_delay_ms", "times"}; all but "do" may be left out.
[[nodiscard]] ledger::Result<std::vector<ScriptStep>> read_script(
    const ledger::text::JsonValue& list);

}  // namespace tools::brokersim
