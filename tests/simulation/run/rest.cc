// The end of a run: the faults cease, what is under way ends, and what must hold then is checked.
#include "ledger/log/memory_journal.h"
#include "ledger/replication/order_status.h"
#include "tests/simulation/checkers/as_of_checker.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/simulation.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace simulation {

using namespace std::chrono_literals;
using ledger::Event;
using ledger::EventId;

namespace {

constexpr std::int64_t patience_ns = 1'800 * ns_per_second;
constexpr std::int64_t late_news_ns = 30 * ns_per_second;  // late fills and looks for them
constexpr std::uint64_t steps_max = 400'000;
constexpr int waits_max = 4;  // for orders that only have to fill

bool is_settled_fact(const Request& request) {
    const auto* report = std::get_if<ledger::ReportMasterOrder>(&request.command.payload);
    const bool numbered =
        report != nullptr && report->report.version.kind != ledger::SourceVersion::Kind::revision;
    return request.recorded && (numbered || !request.command.idempotency_key.is_zero());
}

}  // namespace

bool Simulation::at_rest() const {
    if (!node_ || clients_.open() > 0) return false;
    const auto& orders = node_->view().state().follower_orders;
    if (std::ranges::any_of(orders, ledger::replication::is_pending)) return false;
    const auto counters = node_->counters();
    return counters.in_flight == 0 && counters.in_doubt == 0;
}

void Simulation::pass_at_rest(std::int64_t duration_ns) {
    const std::int64_t end_ns = time_.now_ns() + duration_ns;
    const std::uint64_t end_step = verdict_.figures.steps + steps_max;
    while (time_.now_ns() < end_ns && verdict_.figures.steps < end_step) {
        if (!verdict_.findings.empty()) return;
        ++verdict_.figures.steps;
        if (node_ && node_->over()) {
            take_down("ends");
        } else if (!node_ || !(node_->run_handler() || node_->commit())) {
            if (!advance()) return;
        }
    }
}

void Simulation::come_to_rest() {
    trace_.say(time_.now_ns(), "the faults cease");
    faults_ = {};
    disk_.full_for = 0;
    dies_at_step_.reset();
    wall_.set_right();
    workload_.end();
    feed_.calm();
    for (SimBroker& broker : brokers_) broker.calm();
    rest();
    if (!inspect(check_at_rest)) return;
    masters_go_flat();
    if (!inspect(check_flat)) return;
    look_back();
    refeed();
    refeed_in_other_orders();
}

// Until nothing is under way any more, at the brokers neither.
void Simulation::rest() {
    const std::int64_t end_ns = time_.now_ns() + patience_ns;
    const std::uint64_t end_step = verdict_.figures.steps + steps_max;
    do {
        pass_at_rest(5 * ns_per_second);
        workload_.resolve_parked();
        workload_.put_accounts_right();
        if (at_rest()) pass_at_rest(late_news_ns);
        if (!verdict_.findings.empty()) return;
    } while (!at_rest() && time_.now_ns() < end_ns && verdict_.figures.steps < end_step);
    if (!at_rest())
        find(fmt::format("rest: {} requests and some orders never end", clients_.open()));
}

bool Simulation::all_done() const {
    return std::ranges::all_of(node_->view().state().follower_orders, [](const auto& order) {
        return ledger::replication::is_terminal(order.status);
    });
}

void Simulation::masters_go_flat() {
    trace_.say(time_.now_ns(), "the masters close what they hold");
    for (SimBroker& broker : brokers_) broker.fill_all();
    while (verdict_.findings.empty() && workload_.go_flat()) {
        rest();
        for (int waits = 0; waits < waits_max && node_ && !all_done(); ++waits) rest();
    }
}

bool Simulation::inspect(void (*check)(const Evidence&, Findings&)) {
    if (!node_ || !verdict_.findings.empty()) return false;
    sample();
    const std::vector<Event> log = read_log(node_->journal());
    const auto view = refold(log);
    if (!view) return false;
    check(evidence(log, *view), verdict_.findings);
    for (const std::string& finding : verdict_.findings)
        trace_.say(time_.now_ns(), "FOUND {}", finding);
    return verdict_.findings.empty();
}

void Simulation::look_back() {
    constexpr std::size_t looks = 3;
    const std::vector<Event> log = read_log(node_->journal());
    if (log.empty()) return;
    std::vector<std::uint64_t> sequences;
    for (std::size_t n = 0; n < looks; ++n) sequences.push_back(1 + dice_.below(log.size()));
    std::ranges::sort(sequences);
    i12_as_of_is_the_prefix(
        log, sequences,
        [&](std::uint64_t sequence) { return as_of(log, snapshots_, sequence, options_.bug); },
        verdict_.findings);
}

