// ExecutionReports as FIX 4.4 messages, in its tag=value encoding.
#pragma once

#include "projections/execution_report.h"

#include <cstdint>
#include <string>

namespace tools {

inline constexpr char fix_delimiter = '\x01';

// A whole message with header and trailer. SendingTime is when the event was recorded, so that the
// same event always makes the same bytes; `number` is its MsgSeqNum, from 1.
[[nodiscard]] std::string fix_message(const projections::ExecutionReport& report,
                                      std::uint64_t number);

// "20261121-09:15:00.123": UTC, rounded down to milliseconds.
[[nodiscard]] std::string fix_timestamp(std::int64_t unix_ns);

}  // namespace tools
