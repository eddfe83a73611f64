// How long orders took, as a picture: an inline SVG.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

// "1.25" milliseconds of the nearest rank, in hundredths of a percent (9900: the 99th percentile);
// empty where there are no values.
[[nodiscard]] std::string percentile_ms(std::vector<std::int64_t> values_ns, std::size_t rank);

// A bar for each power of two of microseconds, from the least that occurs to the greatest.
[[nodiscard]] std::string latency_picture(std::string_view title,
                                          const std::vector<std::int64_t>& values_ns);

}  // namespace tools
