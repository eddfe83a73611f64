#include "tools/account_directory.h"

#include "ingest/credentials.h"
#include "tools/logging.h"

namespace tools {

using namespace ledger;
using executors::AccountAccess;

LiveAccountDirectory::LiveAccountDirectory(Keys keys, std::map<std::string, std::string> adapters,
                                           const replication::State& state)
    : keys_(keys), adapters_(std::move(adapters)) {
    for (const auto& account : state.accounts) {
        add(account.number, Known{account.identity, account.profile.sealed_credentials, nullptr});
    }
}

void LiveAccountDirectory::apply(const std::vector<Event>& committed) {
    for (const Event& event : committed) {
        if (const auto* opened = std::get_if<AccountOpened>(&event.payload)) {
            add(opened->account,
                Known{opened->identity, opened->profile.sealed_credentials, nullptr});
        } else if (const auto* changed = std::get_if<AccountChanged>(&event.payload)) {
            Known& known = accounts_.at(changed->account);
            known.sealed_credentials = changed->profile.sealed_credentials;
            known.opened = nullptr;
        } else if (const auto* erased = std::get_if<SubjectErased>(&event.payload)) {
            accounts_.at(erased->account).opened = nullptr;
        }
    }
}

void LiveAccountDirectory::add(AccountNumber number, Known known) {
    const auto adapter = adapters_.find(known.identity.broker);
    if (known.identity.role == AccountRole::master && adapter != adapters_.end()) {
        masters_.emplace(MasterKey{adapter->second, known.identity.broker_account}, number);
    }
    accounts_.insert_or_assign(number, std::move(known));
}

void LiveAccountDirectory::tell_of_lost_credentials(const replication::State& state) {
    for (const auto& account : state.accounts) {
        if (account.closed || account.profile.sealed_credentials.empty()) continue;
        const auto opened = open(account.number);
        if (opened) continue;
        log_error("the credentials of account {} cannot be opened: {}; they must be given again",
                  account.number.value(), opened.error().detail);
    }
}

std::optional<AccountNumber> LiveAccountDirectory::find_master(
    std::string_view adapter, std::string_view broker_account) const {
    // The simulated broker is reported by whichever channel one tries out.
    for (const std::string_view at : {adapter, std::string_view{"simulated"}}) {
        const auto found = masters_.find(MasterKey{at, broker_account});
        if (found != masters_.end()) return found->second;
    }
    return std::nullopt;
}

Result<std::shared_ptr<const AccountAccess>> LiveAccountDirectory::open(AccountNumber account) {
    const auto found = accounts_.find(account);
    if (found == accounts_.end()) {
        return Error{Errc::not_found, "there is no account " + std::to_string(account.value()), {}};
    }
    Known& known = found->second;
    if (known.opened == nullptr) {
        const auto& identity = known.identity;
        BOOST_OUTCOME_TRY(
            auto credentials,
            vault::open_credentials(
                keys_.vault, keys_.subjects, known.sealed_credentials,
                ingest::credential_context(identity.broker, identity.broker_account)));
        AccountAccess access;
        access.broker = identity.broker;
        access.account.account = account.value();
        access.account.code = identity.broker_account;
        access.account.credentials = std::move(credentials);
        known.opened = std::make_shared<const AccountAccess>(std::move(access));
    }
    return known.opened;
}

}  // namespace tools
