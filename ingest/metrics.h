// What GET /metrics shows, in Prometheus' text format. Counting is safe from any thread.
#pragma once

#include "ingest/http/server.h"
#include "ledger/model/event.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
}

namespace ingest {

class Metrics {
  public:
    Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    ~Metrics();

    // Requests of one route by the class of their answer's status.
    class Route {
      public:
        void count(int status) const;

      private:
        friend class Metrics;
        std::array<prometheus::Counter*, 6> by_class_{};  // 0 and 1 are unused
    };

    // "POST /api/masters"; each route once. Valid as long as the metrics.
    [[nodiscard]] Route route(std::string_view name);

    void count_webhook_duplicate();
    void count_webhook_conflict();
    // From a command's submission to its receipt.
    void observe_commit(std::int64_t elapsed_ns);
    // An observer of the sequencer: events by kind since the start, and the last sequence.
    void count_events(const std::vector<ledger::Event>& committed);

    // What is read only when somebody asks.
    struct Readings {
        std::size_t queued_commands = 0;
        std::optional<http::Counters> http;
    };

    [[nodiscard]] std::string text(const Readings& readings) const;

  private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace ingest
