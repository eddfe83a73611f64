// Accounts that close, open again, and get other credentials, and people who are erased.
#include "tests/simulation/run/actions.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/workload.h"
#include "tests/simulation/twins/sim_vault.h"

#include <algorithm>
#include <string>
#include <utility>

namespace simulation {

using ledger::AccountNumber;
using ledger::replication::Account;

namespace {

AccountNumber any_account(Workload& work) {
    return work.dice().chance(150) ? work.any_master() : work.any_follower();
}

}  // namespace

void account_changes(Workload& work) {
    ledger::ChangeAccount change;
    Dice& dice = work.dice();
    change.account = any_account(work);
    change.enabled = dice.chance(700);
    if (dice.chance(300)) change.scaling_factor = any_ratio(dice);
    change.email = "e" + std::to_string(dice.below(3)) + "@example.org";
    work.ask_of_account(change.account, std::move(change), "changes account");
}

void account_closes(Workload& work) {
    const AccountNumber number = any_account(work);
    work.ask_of_account(number, ledger::CloseAccount{number}, "closes account");
}

void account_opens_again(Workload& work) {
    const Account* account = work.known(any_account(work));
    if (account != nullptr && account->closed) work.open_again(*account);
}

// First at the broker; the ledger is told at once, or in the end.
void credentials_change(Workload& work) {
    const AccountNumber number = any_account(work);
    work.change_secret(number);
    const Account* account = work.known(number);
    if (account != nullptr && work.dice().chance(900)) work.tell_secret(*account);
}

// Refused while something of the account is under way.
void person_is_erased(Workload& work) {
    const Account* account = work.known(any_account(work));
    if (account == nullptr || !(account->closed || work.dice().chance(100))) return;
    const AccountNumber number = account->number;
    work.ask_of_account(number, ledger::EraseSubject{number, "by letter"}, "erases the person of");
}

const Account* Workload::known(AccountNumber account) const {
    const auto* state = ports_.state();
    return state == nullptr ? nullptr : state->account(account);
}

std::string Workload::sealed_secret(const Account& account) const {
    return seal({account.identity.broker_account, account.erasures},
                secret_changes_[account.number.value() - 1]);
}

void Workload::change_secret(AccountNumber account) {
    const std::size_t n = account.value() - 1;
    const auto at_broker = [&](const SimBroker& broker) {
        return broker.traits().name == cast_.broker_of[n];
    };
    SimBroker& broker = *std::ranges::find_if(ports_.brokers, at_broker);
    secret_changes_[n] = broker.change_secret(account.value());
    secrets_.push_back(secret_of(cast_.code_of[n], secret_changes_[n]));
}

void Workload::open_again(const Account& account) {
    ledger::OpenAccount open;
    open.identity = account.identity;
    open.profile.sealed_credentials = sealed_secret(account);
    open.erasures = account.erasures;
    ask_of_account(account.number, std::move(open), "opens again account");
}

void Workload::tell_secret(const Account& account) {
    ledger::ChangeAccount change;
    change.account = account.number;
    change.sealed_credentials = sealed_secret(account);
    change.erasures = account.erasures;
    ask_of_account(account.number, std::move(change), "tells the credentials of account");
}

ledger::ChangeAccount Workload::stale_secret(const Account& account) const {
    ledger::ChangeAccount change;
    change.account = account.number;
    change.erasures = account.erasures - 1;
    change.sealed_credentials = seal({account.identity.broker_account, *change.erasures}, 0);
    return change;
}

void Workload::put_accounts_right() {
    const auto* state = ports_.state();
    if (state == nullptr) return;
    for (const Account& account : state->accounts) {
        const auto asked = account_asked_.find(account.number);
        if (!ports_.clients.requests()[asked->second].answered) continue;
        const bool right = account.profile.sealed_credentials == sealed_secret(account);
        if (account.closed && (!right || opens_all_again_)) {
            open_again(account);
        } else if (!account.closed && !right) {
            tell_secret(account);
        }
    }
}

}  // namespace simulation
