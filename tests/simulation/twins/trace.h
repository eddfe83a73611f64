// What happened, line by line, for whoever asked to hear it. A run that nobody listens to formats
// nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace simulation {

class Trace {
  public:
    using Listener = std::function<void(const std::string& line)>;

    explicit Trace(Listener listener = {}) : listener_(std::move(listener)) {}

    [[nodiscard]] bool on() const { return static_cast<bool>(listener_); }

    template <class... Args>
    void say(std::int64_t at_ns, fmt::format_string<Args...> text, Args&&... args) const {
        if (!on()) return;
        constexpr std::int64_t ns_per_s = 1'000'000'000;
        listener_(fmt::format("{:>5}.{:09} {}", at_ns / ns_per_s, at_ns % ns_per_s,
                              fmt::format(text, std::forward<Args>(args)...)));
    }

  private:
    Listener listener_;
};

}  // namespace simulation