// I6: all of it once more, in any order, adds nothing.
void Simulation::refeed() {
    std::vector<const Request*> facts;
    for (const Request& request : clients_.requests()) {
        if (is_settled_fact(request)) facts.push_back(&request);
    }
    dice_.shuffle(facts);
    const std::uint64_t before = node_->journal().last_sequence();
    for (const Request* fact : facts) {
        const auto answered = [&](const ledger::Result<ledger::Receipt>& answer) {
            if (answer && answer.value().duplicate) return;
            find(fmt::format("I6: \"{}\" is no duplicate when it comes again", fact->what));
        };
        if (!node_->submit(fact->command, answered)) continue;
        while (node_->commit()) {
        }
        if (!verdict_.findings.empty()) return;
    }
    if (node_->journal().last_sequence() != before) find("I6: what came again was recorded again");
}

namespace {

using Copies =
    std::map<std::tuple<EventId, ledger::AccountNumber, std::uint32_t>, ledger::OrderTerms>;

// Refuses an order by its price or its quantity.
ledger::SetRiskLimits bound_of(ledger::AccountNumber follower) {
    constexpr std::int64_t value = 10'050 * rupee;  // of the master's order
    ledger::SetRiskLimits bound;
    bound.account = follower;
    bound.limits.max_order_value = ledger::Money{value / follower.value()};
    return bound;
}

// A ledger of its own, where no order is ever sent: what a master's reports come to.
class Bench {
  public:
    explicit Bench(const WorldTime& time)
        : wall_(time), sequencer_(journal_, wall_, {}, ledger::replication::Policy{}) {}

    void ask(const ledger::CommandPayload& payload) {
        ledger::Command command;
        command.payload = payload;
        const bool taken = sequencer_.submit(std::move(command), [](const auto&) {});
        LEDGER_ASSERT(taken && sequencer_.run_once(0ms).has_value());
    }

    // What would be sent.
    [[nodiscard]] Copies copies() const {
        Copies out;
        const auto& state = sequencer_.state();
        for (const auto& order : state.follower_orders) {
            if (!order.unsent()) continue;
            out[{state.master_order_of(order).id, order.follower, order.slice}] = order.terms;
        }
        return out;
    }

  private:
    ledger::log::MemoryJournal journal_;
    WallClock wall_;
    ledger::Sequencer sequencer_;
};

}  // namespace

// I7: the reports of one master order in any order come to the same copies. Each order by itself:
// what one reduces depends on what the others opened before it.
void Simulation::refeed_in_other_orders() {
    std::vector<ledger::CommandPayload> stage;
    std::map<std::pair<ledger::AccountNumber, std::string>, std::vector<ledger::CommandPayload>>
        orders;
    for (const Request& request : clients_.requests()) {
        const auto& payload = request.command.payload;
        const bool sets_stage = std::holds_alternative<ledger::OpenAccount>(payload) ||
                                std::holds_alternative<ledger::DefineInstrument>(payload);
        if (sets_stage) stage.push_back(payload);
        const auto* report = std::get_if<ledger::ReportMasterOrder>(&payload);
        if (report == nullptr || !is_settled_fact(request)) continue;
        orders[{report->report.account, report->report.broker_order_id}].push_back(payload);
    }
    for (const auto follower : workload_.cast().followers) {
        if (follower.value() % 2 == 0) stage.emplace_back(bound_of(follower));
    }
    for (const auto master : workload_.cast().masters) {
        for (const auto follower : workload_.cast().followers) {
            ledger::SetLink link;
            link.master = master;
            link.follower = follower;
            link.ratio = ledger::Ratio{1, follower.value()};
            stage.emplace_back(link);
        }
    }
    const auto copies_of = [&](const std::vector<ledger::CommandPayload>& reports) {
        Bench bench{time_};
        for (const auto& payload : stage) bench.ask(payload);
        for (const auto& report : reports) bench.ask(report);
        return bench.copies();
    };
    for (auto& [order, reports] : orders) {
        const auto told = copies_of(reports);
        dice_.shuffle(reports);
        if (told == copies_of(reports)) continue;
        find("I7: another order of deliveries, other copies of " + order.second);
    }
}

}  // namespace simulation
