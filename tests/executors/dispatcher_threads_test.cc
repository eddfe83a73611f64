// As in production: the writer on its own thread, the executors on another, real timers.
#include "executors/asio_scheduler.h"
#include "tests/executors/dispatch_rig.h"

#include <set>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

namespace dispatcher_threads_test {

namespace asio = boost::asio;

namespace {

constexpr std::size_t followers = 100;

ledger::Command command(ledger::CommandPayload payload) {
    ledger::Command command;
    command.payload = std::move(payload);
    return command;
}

// Queues a master, its followers and one order of the master's.
void ask_for_orders(ledger::Sequencer& sequencer) {
    const auto ask = [&](ledger::CommandPayload payload) {
        const bool taken = sequencer.submit(command(std::move(payload)), [](const auto&) {});
        REQUIRE(taken);
    };
    const ledger::AccountNumber master{1};
    ask(ledger::OpenAccount{{ledger::AccountRole::master, "simulated", "M", "M"}, {}});
    for (std::uint32_t n = 2; n < followers + 2; ++n) {
        const std::string code = "F-" + std::to_string(n);
        ask(ledger::OpenAccount{{ledger::AccountRole::follower, "simulated", code, code}, {}});
        ledger::SetLink link;
        link.master = master;
        link.follower = ledger::AccountNumber{n};
        ask(link);
    }
    ledger::MasterOrderReported report;
    report.account = master;
    report.broker_order_id = "M-1";
    report.version = {ledger::SourceVersion::Kind::sequence, 1};
    report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
    report.terms.quantity = ledger::Quantity{10};
    ask(ledger::ReportMasterOrder{std::move(report)});
}

// Stops everything once each order is recorded.
void stop_when_done(const std::vector<ledger::Event>& batch, std::size_t& accepted,
                    ledger::Sequencer& sequencer) {
    for (const ledger::Event& event : batch) {
        accepted += std::holds_alternative<ledger::AttemptAccepted>(event.payload) ? 1U : 0U;
    }
    if (accepted == followers) sequencer.stop();
}

}  // namespace

TEST_CASE("orders reach the broker once with a writer on its own thread", "[executors]") {
    ledger::log::MemoryJournal journal;
    rig::Directory directory;
    const rig::VirtualTime clock{rig::second};
    executors::AsioScheduler scheduler;
    ledger::SeededRandom random{1};
    executors::SimulatedOptions options;
    options.behaviour = [](const executors::SimulatedCall& call) {
        const bool lost = call.verb == executors::SimulatedVerb::place && call.number % 10 == 0;
        return lost ? executors::SimulatedConduct::accept_but_unknown
                    : executors::SimulatedConduct::accept;
    };
    executors::SimulatedGateway broker{options};
    asio::io_context io{1};
    auto open = asio::make_work_guard(io);
    ledger::Sequencer sequencer{journal, clock, {}, {}};
    executors::Dispatcher dispatcher{io.get_executor(),
                                     {sequencer, directory, scheduler, random, clock},
                                     {{"simulated", broker, {}}}};
    std::size_t accepted = 0;
    sequencer.observe([&](const ledger::Sequencer::EventBatch& batch) {
        asio::post(io, [&, batch] { dispatcher.on_committed(batch); });
        stop_when_done(*batch, accepted, sequencer);
    });
    dispatcher.start(sequencer.state());
    ask_for_orders(sequencer);

    std::thread executor{[&] { io.run(); }};
    REQUIRE(sequencer.run().has_value());
    asio::post(io, [&] { io.stop(); });
    executor.join();

    std::set<ledger::ClOrdId> references;
    for (const auto& order : broker.accepted()) references.insert(order.request.cl_ord_id);
    CHECK(references.size() == followers);
    CHECK(broker.accepted().size() == followers);
    CHECK(accepted == followers);
}

}  // namespace dispatcher_threads_test
