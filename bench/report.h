// The rows that the benchmarks bring, as a table for people and as JSON for programs.
#pragma once

#include "bench/latencies.h"
#include "ledger/base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace bench {

// What the machine does without a ledger under the same conditions.
struct Limit {
    std::string what;  // "plain file, events/s"
    double value = 0;
    double ratio = 0;  // the row's own figure, as a multiple of it
};

// What was aimed at, and whether it was reached.
struct Aim {
    std::string text;
    bool met = false;
};

struct Row {
    std::string name;        // "append/journal/64"
    std::string conditions;  // what a person must know to read the figures
    std::optional<Spread> latency;
    double figure = 0;       // in `unit`
    std::string unit;        // "per second", "bytes per event", ...
    double cpu_seconds = 0;  // 0: not measured
    std::optional<Limit> limit;
    std::optional<Aim> aim;
};

class Report {
  public:
    // Says on standard error that the row is there.
    void add(Row row);

    // nullptr where there is none of that name.
    [[nodiscard]] const Row* find(const std::string& name) const;

    // On standard output.
    void print_table() const;
    [[nodiscard]] std::string json() const;

  private:
    std::vector<Row> rows_;
};

// The ratio of two rates or times; 0 where there is nothing to compare with.
[[nodiscard]] double ratio_of(double own, double limit);

// Writes the JSON where the path says, "-" being standard output.
[[nodiscard]] ledger::Result<void> write_json(const Report& report, const std::string& path);

}  // namespace bench
