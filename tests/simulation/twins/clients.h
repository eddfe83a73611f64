// Whoever asks the ledger over HTTP: each request is handed in until it is answered, so at least
// once, and now and then again after that.
#pragma once

#include "ledger/sequencer.h"
#include "tests/simulation/run/record.h"
#include "tests/simulation/twins/agenda.h"
#include "tests/simulation/twins/dice.h"
#include "tests/simulation/twins/trace.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>

namespace simulation {

struct Request {
    enum class Wrong { no, asks_nonsense, contradicts };

    ledger::Command command;
    std::string what;                  // for the trace
    std::optional<std::size_t> after;  // the request that must be answered first
    bool answered = false;
    bool taken = false;     // once at least
    bool recorded = false;  // by an event; what changes nothing is not
    bool never_sent = false;
    Wrong wrong = Wrong::no;  // must be refused whenever it comes
};

class Clients {
  public:
    // False where there is no node, or its queue is full.
    using Submit = std::function<bool(ledger::Command, ledger::Sequencer::Completion)>;

    Clients(WorldTime& time, std::uint64_t seed, Record& record, Trace& trace, Submit submit)
        : time_(time),
          dice_(seed, 'c'),
          record_(record),
          trace_(trace),
          submit_(std::move(submit)) {}

    // The number of the request, which is first handed in after that delay.
    std::size_t ask(Request request, std::int64_t delay_ns);
    // Once more, whatever was answered.
    void ask_again(std::size_t request, std::int64_t delay_ns);

    [[nodiscard]] const std::deque<Request>& requests() const { return requests_; }

    [[nodiscard]] std::size_t open() const { return open_; }

  private:
    void deliver(std::size_t number);
    void take_answer(std::size_t number, const ledger::Result<ledger::Receipt>& answer);

    WorldTime& time_;
    Dice dice_;
    Record& record_;
    Trace& trace_;
    Submit submit_;
    std::deque<Request> requests_;
    std::size_t open_ = 0;
};

}  // namespace simulation
