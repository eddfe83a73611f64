#include "tests/simulation/run/simulation.h"

#include "ledger/log/record_codec.h"
#include "ledger/replication/state_codec.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace simulation {

using ledger::Event;
using projections::LedgerView;

namespace {

ledger::replication::Policy policy_of(std::uint64_t seed) {
    using ledger::replication::UnknownInstrument;
    Dice dice{seed, 'p'};
    ledger::replication::Policy policy;
    policy.require_consent = dice.chance(100);
    if (dice.chance(200)) policy.unknown_instrument = UnknownInstrument::allow;
    if (dice.chance(200)) policy.max_equity_age_ns = 60 * ns_per_second;
    const bool impatient = dice.chance(300);
    if (impatient) policy.max_age_market_ns = 5 * ns_per_second;
    if (impatient) policy.max_age_other_ns = 15 * ns_per_second;
    return policy;
}

Faults faults_of(std::uint64_t seed) {
    Dice dice{seed, 'f'};
    return draw_faults(dice);
}

NodeSettings any_settings(Dice& dice) {
    NodeSettings settings;
    if (dice.chance(200)) settings.queued_commands_max = dice.below(8) + 4;
    if (dice.chance(300)) settings.batch_commands_max = dice.below(4) + 1;
    if (dice.chance(200)) settings.requests_max = dice.below(3) + 1;
    if (dice.chance(300)) settings.account_orders_per_second = dice.chance(500) ? 0 : 2;
    return settings;
}

}  // namespace

std::deque<SimBroker> Simulation::make_brokers(const Options& options, WorldTime& time,
                                               const Faults& faults, Trace& trace) {
    Dice dice{options.seed, 'b'};
    std::deque<SimBroker> brokers;
    const std::int64_t count = dice.between(1, 2);
    for (std::int64_t n = 1; n <= count; ++n) {
        BrokerTraits traits;
        traits.name = "broker" + std::to_string(n);
        traits.shows_references = !dice.chance(150);
        traits.refuses_repeated_reference = dice.chance(200);
        traits.fills = !dice.chance(200);
        traits.clock_step_ns = dice.chance(300) ? ns_per_second : 1;
        traits.seed = dice.next();
        brokers.emplace_back(traits, time, faults.broker, trace);
    }
    return brokers;
}

Simulation::Simulation(Options options)
    : options_(std::move(options)),
      trace_(options_.listener),
      dice_(options_.seed, 's'),
      faults_(faults_of(options_.seed)),
      policy_(policy_of(options_.seed)),
      disk_dice_(options_.seed, 'd'),
      brokers_(make_brokers(options_, time_, faults_, trace_)),
      clients_(time_, options_.seed, record_, trace_,
               [this](ledger::Command command, ledger::Sequencer::Completion completion) {
                   return node_ && node_->submit(std::move(command), std::move(completion));
               }),
      feed_(clients_, time_, options_.seed, faults_.feed, options_.bug),
      workload_({.time = time_,
                 .clients = clients_,
                 .feed = feed_,
                 .brokers = brokers_,
                 .state = [this] { return node_ ? &node_->view().state() : nullptr; }},
                options_.seed) {}

NodeSurroundings Simulation::around() {
    return {.time = time_,
            .wall = wall_,
            .brokers = brokers_,
            .record = record_,
            .trace = trace_,
            .faults = faults_,
            .policy = policy_,
            .bug = options_.bug};
}

Evidence Simulation::evidence(const std::vector<Event>& log, const LedgerView& view) const {
    return {.log = log,
            .view = view,
            .brokers = brokers_,
            .record = record_,
            .requests = clients_.requests(),
            .stories = feed_.stories(),
            .disk = disk_.bytes,
            .secrets = workload_.secrets(),
            .policy = policy_};
}

Verdict Simulation::run() {
    workload_.set_the_stage();
    workload_.go_on();
    boot();
    for (std::uint32_t n = 0; n < options_.steps && verdict_.findings.empty(); ++n) step();
    if (verdict_.findings.empty()) come_to_rest();
    verdict_.figures.virtual_ns = time_.now_ns();
    for (const SimBroker& broker : brokers_)
        verdict_.figures.broker_orders += broker.orders().size();
    if (node_) {
        verdict_.figures.events = node_->view().sequence();
        verdict_.figures.follower_orders = node_->view().state().follower_orders.size();
    }
    node_.reset();
    return std::move(verdict_);
}

void Simulation::find(std::string what) {
    trace_.say(time_.now_ns(), "FOUND {}", what);
    verdict_.findings.push_back(std::move(what));
}

void Simulation::step() {
    ++verdict_.figures.steps;
    if (node_ && node_->over()) return take_down(node_->died() ? "dies in a write" : "ends");
    befall();
    if (node_) {
        step_node();
    } else {
        advance();
    }
}

// What is ready goes before what is due later, but for now and then.
void Simulation::step_node() {
    const std::size_t drawn = dice_.below(8);
    if (drawn < 4 && node_->run_handler()) return;
    if (drawn < 7 && node_->commit()) return;
    if (drawn == 7 && dice_.chance(300) && advance()) return;
    if (node_->run_handler() || node_->commit()) return;
    advance();
}

bool Simulation::advance() {
    Agenda* next = &time_.agenda();
    auto at_ns = next->next_ns();
    if (node_) {
        const auto node_ns = node_->sleepers().next_ns();
        if (node_ns && (!at_ns || *node_ns < *at_ns)) {
            next = &node_->sleepers();
            at_ns = node_ns;
        }
    }
    if (!at_ns) return false;
    time_.pass_to(*at_ns);
    next->run_next();
    return true;
}

