// The process's log: one JSON object a line on standard error, times in UTC.
#pragma once

namespace tools {

// Once, before anything logs.
void start_logging();

}  // namespace tools
