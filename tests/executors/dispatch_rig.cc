#include "tests/executors/dispatch_rig.h"

#include "ledger/base/assert.h"
#include "ledger/log/record_codec.h"
#include "ledger/replication/evolve.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rig {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t start_ns = 1'700'000'000 * second;
constexpr const char* broker_name = "simulated";

std::vector<ledger::Event> read_log(const ledger::log::MemoryJournal& journal) {
    std::vector<ledger::Event> events;
    const auto visit = [&](ledger::log::SequenceNumber, std::string_view record) {
        events.push_back(ledger::log::decode_record(record).value());
        return true;
    };
    LEDGER_ASSERT(journal.scan(1, journal.last_sequence(), visit).has_value());
    return events;
}

template <class T>
T run_alone(asio::awaitable<T> work) {
    asio::io_context io{1};
    std::optional<T> result;
    asio::co_spawn(io, std::move(work), [&](const std::exception_ptr& thrown, T value) {
        LEDGER_ASSERT(thrown == nullptr);
        result = std::move(value);
    });
    io.run();
    return *std::move(result);
}

}  // namespace

asio::awaitable<void> VirtualTime::sleep_for(std::int64_t duration_ns) {
    asio::steady_timer timer{co_await asio::this_coro::executor,
                             asio::steady_timer::time_point::max()};
    sleepers_.emplace(now_ns_ + duration_ns, &timer);
    static_cast<void>(co_await timer.async_wait(asio::as_tuple(asio::use_awaitable)));
}

bool VirtualTime::pass_to_next(std::int64_t end_ns) {
    if (sleepers_.empty() || sleepers_.begin()->first > end_ns) return false;
    now_ns_ = std::max(now_ns_, sleepers_.begin()->first);
    while (!sleepers_.empty() && sleepers_.begin()->first <= now_ns_) {
        sleepers_.begin()->second->cancel();
        sleepers_.erase(sleepers_.begin());
    }
    return true;
}

ledger::Result<std::shared_ptr<const executors::AccountAccess>> Directory::open(
    ledger::AccountNumber account) {
    if (locked) return ledger::Error{ledger::Errc::unavailable, "the vault is locked", {}};
    auto access = std::make_shared<executors::AccountAccess>();
    access->broker = broker_name;
    access->account.account = account.value();
    return std::shared_ptr<const executors::AccountAccess>{std::move(access)};
}

// What a kill takes away. The order of members is that of creation.
struct Rig::Process {
    Process(Rig& rig, ledger::replication::State state)
        : time(rig.now_ns_),
          random(7),
          sequencer(rig.journal, time, std::move(state), {}, rig.setup_.sequencer),
          dispatcher(io.get_executor(), {sequencer, rig.directory, time, random, time},
                     {{broker_name, rig.broker, rig.setup_.limits}}, rig.setup_.settings) {
        sequencer.observe([this](const ledger::Sequencer::EventBatch& batch) {
            asio::post(io, [this, batch] { dispatcher.on_committed(batch); });
        });
        dispatcher.start(sequencer.state());
    }

    asio::io_context io{1};
    VirtualTime time;
    ledger::SeededRandom random;
    ledger::Sequencer sequencer;
    executors::Dispatcher dispatcher;
};

Rig::Rig(Setup setup)
    : broker([&] {
          auto options = setup.broker;
          options.behaviour = [this, ask = setup.broker.behaviour](const auto& call) {
              calls.push_back(call);
              return ask ? ask(call) : executors::SimulatedConduct::accept;
          };
          return options;
      }()),
      setup_(std::move(setup)),
      now_ns_(start_ns) {
    restart();
    open_accounts(setup_.followers);
}

Rig::~Rig() = default;

