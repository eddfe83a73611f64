#include "tools/progress.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <unistd.h>

namespace tools {

std::string progress_line(std::string_view label, std::uint64_t done, std::uint64_t total) {
    constexpr std::uint64_t width = 32;
    // What grows while it is read can be further than its end was.
    const std::uint64_t percent = total == 0 ? 0 : std::min<std::uint64_t>(100 * done / total, 100);
    const auto filled = static_cast<std::size_t>(width * percent / 100);
    std::string line{label};
    line += " [" + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
    return line + std::to_string(percent) + " %";
}

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), shown_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::update(std::uint64_t done, std::uint64_t total) {
    constexpr std::chrono::milliseconds redraw_period{100};
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || total == 0 || now < next_) return;
    next_ = now + redraw_period;
    drawn_ = true;
    std::fputs(("\r" + progress_line(label_, done, total)).c_str(), stderr);
}

}  // namespace tools
