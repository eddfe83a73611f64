// Draws each request's fate from the settings, or takes it from the script. Pure: the same seed and
// the same requests give the same fates.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/fault_settings.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace tools::brokersim {

struct Fate {
    Behaviour behaviour = Behaviour::answer;
    std::int64_t latency_ms = 0;
    std::int64_t visibility_delay_ms = 0;

    friend bool operator==(const Fate&, const Fate&) = default;
};

class Misbehaviour {
  public:
    explicit Misbehaviour(const FaultSettings& settings) : settings_(settings) {}

    // Starts the seed's sequences again; the script stays.
    void set(const FaultSettings& settings);

    [[nodiscard]] const FaultSettings& settings() const { return settings_; }

    // overloaded, with nothing added, beyond script_steps_max.
    [[nodiscard]] ledger::Result<void> add_script(const std::vector<ScriptStep>& steps);

    [[nodiscard]] std::size_t script_steps() const { return script_.size(); }

    // `reference` is the request's orderUniqueIdentifier, empty where it has none. A step for this
    // reference goes before one for any.
    [[nodiscard]] Fate next_fate(Operation operation, std::string_view reference);
    // The rows of an answer in the order in which to show them, some of them twice.
    [[nodiscard]] std::vector<std::size_t> row_order(std::size_t rows);

    // How many requests met each behaviour, by Operation and Behaviour.
    using Counts =
        std::array<std::array<std::uint64_t, behaviour_words.size()>, operation_words.size()>;

    [[nodiscard]] const Counts& counts() const { return counts_; }

  private:
    [[nodiscard]] Fate draw(Operation operation, std::uint64_t number) const;
    [[nodiscard]] std::optional<ScriptStep> take_step(Operation operation,
                                                      std::string_view reference);

    FaultSettings settings_;
    std::deque<ScriptStep> script_;
    std::array<std::uint64_t, operation_words.size()> drawn_{};
    std::uint64_t row_orders_ = 0;
    Counts counts_{};
};

// A latency with the shape's distribution; `point` is uniform in 0..9,999.
[[nodiscard]] std::int64_t latency_at(const Latency& latency, std::uint64_t point);

}  // namespace tools::brokersim
