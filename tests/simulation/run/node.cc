#include "tests/simulation/run/node.h"

#include "executors/spawn.h"
#include "tests/simulation/run/event_line.h"
#include "tests/simulation/run/planted_state.h"
#include "tests/simulation/twins/sim_vault.h"

#include <chrono>
#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

namespace simulation {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using ledger::Errc;
using ledger::Error;
using ledger::Receipt;
using ledger::Result;
using projections::LedgerView;

// Where the accounts are, as the live projection knows it; now and then it cannot say.
class Node::Directory final : public executors::AccountDirectory {
  public:
    Directory(const LedgerView& view, Dice& dice, PerMille locked)
        : view_(view), dice_(dice), locked_(locked) {}

    [[nodiscard]] Result<std::shared_ptr<const executors::AccountAccess>> open(
        ledger::AccountNumber number) override {
        if (dice_.chance(locked_)) return Error{Errc::unavailable, "the vault is locked", {}};
        const auto* account = view_.state().account(number);
        if (account == nullptr) return Error{Errc::not_found, "there is no such account", {}};
        auto access = std::make_shared<executors::AccountAccess>();
        access->broker = account->identity.broker;
        access->account.account = number.value();
        access->account.code = account->identity.broker_account;
        const Sealing sealing{account->identity.broker_account, account->erasures};
        BOOST_OUTCOME_TRY(access->account.credentials,
                          unseal(sealing, account->profile.sealed_credentials));
        return std::shared_ptr<const executors::AccountAccess>{std::move(access)};
    }

  private:
    const LedgerView& view_;
    Dice& dice_;
    PerMille locked_;
};

namespace {

executors::DispatcherSettings dispatcher_settings(const NodeSettings& settings) {
    executors::DispatcherSettings dispatcher;
    dispatcher.requests_max = settings.requests_max;
    return dispatcher;
}

// The event as a live view takes it in that overlooks what a fill adds.
ledger::Event without_fill(ledger::Event event) {
    if (auto* report = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
        report->last_qty = {};
    }
    return event;
}

}  // namespace

Node::Node(NodeSurroundings around, std::unique_ptr<SimJournal> journal, LedgerView view,
           const NodeSettings& settings, std::uint64_t seed)
    : around_(around),
      scheduler_(around.time),
      random_(seed, 'n'),
      journal_(std::move(journal)),
      view_(std::move(view)),
      directory_(std::make_unique<Directory>(view_, random_, around.faults.directory_locked)),
      sequencer_(std::make_unique<ledger::Sequencer>(
          *journal_, around.wall, as_taken_in(view_.state(), around.bug), around.policy,
          ledger::SequencerLimits{.queued_commands_max = settings.queued_commands_max,
                                  .batch_commands_max = settings.batch_commands_max})),
      dispatcher_(std::make_unique<executors::Dispatcher>(
          io_.get_executor(),
          executors::DispatcherPorts{*sequencer_, *directory_, scheduler_, random_, around.wall},
          connect(settings), dispatcher_settings(settings))) {
    sequencer_->observe([this](const ledger::Sequencer::EventBatch& batch) {
        fold(batch);
        asio::post(io_, [this, batch] { dispatcher_->on_committed(batch); });
    });
    dispatcher_->start(sequencer_->state());
}

// The dispatcher and whatever waits go before the executor they wait on.
Node::~Node() {
    around_.record.writes_after_failure += journal_->writes_after_failure();
}

std::vector<executors::Broker> Node::connect(const NodeSettings& settings) {
    std::vector<executors::Broker> brokers;
    for (SimBroker& broker : around_.brokers) {
        gateways_.emplace_back(GatewayPorts{.broker = broker,
                                            .scheduler = scheduler_,
                                            .record = around_.record,
                                            .durable = [this] { return journal_->last_sequence(); },
                                            .bug = around_.bug});
        executors::BrokerLimits limits;
        limits.account_orders_per_second = settings.account_orders_per_second;
        limits.visibility_window_ms = lateness::window_ms;
        limits.can_look_up = broker.traits().shows_references;
        brokers.push_back({broker.traits().name, gateways_.back(), limits});
    }
    return brokers;
}

void Node::fold(const ledger::Sequencer::EventBatch& batch) {
    for (const ledger::Event& event : *batch) {
        if (around_.trace.on()) {
            around_.trace.say(around_.time.now_ns(), "log: {}", line_of(event));
        }
        const bool blind = around_.bug == PlantedBug::view_misses_fills;
        view_.apply(blind ? without_fill(event) : event);
    }
}

bool Node::run_handler() {
    io_.restart();
    return io_.poll_one() > 0;
}

bool Node::commit() {
    if (over() || sequencer_->queued_commands() == 0) {
        if (draining_ && sequencer_->queued_commands() == 0) over_ = true;
        return false;
    }
    const auto more = sequencer_->run_once(0ms);
    if (!more && !died()) {
        around_.trace.say(around_.time.now_ns(), "node: {}", more.error().detail);
        failed_ = true;
        // Production posts the failure to the executor, which may have work before it.
        asio::post(io_, [this] { over_ = true; });
    }
    return true;
}

void Node::stop() {
    asio::co_spawn(io_, dispatcher_->stop(), [this](const std::exception_ptr& thrown) {
        LEDGER_ASSERT(thrown == nullptr);
        sequencer_->stop();
        draining_ = true;
    });
}

bool Node::submit(ledger::Command command, ledger::Sequencer::Completion completion) {
    if (over()) return false;
    auto told = [this, done = std::move(completion)](const Result<Receipt>& answer) {
        if (died()) return;
        if (failed() && answer) ++around_.record.answers_after_failure;
        done(answer);
    };
    return sequencer_->submit(std::move(command), std::move(told));
}

const ledger::replication::State* Node::writer_state() const {
    const bool unknown = failed() || died() || is_in_writer(around_.bug);
    return unknown ? nullptr : &sequencer_->state();
}

}  // namespace simulation
