// The simulated broker as a whole, without its HTTP routes: orders, sessions, faults, journal.
#pragma once

#include "ingest/http/response.h"
#include "ledger/base/result.h"
#include "tools/brokersim/accepted_journal.h"
#include "tools/brokersim/exchange.h"
#include "tools/brokersim/misbehaviour.h"
#include "tools/brokersim/order_store.h"
#include "tools/brokersim/sim_config.h"
#include "tools/brokersim/sim_sessions.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

namespace tools::brokersim {

// One thread: the io_context's, which must not outlive the broker while coroutines run.
class Broker {
  public:
    // Reads the journal back. Errors are those of JournalFile::open.
    [[nodiscard]] static ledger::Result<std::unique_ptr<Broker>> open(
        const boost::asio::any_io_executor& executor, const SimConfig& config,
        AcceptedJournal::OnFailure on_failure);

    Broker(boost::asio::any_io_executor executor, const SimConfig& config,
           std::uint64_t token_seed);
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    // Does what is asked and makes the answer.
    using Act = std::function<ingest::http::Response(const Fate&)>;

    // Carries the fate out: `act` is called unless nothing is to be done, and its answer leaves,
    // if it does, after the journal has everything that it says.
    [[nodiscard]] boost::asio::awaitable<ingest::http::Response> carry_out(Fate fate, Act act);

    [[nodiscard]] const SimConfig& config() const { return config_; }

    [[nodiscard]] const OrderStore& store() const { return store_; }

    [[nodiscard]] Exchange& exchange() { return exchange_; }

    [[nodiscard]] SimSessions& sessions() { return sessions_; }

    [[nodiscard]] Misbehaviour& misbehaviour() { return misbehaviour_; }

    [[nodiscard]] AcceptedJournal& journal() { return *journal_; }

    [[nodiscard]] static std::int64_t now_ns();

  private:
    [[nodiscard]] ledger::Result<std::optional<JournalFile>> read_journal();
    [[nodiscard]] ledger::Result<void> set_start_prices();
    [[nodiscard]] boost::asio::awaitable<void> pause(std::int64_t milliseconds);

    boost::asio::any_io_executor executor_;
    SimConfig config_;
    OrderStore store_;
    Exchange exchange_;
    SimSessions sessions_;
    Misbehaviour misbehaviour_;
    std::optional<AcceptedJournal> journal_;  // always there after open()
};

}  // namespace tools::brokersim
