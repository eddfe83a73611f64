// The ledger as `serve` wires it, without HTTP in front: sequencer on its writer's thread,
// projector, dispatcher on an io_context's thread, and the broker that is given.
#pragma once

#include "bench/fanout_watch.h"
#include "executors/asio_scheduler.h"
#include "executors/dispatcher.h"
#include "ledger/base/result.h"
#include "ledger/log/rocksdb_journal.h"
#include "tools/projector.h"
#include "tools/system_ports.h"
#include "tools/writer_thread.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

namespace bench {

using MakeGateway = std::function<ledger::Result<std::unique_ptr<executors::BrokerGateway>>(
    boost::asio::any_io_executor)>;

// Every account is at the one broker, with its code as both keys.
class OneBrokerDirectory final : public executors::AccountDirectory {
  public:
    explicit OneBrokerDirectory(std::size_t followers);

    [[nodiscard]] ledger::Result<std::shared_ptr<const executors::AccountAccess>> open(
        ledger::AccountNumber account) override;

  private:
    std::vector<std::shared_ptr<const executors::AccountAccess>> accesses_;  // by follower
};

class FanoutNode {
  public:
    // With a master and its followers opened and linked, in a fresh directory.
    [[nodiscard]] static ledger::Result<std::unique_ptr<FanoutNode>> start(
        const std::string& directory, std::size_t followers, const MakeGateway& make_gateway);

    FanoutNode(std::unique_ptr<ledger::log::RocksdbJournal> journal, std::size_t followers);
    FanoutNode(const FanoutNode&) = delete;
    FanoutNode& operator=(const FanoutNode&) = delete;
    ~FanoutNode();

    // A new order of the master; returns when every follower's is acknowledged.
    [[nodiscard]] ledger::Result<FanoutTimes> replicate(std::uint64_t order);

  private:
    [[nodiscard]] ledger::Result<void> open_accounts();
    [[nodiscard]] ledger::Result<void> run(const MakeGateway& make_gateway);
    void stop();

    const std::size_t followers_;
    std::unique_ptr<ledger::log::RocksdbJournal> journal_;
    tools::SystemClock clock_;
    tools::SystemRandom random_;
    executors::AsioScheduler scheduler_;
    OneBrokerDirectory directory_;
    FanoutWatch watch_;
    ledger::Sequencer sequencer_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
    std::unique_ptr<executors::BrokerGateway> gateway_;  // before the context, as gateways ask
    std::optional<tools::Projector> projector_;
    std::optional<executors::Dispatcher> dispatcher_;
    std::optional<tools::WriterThread> writer_;
    std::thread thread_;
};

}  // namespace bench
