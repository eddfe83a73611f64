// The ledger's HTTP server without a ledger: what a webhook costs before anything is done with it.
#pragma once

#include "bench/benchmark.h"
#include "bench/child_process.h"
#include "ledger/base/result.h"

namespace bench {

// Answers every POST below with as many bytes as a webhook's answer has. Until SIGTERM; prints
// "listening on http://HOST:PORT" when ready.
[[nodiscard]] ledger::Result<void> run_echo_server();

// It as a process of its own.
[[nodiscard]] ledger::Result<ChildProcess> start_echo_server(const Setting& setting);

}  // namespace bench
