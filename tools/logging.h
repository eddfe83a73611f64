// The process's log: one JSON object a line on standard error, times in UTC.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace tools {

enum class Severity : std::uint8_t { info, warning, error, critical };

// Once, before anything logs.
void start_logging();

void log(Severity severity, std::string_view message);

template <class... Args>
void log_info(fmt::format_string<Args...> message, Args&&... args) {
    log(Severity::info, fmt::format(message, std::forward<Args>(args)...));
}

template <class... Args>
void log_warning(fmt::format_string<Args...> message, Args&&... args) {
    log(Severity::warning, fmt::format(message, std::forward<Args>(args)...));
}

template <class... Args>
void log_error(fmt::format_string<Args...> message, Args&&... args) {
    log(Severity::error, fmt::format(message, std::forward<Args>(args)...));
}

// The process is about to end because of it.
template <class... Args>
void log_critical(fmt::format_string<Args...> message, Args&&... args) {
    log(Severity::critical, fmt::format(message, std::forward<Args>(args)...));
}

}  // namespace tools
