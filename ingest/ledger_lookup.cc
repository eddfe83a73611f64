#include "ingest/ledger_lookup.h"

#include "ledger/text/decimal.h"

#include <utility>
#include <vector>

namespace ingest {

namespace {

using ledger::AccountRole;
using ledger::Errc;
using ledger::Error;
using ledger::EventId;
using ledger::Result;
using ledger::replication::Account;
using ledger::replication::KnownInstrument;
using ledger::replication::MasterOrder;
using ledger::replication::State;

const Account* account_of_number(const State& state, std::string_view text) {
    const auto number = ledger::text::parse_integer(text);
    if (!number || number.value() < 1 || number.value() > state.accounts.size()) return nullptr;
    return &state.accounts[static_cast<ledger::RowIndex>(number.value() - 1)];
}

bool is_called(const Account& account, std::string_view code) {
    return account.identity.username == code || account.identity.broker_account == code;
}

Error no_such_account(const AccountName& name) {
    std::string what = "account";
    if (name.role) what = *name.role == AccountRole::master ? "master" : "follower";
    return Error{Errc::not_found, "There is no such " + what + ".", name.field};
}

EventId order_id_of(const Account& master, std::string_view broker_order_id) {
    return ledger::master_order_id(master.identity.broker, master.identity.broker_account,
                                   broker_order_id);
}

Error no_such_order() {
    return Error{Errc::not_found, "There is no such master order.", "masterOrderId"};
}

bool is_of_symbol(const KnownInstrument& known, const ledger::Instrument& wanted) {
    return known.instrument.segment == wanted.segment && known.instrument.symbol == wanted.symbol;
}

}  // namespace

Result<const Account*> find_account(const State& state, const AccountName& name) {
    const auto in_role = [&](const Account& account) {
        return !name.role || account.identity.role == *name.role;
    };
    const Account* numbered = account_of_number(state, name.text);
    if (numbered != nullptr) {
        if (!in_role(*numbered)) return no_such_account(name);
        return numbered;
    }
    const Account* found = nullptr;
    for (const Account& account : state.accounts) {
        if (!in_role(account) || !is_called(account, name.text)) continue;
        const bool other_role = found != nullptr && found->identity.role != account.identity.role;
        if (other_role) {
            return ledger::invalid_field(name.field,
                                         "is a master's code and a follower's: give the number");
        }
        if (found == nullptr) found = &account;
    }
    if (found == nullptr) return no_such_account(name);
    return found;
}

Result<const Account*> find_master(const State& state, const std::optional<std::string>& name) {
    if (name) return find_account(state, {AccountRole::master, *name, "masterId"});
    const Account* only = nullptr;
    for (const Account& account : state.accounts) {
        if (account.identity.role != AccountRole::master || account.closed) continue;
        if (only != nullptr) {
            return ledger::invalid_field("masterId", "is required: there are several masters");
        }
        only = &account;
    }
    if (only == nullptr) return Error{Errc::not_found, "There is no master.", "masterId"};
    return only;
}

Result<const MasterOrder*> find_master_order(const State& state,
                                             const std::optional<std::string>& master,
                                             std::string_view order) {
    const Account* of = nullptr;
    if (master) {
        BOOST_OUTCOME_TRY(of, find_account(state, {AccountRole::master, *master, "masterId"}));
    }
    const MasterOrder* found = nullptr;
    if (const auto id = ledger::parse_event_id(order)) found = state.master_orders.find(id.value());
    if (found != nullptr && (of == nullptr || found->account == of->number)) return found;
    found = nullptr;
    for (const Account& account : state.accounts) {
        if (account.identity.role != AccountRole::master) continue;
        if (of != nullptr && of != &account) continue;
        const MasterOrder* here = state.master_orders.find(order_id_of(account, order));
        if (here == nullptr) continue;
        if (found != nullptr) {
            return ledger::invalid_field("masterId", "is required: several masters have the order");
        }
        found = here;
    }
    if (found == nullptr) return no_such_order();
    return found;
}

Result<ledger::Instrument> complete_instrument(const State& state, ledger::Instrument instrument) {
    if (!instrument.token.empty()) return instrument;
    const KnownInstrument* found = nullptr;
    for (const KnownInstrument& known : state.instruments) {
        if (!is_of_symbol(known, instrument)) continue;
        if (found != nullptr) {
            return ledger::invalid_field("scrip_code",
                                         "is required: several instruments have this symbol");
        }
        found = &known;
    }
    if (found != nullptr) return found->instrument;
    instrument.token = instrument.symbol;
    return instrument;
}

std::string username_of(const State& state, ledger::AccountNumber account) {
    const Account* found = state.account(account);
    return found == nullptr ? std::string{} : found->identity.username;
}

}  // namespace ingest
