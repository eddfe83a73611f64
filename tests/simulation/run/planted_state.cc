#include "tests/simulation/run/planted_state.h"

namespace simulation {

using ledger::replication::State;

namespace {

void forget_limits(State& state) {
    state.risk.limits = {};
    for (auto& account : state.accounts) account.risk.limits = {};
    for (auto& link : state.links) link.terms.limits = {};
}

void forget_master_positions(State& state) {
    for (auto& position : state.master_positions) position.filled = {};
}

void forget_copies(State& state) {
    for (auto& position : state.copied_positions) position.filled = {};
}

void forget_a_link(State& state) {
    for (auto& account : state.accounts) {
        const bool master = account.identity.role == ledger::AccountRole::master;
        if (master && !account.links.empty()) account.links.pop_back();
    }
}

void forget_lots(State& state) {
    for (auto& instrument : state.instruments) instrument.rules = {};
}

void forget_halts(State& state) {
    state.risk.halted = false;
    for (auto& account : state.accounts) account.risk.halted = false;
}

void forget_chains(State& state) {
    for (auto& order : state.follower_orders) order.origin = order.id;
}

}  // namespace

bool is_in_writer(PlantedBug bug) {
    return bug == PlantedBug::writer_forgets_limits ||
           bug == PlantedBug::writer_forgets_master_positions ||
           bug == PlantedBug::writer_forgets_copies || bug == PlantedBug::writer_forgets_a_link ||
           bug == PlantedBug::writer_forgets_lots || bug == PlantedBug::writer_forgets_halts ||
           bug == PlantedBug::writer_forgets_chains;
}

State as_taken_in(State state, PlantedBug bug) {
    if (bug == PlantedBug::writer_forgets_limits) forget_limits(state);
    if (bug == PlantedBug::writer_forgets_master_positions) forget_master_positions(state);
    if (bug == PlantedBug::writer_forgets_copies) forget_copies(state);
    if (bug == PlantedBug::writer_forgets_a_link) forget_a_link(state);
    if (bug == PlantedBug::writer_forgets_lots) forget_lots(state);
    if (bug == PlantedBug::writer_forgets_halts) forget_halts(state);
    if (bug == PlantedBug::writer_forgets_chains) forget_chains(state);
    return state;
}

}  // namespace simulation
