#include "bench/fanout_node.h"

#include "bench/order_flow.h"
#include "ledger/base/assert.h"
#include "tools/data_directory.h"

#include <future>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace bench {

namespace asio = boost::asio;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::log::RocksdbJournal;

OneBrokerDirectory::OneBrokerDirectory(std::size_t followers) {
    for (std::size_t i = 0; i < followers; ++i) {
        executors::AccountAccess access;
        access.broker = broker_name;
        access.account.account = follower_number(i).value();
        access.account.code = follower_code(i);
        access.account.credentials = {{"appKey", follower_code(i)}, {"secretKey", "s"}};
        accesses_.push_back(std::make_shared<const executors::AccountAccess>(std::move(access)));
    }
}

Result<std::shared_ptr<const executors::AccountAccess>> OneBrokerDirectory::open(
    ledger::AccountNumber account) {
    return accesses_.at(account.value() - follower_number(0).value());
}

Result<std::unique_ptr<FanoutNode>> FanoutNode::start(const std::string& directory,
                                                      std::size_t followers,
                                                      const MakeGateway& make_gateway) {
    BOOST_OUTCOME_TRY(auto journal, RocksdbJournal::open({.directory = directory}));
    auto node = std::make_unique<FanoutNode>(std::move(journal), followers);
    BOOST_OUTCOME_TRYV(node->open_accounts());
    BOOST_OUTCOME_TRYV(node->run(make_gateway));
    return node;
}

FanoutNode::FanoutNode(std::unique_ptr<RocksdbJournal> journal, std::size_t followers)
    : followers_(followers),
      journal_(std::move(journal)),
      directory_(followers),
      watch_(followers),
      sequencer_(*journal_, clock_, {}, {}),
      work_(asio::make_work_guard(context_)) {}

FanoutNode::~FanoutNode() {
    stop();
}

Result<void> FanoutNode::open_accounts() {
    constexpr std::chrono::milliseconds at_once{0};
    const auto queue = [this](ledger::Command command) {
        LEDGER_ASSERT(sequencer_.submit(std::move(command),
                                        [](const auto& done) { LEDGER_ASSERT(done.has_value()); }));
    };
    queue(open_master());
    for (std::size_t i = 0; i < followers_; ++i) queue(open_follower(i));
    for (std::size_t i = 0; i < followers_; ++i) queue(link_follower(i, {1, 1}));
    while (sequencer_.queued_commands() > 0) {
        BOOST_OUTCOME_TRY(sequencer_.run_once(at_once));
    }
    return boost::outcome_v2::success();
}

Result<void> FanoutNode::run(const MakeGateway& make_gateway) {
    BOOST_OUTCOME_TRY(gateway_, make_gateway(context_.get_executor()));
    projections::LedgerView view;
    BOOST_OUTCOME_TRYV(tools::fold(*journal_, journal_->last_sequence(), view));
    projector_.emplace(std::move(view), tools::ProjectorOptions{});
    executors::BrokerLimits limits;
    limits.account_orders_per_second = 0;
    dispatcher_.emplace(
        context_.get_executor(),
        executors::DispatcherPorts{sequencer_, directory_, scheduler_, random_, clock_},
        std::vector{executors::Broker{std::string{broker_name}, *gateway_, limits}});
    sequencer_.observe([this](const ledger::Sequencer::EventBatch& batch) {
        watch_.on_committed(batch);
        projector_->on_committed(batch);
        asio::post(context_, [this, batch] { dispatcher_->on_committed(batch); });
    });
    dispatcher_->start(sequencer_.state());
    writer_.emplace(sequencer_, *journal_, [](const Error& error) {
        fmt::print(stderr, "the journal failed: {}\n", error.detail);
    });
    thread_ = std::thread{[this] { context_.run(); }};
    return boost::outcome_v2::success();
}

void FanoutNode::stop() {
    if (!thread_.joinable()) return;
    asio::co_spawn(context_, dispatcher_->stop(), [this](const std::exception_ptr& thrown) {
        LEDGER_ASSERT(thrown == nullptr);
        context_.stop();
    });
    thread_.join();
    writer_->stop();
}

Result<FanoutTimes> FanoutNode::replicate(std::uint64_t order) {
    auto command = report_of({.order = order});
    watch_.begin();
    const bool taken = sequencer_.submit(std::move(command), [](const auto&) {});
    if (!taken) return Error{Errc::unavailable, "the sequencer takes no command", {}};
    return watch_.wait();
}

}  // namespace bench
