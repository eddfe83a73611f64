// Carries durable intents to the brokers and their outcomes back into the log: the outbox decides
// what may go, the core makes each attempt durable, and only then is a request sent. All members
// are called on the executor, which runs one thread. Once an attempt is under way the executor may
// not run again after this is destroyed.
#pragma once

#include "executors/book_reader.h"
#include "executors/broker_desk.h"
#include "executors/circuit_breaker.h"
#include "executors/dispatch_counters.h"
#include "executors/outbox.h"
#include "executors/outcome_recorder.h"
#include "executors/scheduler.h"
#include "ledger/clock.h"
#include "ledger/random.h"
#include "ledger/sequencer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace executors {

// All must outlive the dispatcher.
struct DispatcherPorts {
    ledger::Sequencer& sequencer;
    AccountDirectory& directory;
    Scheduler& scheduler;
    ledger::Random& random;
    const ledger::Clock& clock;  // the one that stamps events, for latencies
};

struct DispatcherSettings {
    std::size_t requests_max = 512;  // order requests at once, over all brokers
    std::int64_t stop_patience_ns = 10'000'000'000;
    RetryPolicy retry;
    BreakerSettings breaker;
    BookReaderSettings books;
};

class Dispatcher {
  public:
    Dispatcher(boost::asio::any_io_executor executor, DispatcherPorts ports,
               const std::vector<Broker>& brokers, DispatcherSettings settings = {});

    // Once, with the fold of all that is durable: takes up what waits, and looks into every attempt
    // that a former process left without an outcome.
    void start(const ledger::replication::State& state);

    // Every batch behind that state, in order. The sequencer's observers are called before its
    // callers are answered, so a post from there arrives ahead of the receipts.
    void on_committed(const ledger::Sequencer::EventBatch& batch);

    // Begins nothing more, and returns when all that is at the brokers is answered and recorded, or
    // patience is over. What is unanswered then is in doubt at the next start. Must be called
    // before the sequencer stops.
    [[nodiscard]] boost::asio::awaitable<void> stop();

    [[nodiscard]] DispatchCounters counters() const;

  private:
    void pump();
    void claim_ready(std::int64_t now_ns);
    void submit_claim(const Claim& claim, std::int64_t now_ns);
    void take_refusal(const Claim& claim, const ledger::Result<ledger::Receipt>& answer);
    void wake_in_time(std::int64_t now_ns);
    boost::asio::awaitable<void> wake(std::int64_t at_ns);
    boost::asio::awaitable<void> carry_out(Send send);
    boost::asio::awaitable<Outcome> ask_broker(const Send& send);
    boost::asio::awaitable<void> record_unknown(ledger::AttemptRef ref, std::string cause);
    void doubt(const ledger::AttemptRef& ref);

    boost::asio::any_io_executor executor_;
    DispatcherPorts ports_;
    DispatcherSettings settings_;
    BrokerDesks desks_;
    OutcomeRecorder recorder_;
    BookReader books_;
    Outbox outbox_;
    DispatchCounters counters_;
    std::uint64_t sequence_ = 0;   // of the last event taken in
    std::size_t requests_ = 0;     // claims and sends that are not over
    std::int64_t wake_at_ns_ = 0;  // 0: nobody sleeps
    bool started_ = false;
    bool stopping_ = false;
};

}  // namespace executors
