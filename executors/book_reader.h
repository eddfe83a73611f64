// Reads brokers' books for those who are due, one read per account at a time and a bounded number
// in all, and records what follows: how doubts ended, and news of working orders.
#pragma once

#include "executors/broker_desk.h"
#include "executors/outcome_recorder.h"
#include "executors/reconciler.h"
#include "executors/report_poller.h"
#include "executors/scheduler.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace executors {

struct BookReaderPorts {
    BrokerDesks& desks;
    OutcomeRecorder& recorder;
    Scheduler& scheduler;
};

struct BookReaderSettings {
    ReconcileSchedule reconcile;
    PollSchedule poll;
    std::size_t reads_max = 32;
};

class BookReader {
  public:
    // Told after a verdict is recorded, or was refused.
    using Concluded = std::function<void(const ledger::AttemptRef&)>;
    // Told after a read, when others may have become due.
    using ReadDone = std::function<void()>;

    // The ports must outlive this, and this every coroutine of it.
    BookReader(boost::asio::any_io_executor executor, BookReaderPorts ports,
               BookReaderSettings settings);

    void on_concluded(Concluded concluded) { concluded_ = std::move(concluded); }

    void on_read_done(ReadDone read_done) { read_done_ = std::move(read_done); }

    void restore(const ledger::replication::State& state, std::int64_t now_ns) {
        poller_.restore(state, now_ns);
    }

    // Events must come in the log's order, without a gap.
    void apply(const ledger::Event& event, std::int64_t now_ns);

    void add(Doubt doubt, std::int64_t now_ns) { reconciler_.add(std::move(doubt), now_ns); }

    void start_due(std::int64_t now_ns);
    // Nothing while no read could start anyway.
    [[nodiscard]] std::optional<std::int64_t> next_due_ns() const;

    [[nodiscard]] std::size_t reading() const { return reading_.size(); }

    [[nodiscard]] std::size_t doubts() const { return reconciler_.size(); }

    [[nodiscard]] std::size_t watched() const { return poller_.watched(); }

  private:
    [[nodiscard]] std::optional<ledger::AccountNumber> take_due(std::int64_t now_ns);
    boost::asio::awaitable<void> read(ledger::AccountNumber account);
    boost::asio::awaitable<void> conclude(Verdict verdict);

    boost::asio::any_io_executor executor_;
    BookReaderPorts ports_;
    std::size_t reads_max_;
    Reconciler reconciler_;
    ReportPoller poller_;
    std::set<ledger::AccountNumber> reading_;
    Concluded concluded_;
    ReadDone read_done_;
};

}  // namespace executors
