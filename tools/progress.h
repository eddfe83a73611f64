// A progress bar on standard error, when that is a terminal; otherwise nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tools {

// "importing [########........................] 25 %".
[[nodiscard]] std::string progress_line(std::string_view label, std::uint64_t done,
                                        std::uint64_t total);

class ProgressBar {
  public:
    explicit ProgressBar(std::string label);
    ~ProgressBar();  // leaves the line clean
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // Redraws at most ten times a second.
    void update(std::uint64_t done, std::uint64_t total);

  private:
    const std::string label_;
    const bool shown_;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace tools
