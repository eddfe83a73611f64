#include "ledger/base/kill_point.h"

#include <charconv>
#include <csignal>
#include <optional>
#include <string>

#include <unistd.h>

namespace ledger {

namespace {

std::atomic<std::uint64_t> left{0};  // times that the armed point is still passed

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t count = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, count);
    if (parsed.ec != std::errc{} || parsed.ptr != end || count == 0) return std::nullopt;
    return count;
}

std::string known_names() {
    std::string names;
    for (const auto& word : kill_point_words) {
        names += (names.empty() ? "" : ", ") + std::string{word.text};
    }
    return names;
}

}  // namespace

Result<void> arm_kill_point(std::string_view setting) {
    const std::size_t colon = setting.find(':');
    const std::string_view name = setting.substr(0, colon);
    const auto point = find_word(kill_point_words, name);
    if (!point) {
        return invalid_field("COPYLEDGER_KILL_AT",
                             "there is no '" + std::string{name} + "', only " + known_names());
    }
    const auto count =
        colon == std::string_view::npos ? std::nullopt : parse_count(setting.substr(colon + 1));
    if (!count) {
        return invalid_field("COPYLEDGER_KILL_AT", "must be NAME:COUNT with a count from 1");
    }
    left = *count;
    kill_points::armed = *point;
    return boost::outcome_v2::success();
}

void kill_points::count_down() {
    // SIGKILL reaches every thread before this one comes back from the call.
    if (left.fetch_sub(1) == 1) ::kill(::getpid(), SIGKILL);
}

}  // namespace ledger
