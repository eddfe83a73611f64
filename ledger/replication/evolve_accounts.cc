#include "ledger/replication/evolve_internal.h"

#include <algorithm>

namespace ledger::replication {

namespace {

// Keeps a master's links in follower order, the order in which decisions are made and recorded.
void insert_in_follower_order(State& state, AccountNumber master, RowIndex link) {
    auto& links = account_row(state, master).links;
    const auto follower_of = [&](RowIndex index) { return state.links[index].follower; };
    links.insert(std::ranges::upper_bound(links, follower_of(link), {}, follower_of), link);
}

// Remembers when copying began or ended; `copied` is how it was before the event.
void note_change(const Event& event, Link& link, bool copied) {
    if (link.copies() && !copied) link.joined_at = event.sequence;
    if (!link.copies() && copied) link.left_at = event.sequence;
}

}  // namespace

Account& account_row(State& state, AccountNumber number) {
    Account* account = state.account(number);
    LEDGER_ASSERT(account != nullptr);
    return *account;
}

void apply(State& state, const Event&, const AccountOpened& opened) {
    LEDGER_ASSERT(opened.account.value() == state.accounts.size() + 1);
    Account account;
    account.number = opened.account;
    account.identity = opened.identity;
    account.profile = opened.profile;
    const BrokerAccountKey key{opened.identity.role, opened.identity.broker,
                               opened.identity.broker_account};
    state.accounts.add(key, std::move(account));
}

void apply(State& state, const Event&, const AccountChanged& changed) {
    Account& account = account_row(state, changed.account);
    account.profile = changed.profile;
    account.closed = false;
    account.erased = false;
    ++account.revision;
}

void apply(State& state, const Event&, const AccountClosed& closed) {
    Account& account = account_row(state, closed.account);
    account.closed = true;
    ++account.revision;
}

// The profile stays as it is recorded: what is sealed in it opens no more.
void apply(State& state, const Event&, const SubjectErased& erased) {
    Account& account = account_row(state, erased.account);
    account.erased = true;
    ++account.erasures;
}

void apply(State& state, const Event& event, const LinkSet& set) {
    const LinkKey key{set.master, set.follower};
    if (Link* known = state.links.find(key)) {
        const bool copied = known->copies();
        known->terms = set.terms;
        known->removed = false;
        ++known->revision;
        note_change(event, *known, copied);
        return;
    }
    Link link;
    link.master = set.master;
    link.follower = set.follower;
    link.terms = set.terms;
    note_change(event, link, false);
    state.links.add(key, std::move(link));
    insert_in_follower_order(state, set.master, state.links.size() - 1);
    account_row(state, set.follower).links.push_back(state.links.size() - 1);
}

void apply(State& state, const Event& event, const LinkRemoved& removed) {
    Link* link = state.links.find(LinkKey{removed.master, removed.follower});
    LEDGER_ASSERT(link != nullptr);
    const bool copied = link->copies();
    link->removed = true;
    ++link->revision;
    note_change(event, *link, copied);
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
