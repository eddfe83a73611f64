#include "executors/brokers/xts/xts_time.h"

#include "ledger/text/rfc3339.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

namespace executors::xts {

namespace {

constexpr std::string_view exchange_offset = "+05:30";
constexpr std::size_t decimals_max = 9;
// "2020-12-21T14:49:16"
constexpr std::size_t date_time_length = 19;
// 1980-01-02T00:00:00Z: no broker served here existed before it.
constexpr std::int64_t earliest_ns = 315'619'200'000'000'000;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string_view take_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    return word;
}

std::string two_digits(std::string_view number) {
    return number.size() == 1 ? "0" + std::string{number} : std::string{number};
}

// "Jun 18 2026 09:20:15" as "2026-06-18T09:20:15".
std::optional<std::string> iso_from_words(std::string_view text) {
    const std::string_view name = take_word(text);
    const auto* month = std::ranges::find(months, name);
    if (month == months.end()) return std::nullopt;
    const std::string_view day = take_word(text);
    const std::string_view year = take_word(text);
    const std::string_view time = take_word(text);
    const std::string number = std::to_string(month - months.begin() + 1);
    return std::string{year} + "-" + two_digits(number) + "-" + two_digits(day) + "T" +
           std::string{time};
}

// With at most nine decimals, and with an offset.
std::string completed(std::string_view iso) {
    std::string out{iso.substr(0, date_time_length)};
    std::string_view rest = iso.substr(out.size());
    if (!rest.empty() && rest.front() == '.') {
        const auto* end = std::find_if_not(rest.begin() + 1, rest.end(), is_digit);
        const auto length = static_cast<std::size_t>(end - rest.begin());
        out.append(rest.substr(0, std::min(length, decimals_max + 1)));
        rest.remove_prefix(length);
    }
    return out.append(rest.empty() ? exchange_offset : rest);
}

}  // namespace

std::int64_t parse_time(std::string_view text) {
    const auto iso = iso_from_words(text).value_or(std::string{text});
    const auto instant = ledger::text::parse_rfc3339(completed(iso));
    if (!instant || instant.value() < earliest_ns) return 0;
    return instant.value();
}

}  // namespace executors::xts
