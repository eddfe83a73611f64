#include "tools/latency_picture.h"

#include "ledger/text/decimal.h"
#include "tools/html_text.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

namespace tools {

namespace {

constexpr std::int64_t ns_per_us = 1000;
constexpr std::size_t buckets = 40;  // 2^40 us are twelve days

// Of the picture, in its own units.
constexpr std::size_t bar_width = 34;
constexpr std::size_t bar_height_max = 120;
constexpr std::size_t top = 30;
constexpr std::size_t bottom = 34;

using Counts = std::array<std::size_t, buckets>;

std::size_t bucket_of(std::int64_t ns) {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(ns / ns_per_us, 0));
    return std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(us)), buckets - 1);
}

// "1 ms" for the bucket that ends below it.
std::string bound_text(std::size_t bucket) {
    const std::uint64_t us = std::uint64_t{1} << bucket;
    if (us < 1000) return fmt::format("{} µs", us);
    if (us < 1'000'000) return fmt::format("{} ms", us / 1000);
    return fmt::format("{} s", us / 1'000'000);
}

std::string bar(std::size_t place, std::size_t bucket, std::size_t count, std::size_t most) {
    const std::size_t height = std::max<std::size_t>(count * bar_height_max / most, count > 0);
    const std::size_t x = place * bar_width + 4;
    const std::size_t y = top + bar_height_max - height;
    std::string out =
        fmt::format(R"(<rect x="{}" y="{}" width="{}" height="{}"/>)", x, y, bar_width - 4, height);
    const std::size_t middle = x + (bar_width - 4) / 2;
    if (count > 0) {
        out += fmt::format(R"(<text x="{}" y="{}" class="n">{}</text>)", middle, y - 4, count);
    }
    out += fmt::format(R"(<text x="{}" y="{}" class="n">{}</text>)", middle,
                       top + bar_height_max + 14, bound_text(bucket));
    return out + "\n";
}

}  // namespace

std::string percentile_ms(std::vector<std::int64_t> values_ns, std::size_t rank) {
    constexpr std::size_t whole = 10'000;
    constexpr int us_to_ms = 3;
    if (values_ns.empty()) return {};
    const std::size_t at = std::min(values_ns.size() - 1, values_ns.size() * rank / whole);
    std::ranges::nth_element(values_ns, values_ns.begin() + static_cast<std::ptrdiff_t>(at));
    return ledger::text::format_scaled(values_ns[at] / ns_per_us, us_to_ms);
}

std::string latency_picture(std::string_view title, const std::vector<std::int64_t>& values_ns) {
    if (values_ns.empty()) return "<p>" + escaped(title) + ": none.</p>\n";
    Counts counts{};
    for (const std::int64_t ns : values_ns) ++counts.at(bucket_of(ns));
    const std::size_t most = *std::ranges::max_element(counts);
    std::size_t first = 0;
    while (counts.at(first) == 0) ++first;
    std::size_t last = buckets - 1;
    while (counts.at(last) == 0) --last;
    const std::size_t width = std::max<std::size_t>((last - first + 1) * bar_width + 8, 420);
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
        "height=\"{1}\" role=\"img\">\n<title>{2}</title>\n<text x=\"4\" y=\"14\">{2}; each bar: "
        "below the time under it</text>\n",
        width, top + bar_height_max + bottom, escaped(title));
    for (std::size_t bucket = first; bucket <= last; ++bucket) {
        out += bar(bucket - first, bucket, counts.at(bucket), most);
    }
    return out + "</svg>\n";
}

}  // namespace tools
