// What a caller's names stand for in the state: accounts, master orders, instruments. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/replication/state.h"

#include <optional>
#include <string>
#include <string_view>

namespace ingest {

// How an account was named, and under which field.
struct AccountName {
    std::optional<ledger::AccountRole> role;  // nothing: either
    std::string text;                         // its number, or the caller's own code
    std::string field;
};

// A number goes before a code that happens to look like one. not_found where there is none;
// invalid_input where a master and a follower share the code and the role was left open.
[[nodiscard]] ledger::Result<const ledger::replication::Account*> find_account(
    const ledger::replication::State& state, const AccountName& name);

// The named master, or the only one that is not closed.
[[nodiscard]] ledger::Result<const ledger::replication::Account*> find_master(
    const ledger::replication::State& state, const std::optional<std::string>& name);

// By the ledger's id or by the broker's; without a master among all masters' orders.
[[nodiscard]] ledger::Result<const ledger::replication::MasterOrder*> find_master_order(
    const ledger::replication::State& state, const std::optional<std::string>& master,
    std::string_view order);

// Completes an instrument whose token was not given: the one of that symbol which is known, else
// the symbol stands for the token. invalid_input where the segment knows several.
[[nodiscard]] ledger::Result<ledger::Instrument> complete_instrument(
    const ledger::replication::State& state, ledger::Instrument instrument);

// How people know the account.
[[nodiscard]] std::string username_of(const ledger::replication::State& state,
                                      ledger::AccountNumber account);

}  // namespace ingest
