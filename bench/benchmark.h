// What every benchmark is given, and the list of them.
#pragma once

#include "bench/report.h"
#include "bench/work_directory.h"
#include "ledger/base/result.h"

#include <cstdint>
#include <string>

namespace bench {

struct Setting {
    const WorkDirectory& work;
    Report& report;
    std::string copyledger;  // the binary beside this one
    std::string self;        // this one
    bool quick = false;
    std::uint64_t past_events = 0;  // of the log of `past`; 0: its own two

    // How long a row is measured, after a warm-up of a tenth of that.
    [[nodiscard]] std::int64_t row_ns() const { return quick ? 800'000'000 : 3'000'000'000; }
};

// Each may run by itself, and compares with limits that it measures itself.
[[nodiscard]] ledger::Result<void> run_machine(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_fanout(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_webhooks(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_append(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_replay(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_past(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_decide(const Setting& setting);
[[nodiscard]] ledger::Result<void> run_memory(const Setting& setting);

}  // namespace bench
