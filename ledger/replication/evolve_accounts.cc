#include "ledger/replication/evolve_internal.h"

#include <algorithm>

namespace ledger::replication {

namespace {

Account& account_row(State& state, AccountNumber number) {
    Account* account = state.account(number);
    LEDGER_ASSERT(account != nullptr);
    return *account;
}

// Keeps a master's links in follower order, the order in which decisions are made and recorded.
void insert_in_follower_order(State& state, AccountNumber master, RowIndex link) {
    auto& links = account_row(state, master).links;
    const auto follower_of = [&](RowIndex index) { return state.links[index].follower; };
    links.insert(std::ranges::upper_bound(links, follower_of(link), {}, follower_of), link);
}

}  // namespace

void apply(State& state, const Event&, const AccountOpened& opened) {
    LEDGER_ASSERT(opened.account.value() == state.accounts.size() + 1);
    state.accounts.add(BrokerAccountKey{opened.identity.role, opened.identity.broker,
                                        opened.identity.broker_account},
                       Account{.number = opened.account,
                               .identity = opened.identity,
                               .profile = opened.profile,
                               .closed = false,
                               .revision = 0,
                               .links = {}});
}

void apply(State& state, const Event&, const AccountChanged& changed) {
    Account& account = account_row(state, changed.account);
    account.profile = changed.profile;
    account.closed = false;
    ++account.revision;
}

void apply(State& state, const Event&, const AccountClosed& closed) {
    Account& account = account_row(state, closed.account);
    account.closed = true;
    ++account.revision;
}

void apply(State& state, const Event&, const LinkSet& set) {
    const LinkKey key{set.master, set.follower};
    if (Link* known = state.links.find(key)) {
        known->terms = set.terms;
        known->removed = false;
        ++known->revision;
        return;
    }
    state.links.add(key, Link{.master = set.master,
                              .follower = set.follower,
                              .terms = set.terms,
                              .removed = false,
                              .revision = 0});
    insert_in_follower_order(state, set.master, state.links.size() - 1);
}

void apply(State& state, const Event&, const LinkRemoved& removed) {
    Link* link = state.links.find(LinkKey{removed.master, removed.follower});
    LEDGER_ASSERT(link != nullptr);
    link->removed = true;
    ++link->revision;
}

RowIndex instrument_row(State& state, const Instrument& instrument) {
    const InstrumentKey key{instrument.segment, instrument.token};
    if (const auto known = state.instruments.index_of(key)) return *known;
    state.instruments.add(
        key,
        KnownInstrument{.instrument = instrument, .rules = {}, .defined = false, .revision = 0});
    return state.instruments.size() - 1;
}

void apply(State& state, const Event&, const InstrumentDefined& defined) {
    KnownInstrument& row = state.instruments[instrument_row(state, defined.instrument)];
    row.instrument = defined.instrument;
    row.rules = defined.rules;
    row.defined = true;
    ++row.revision;
}

}  // namespace ledger::replication
