// The instants of an XTS order book, whose shape varies with the server's version.
#pragma once

#include <cstdint>
#include <string_view>

namespace executors::xts {

// "2020-12-21T14:49:16.0287269", the same with an offset, or "Jun 18 2026 09:20:15": nanoseconds
// since the Unix epoch. Without an offset it is the exchange's time, UTC+05:30. What is finer than
// a nanosecond is dropped. 0 for "1980-01-01...", which is XTS for none, and for the unreadable.
[[nodiscard]] std::int64_t parse_time(std::string_view text);

}  // namespace executors::xts