void Simulation::befall() {
    const bool now_and_then = dice_.chance(100);
    if (now_and_then && dice_.chance(faults_.clock_jumps)) {
        wall_.jump(dice_.between(-600, 600) * ns_per_second / (dice_.chance(800) ? 100 : 1));
        trace_.say(time_.now_ns(), "the wall clock jumps");
    }
    if (!node_) return;
    if (now_and_then && dice_.chance(40)) sample();
    if (now_and_then && dice_.chance(50)) take_snapshot();
    if (now_and_then && dice_.chance(faults_.stops_cleanly) && dice_.chance(20)) {
        trace_.say(time_.now_ns(), "node: is asked to stop");
        node_->stop();
    }
    const bool doomed = dies_at_step_ && verdict_.figures.steps >= *dies_at_step_;
    if (doomed || (now_and_then && dice_.chance(faults_.dies))) {
        ++verdict_.figures.crashes;
        take_down("is killed");
    }
}

void Simulation::take_down(std::string_view how) {
    verdict_.figures.crashes += node_->died() ? 1U : 0U;
    trace_.say(time_.now_ns(), "node: {}", how);
    dies_at_step_.reset();
    sample();
    node_.reset();
    for (SimBroker& broker : brokers_) broker.cut_calls();
    const bool soon = dice_.chance(700);
    boot_later(dice_.between(1, soon ? 500 : 40'000) * ns_per_ms);
}

void Simulation::boot_later(std::int64_t delay_ns) {
    time_.after(delay_ns, [this] { boot(); });
}

void Simulation::boot() {
    auto journal = SimJournal::open(disk_, {disk_dice_, faults_.journal, options_.bug});
    if (!journal) {
        trace_.say(time_.now_ns(), "node: refuses to start, {}", journal.error().detail);
        return boot_later(dice_.between(1, 500) * ns_per_ms);
    }
    if (dice_.chance(faults_.dies_in_recovery)) {
        trace_.say(time_.now_ns(), "node: is killed before it has started");
        ++verdict_.figures.crashes;
        return boot_later(dice_.between(1, 500) * ns_per_ms);
    }
    ++verdict_.figures.boots;
    const std::vector<Event> log = read_log(*journal.value());
    if (!verdict_.findings.empty()) return;
    auto view = refold(log);
    if (!view) return;
    check_now(evidence(log, *view), verdict_.findings);
    if (dice_.chance(500)) start_from_snapshot(log, *view);
    trace_.say(time_.now_ns(), "node: starts at sequence {}", log.size());
    node_ = std::make_unique<Node>(around(), std::move(journal).value(), *std::move(view),
                                   any_settings(dice_), dice_.next());
    if (dice_.chance(faults_.dies_again)) dies_at_step_ = verdict_.figures.steps + dice_.below(40);
}

std::vector<Event> Simulation::read_log(const ledger::log::Journal& journal) {
    std::vector<Event> log;
    log.reserve(journal.last_sequence());
    const auto visit = [&](ledger::log::SequenceNumber sequence, std::string_view record) {
        auto event = ledger::log::decode_record(record);
        const bool right = event && event.value().sequence == sequence;
        if (right) log.push_back(std::move(event).value());
        if (!right) find(fmt::format("I4: record {} of the log is not what was written", sequence));
        return right;
    };
    if (!journal.scan(1, journal.last_sequence(), visit)) find("I4: the log cannot be read");
    return log;
}

std::optional<LedgerView> Simulation::refold(const std::vector<Event>& log) {
    LedgerView view;
    auto sample = record_.samples.begin();
    for (const Event& event : log) {
        view.apply(event);
        for (; sample != record_.samples.end() && sample->sequence <= view.sequence(); ++sample) {
            if (sample->sequence < view.sequence() || sample->digests == view.digests()) continue;
            find(fmt::format("I5: the live projections of sequence {} differ from a fold",
                             sample->sequence));
            return std::nullopt;
        }
    }
    if (sample != record_.samples.end() && sample->sequence > 0) {
        find(fmt::format("I4: projections had seen sequence {}, and the log ends at {}",
                         sample->sequence, log.size()));
        return std::nullopt;
    }
    record_.samples.clear();
    return view;
}

void Simulation::sample() {
    record_.samples.push_back({node_->view().sequence(), node_->view().digests()});
    record_.published.push_back(witness_.head(node_->journal(), node_->view().sequence()));
    const auto* state = node_->writer_state();
    if (state == nullptr || state->sequence != node_->view().sequence()) return;
    for (const auto section : ledger::replication::sections) {
        ledger::ByteWriter writer;
        serialize(*state, section, writer);
        if (writer.bytes() == node_->view().serialize(to_text(section))) continue;
        find(fmt::format("I5: the writer's {} differ from the projections'", to_text(section)));
    }
}

void Simulation::take_snapshot() {
    constexpr std::size_t kept = 3;
    Snapshot snapshot = snapshot_of(node_->view());
    if (options_.bug == PlantedBug::snapshot_mixes_instants && !snapshots_.empty()) {
        snapshot.sections["positions"] = snapshots_.back().sections["positions"];
    }
    if (snapshots_.size() == kept) snapshots_.erase(snapshots_.begin());
    snapshots_.push_back(std::move(snapshot));
}

// I5: a fold from the latest snapshot is the whole one. It goes on with what the snapshot gave:
// what does not stand in it will be missed.
void Simulation::start_from_snapshot(const std::vector<Event>& log, LedgerView& view) {
    auto other = as_of(log, snapshots_, log.size(), PlantedBug::none);
    if (other && other.value().digests() == view.digests()) {
        view = std::move(other).value();
        return;
    }
    find(fmt::format("I5: at {}, a fold from a snapshot differs from the whole one", log.size()));
}

}  // namespace simulation
