#include "tools/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace tools {

ProgressBar::ProgressBar(std::string label)
    : label_(std::move(label)), shown_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::update(std::uint64_t done, std::uint64_t total) {
    constexpr std::uint64_t width = 32;
    constexpr std::chrono::milliseconds redraw_period{100};
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || total == 0 || now < next_) return;
    next_ = now + redraw_period;
    drawn_ = true;
    const auto filled = static_cast<std::size_t>(width * done / total);
    const std::string bar = std::string(filled, '#') + std::string(width - filled, '.');
    std::fprintf(stderr, "\r%s [%s] %3llu %%", label_.c_str(), bar.c_str(),
                 static_cast<unsigned long long>(100 * done / total));
}

}  // namespace tools
