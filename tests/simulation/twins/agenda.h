// What is to happen when, in virtual time: ordered by (time, id), so that equal times keep the
// order in which they were set. The world has one that outlives every crash, each node its own.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace simulation {

inline constexpr std::int64_t ns_per_ms = 1'000'000;
inline constexpr std::int64_t ns_per_second = 1'000 * ns_per_ms;

class Agenda {
  public:
    using Action = std::function<void()>;

    void at(std::int64_t at_ns, Action action) {
        actions_.emplace(std::pair{at_ns, ++ids_}, std::move(action));
    }

    [[nodiscard]] std::optional<std::int64_t> next_ns() const {
        return actions_.empty() ? std::nullopt : std::optional{actions_.begin()->first.first};
    }

    // Requires that there is one.
    void run_next() {
        const Action action = std::move(actions_.extract(actions_.begin()).mapped());
        action();
    }

    void clear() { actions_.clear(); }

  private:
    std::map<std::pair<std::int64_t, std::uint64_t>, Action> actions_;
    std::uint64_t ids_ = 0;
};

// The world's time and what happens in it beyond the node.
class WorldTime {
  public:
    [[nodiscard]] std::int64_t now_ns() const { return now_ns_; }

    void after(std::int64_t delay_ns, Agenda::Action action) {
        agenda_.at(now_ns_ + delay_ns, std::move(action));
    }

    [[nodiscard]] Agenda& agenda() { return agenda_; }

    // Never back.
    void pass_to(std::int64_t at_ns) {
        if (at_ns > now_ns_) now_ns_ = at_ns;
    }

  private:
    std::int64_t now_ns_ = 0;
    Agenda agenda_;
};

}  // namespace simulation
