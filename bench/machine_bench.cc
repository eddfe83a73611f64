// What disk and memory can do without a ledger: every other row is to be read beside these.
#include "bench/benchmark.h"
#include "bench/plain_file.h"
#include "bench/process_use.h"
#include "ledger/base/byte_size.h"
#include "ledger/random.h"

#include <array>
#include <cstring>
#include <numeric>
#include <vector>

#include <fmt/format.h>

namespace bench {

using ledger::Result;

namespace {

constexpr std::size_t record_bytes = 200;

Result<void> measure_disk(const Setting& setting, std::size_t records) {
    BOOST_OUTCOME_TRY(PlainFile file, PlainFile::create(setting.work.fresh("machine-disk")));
    const std::string record(record_bytes, 'r');
    Latencies latencies;
    const double cpu_before = cpu_seconds();
    const std::int64_t start_ns = now_ns();
    std::int64_t now = start_ns;
    while (now - start_ns < setting.row_ns() / 2) {
        for (std::size_t i = 0; i < records; ++i) file.add(record);
        const std::int64_t before = now_ns();
        BOOST_OUTCOME_TRYV(file.commit());
        now = now_ns();
        latencies.add(now - before);
    }
    const Spread spread = latencies.spread();
    setting.report.add(
        {.name = fmt::format("machine/disk/{}", records),
         .conditions = fmt::format("write and fdatasync of {} records of {} bytes at the end of a "
                                   "growing file, one thread; latency of one such pair",
                                   records, record_bytes),
         .latency = spread,
         .figure = static_cast<double>(spread.count * records) / to_seconds(now - start_ns),
         .unit = "records/s",
         .cpu_seconds = cpu_seconds() - cpu_before,
         .limit = {},
         .aim = {}});
    return boost::outcome_v2::success();
}

void measure_copying(const Setting& setting) {
    constexpr std::size_t bytes = 256 * ledger::mib;
    std::vector<char> from(bytes, 'm');
    std::vector<char> to(bytes);
    const double cpu_before = cpu_seconds();
    const std::int64_t start_ns = now_ns();
    std::size_t rounds = 0;
    while (now_ns() - start_ns < setting.row_ns() / 4) {
        from[rounds % bytes] = static_cast<char>(rounds);
        std::memcpy(to.data(), from.data(), bytes);
        ++rounds;
    }
    const double seconds = to_seconds(now_ns() - start_ns);
    setting.report.add({.name = "machine/memory/copy",
                        .conditions = "memcpy of 256 MiB, one thread",
                        .latency = {},
                        .figure = static_cast<double>(rounds * bytes) / seconds / 1e9,
                        .unit = "GB/s",
                        .cpu_seconds = cpu_seconds() - cpu_before,
                        .limit = {},
                        .aim = {}});
}

// Each look-up's place follows from the one before, so that none can start early.
void measure_look_ups(const Setting& setting) {
    constexpr std::size_t places = std::size_t{32} * 1024 * 1024;
    std::vector<std::uint32_t> next(places);
    std::iota(next.begin(), next.end(), 0U);
    ledger::SeededRandom random{1};
    // Sattolo's shuffle makes one cycle of them all.
    for (std::size_t i = places - 1; i > 0; --i) std::swap(next[i], next[random.next() % i]);
    const double cpu_before = cpu_seconds();
    const std::int64_t start_ns = now_ns();
    std::uint64_t looked = 0;
    std::uint32_t at = 0;
    while (now_ns() - start_ns < setting.row_ns() / 4) {
        constexpr int between_looks_at_the_clock = 4096;
        for (int i = 0; i < between_looks_at_the_clock; ++i) at = next[at];
        looked += between_looks_at_the_clock;
    }
    const double seconds = to_seconds(now_ns() - start_ns);
    setting.report.add({.name = "machine/memory/random",
                        .conditions = fmt::format("dependent reads at random in 128 MiB, one "
                                                  "thread: {:.0f} ns each (ended at {})",
                                                  seconds * 1e9 / static_cast<double>(looked), at),
                        .latency = {},
                        .figure = static_cast<double>(looked) / seconds,
                        .unit = "reads/s",
                        .cpu_seconds = cpu_seconds() - cpu_before,
                        .limit = {},
                        .aim = {}});
}

}  // namespace

Result<void> run_machine(const Setting& setting) {
    for (const std::size_t records : std::array<std::size_t, 5>{1, 16, 64, 512, 4096}) {
        BOOST_OUTCOME_TRYV(measure_disk(setting, records));
    }
    measure_copying(setting);
    measure_look_ups(setting);
    return boost::outcome_v2::success();
}

}  // namespace bench