void Rig::open_accounts(std::size_t followers) {
    using ledger::AccountRole;
    const auto open = [&](AccountRole role, const std::string& code) {
        submit(ledger::OpenAccount{{role, broker_name, code, code}, {}});
        settle();
        return ledger::AccountNumber{static_cast<std::uint32_t>(state().accounts.size())};
    };
    master_ = open(AccountRole::master, "MASTER");
    for (std::size_t n = 1; n <= followers; ++n) {
        followers_.push_back(open(AccountRole::follower, "F-" + std::to_string(n)));
        ledger::SetLink link;
        link.master = master_;
        link.follower = followers_.back();
        submit(link);
        settle();
    }
}

void Rig::restart() {
    if (process_) now_ns_ = process_->time.now_ns();
    process_.reset();
    ledger::replication::State state;
    for (const ledger::Event& event : log()) ledger::replication::evolve(state, event);
    process_ = std::make_unique<Process>(*this, std::move(state));
}

bool Rig::step() {
    process_->io.restart();
    if (process_->io.poll_one() > 0) return true;
    if (process_->sequencer.queued_commands() == 0) return false;
    LEDGER_ASSERT(process_->sequencer.run_once(0ms).has_value());
    return true;
}

void Rig::settle() {
    while (step()) {
    }
}

void Rig::pass(std::int64_t duration_ns) {
    const std::int64_t end_ns = process_->time.now_ns() + duration_ns;
    settle();
    while (process_->time.pass_to_next(end_ns)) settle();
    process_->time.pass_to(end_ns);
}

bool Rig::comes_to_rest() {
    constexpr int seconds_max = 1'000;
    for (int n = 0; n < seconds_max; ++n) {
        settle();
        const auto& orders = state().follower_orders;
        if (std::ranges::none_of(orders, ledger::replication::is_pending)) return true;
        pass(second);
    }
    return false;
}

void Rig::submit(ledger::CommandPayload payload) {
    ledger::Command command;
    command.actor = "test";
    command.payload = std::move(payload);
    const bool queued = process_->sequencer.submit(
        std::move(command), [](const auto& receipt) { LEDGER_ASSERT(receipt.has_value()); });
    LEDGER_ASSERT(queued);
}

void Rig::reports(ledger::MasterEventType type, const MasterSays& says) {
    ledger::MasterOrderReported report;
    report.account = master_;
    report.broker_order_id = says.order;
    report.type = type;
    report.version = {ledger::SourceVersion::Kind::sequence, ++versions_};
    report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.type = ledger::OrderType::limit;
    report.terms.quantity = ledger::Quantity{says.quantity};
    report.terms.price = ledger::Price{says.price};
    report.channel = "test";
    submit(ledger::ReportMasterOrder{std::move(report)});
}

const ledger::replication::State& Rig::state() const {
    return process_->sequencer.state();
}

const ledger::replication::FollowerOrder& Rig::copy(std::size_t index) const {
    return state().follower_orders[static_cast<ledger::RowIndex>(index)];
}

executors::DispatchCounters Rig::counters() const {
    return process_->dispatcher.counters();
}

std::vector<ledger::Event> Rig::log() const {
    return read_log(journal);
}

executors::BrokerAccount Rig::account(std::size_t follower) const {
    executors::BrokerAccount account;
    account.account = followers_[follower].value();
    return account;
}

std::vector<executors::BookRow> Rig::book(std::size_t follower) {
    const auto owner = account(follower);
    return std::get<executors::BookRead>(run_alone(broker.order_book(owner))).rows;
}

void Rig::place_directly(const executors::PlaceRequest& request, std::size_t follower) {
    const auto owner = account(follower);
    static_cast<void>(run_alone(broker.place(owner, request)));
}

void Rig::stop() {
    asio::co_spawn(process_->io, process_->dispatcher.stop(), asio::detached);
    pass(60 * second);
}

std::size_t Rig::asked(executors::SimulatedVerb verb) const {
    return static_cast<std::size_t>(
        std::ranges::count(calls, verb, &executors::SimulatedCall::verb));
}

}  // namespace rig
