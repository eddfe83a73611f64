// Which account is due when: one time per account, the earliest first.
#pragma once

#include "ledger/model/account.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace executors {

class DueTimes {
  public:
    void set(ledger::AccountNumber account, std::int64_t at_ns) {
        erase(account);
        at_.emplace(account, at_ns);
        order_.emplace(at_ns, account);
    }

    void set_no_later(ledger::AccountNumber account, std::int64_t at_ns) {
        const auto found = at_.find(account);
        if (found == at_.end() || found->second > at_ns) set(account, at_ns);
    }

    void erase(ledger::AccountNumber account) {
        const auto found = at_.find(account);
        if (found == at_.end()) return;
        order_.erase({found->second, account});
        at_.erase(found);
    }

    [[nodiscard]] bool contains(ledger::AccountNumber account) const {
        return at_.contains(account);
    }

    // Of the account that is due first.
    [[nodiscard]] std::optional<std::int64_t> next_ns() const {
        return order_.empty() ? std::nullopt : std::optional{order_.begin()->first};
    }

    // The account that has been due the longest, which from then on is not.
    [[nodiscard]] std::optional<ledger::AccountNumber> take(std::int64_t now_ns) {
        if (order_.empty() || order_.begin()->first > now_ns) return std::nullopt;
        const ledger::AccountNumber account = order_.begin()->second;
        erase(account);
        return account;
    }

  private:
    std::map<ledger::AccountNumber, std::int64_t> at_;
    std::set<std::pair<std::int64_t, ledger::AccountNumber>> order_;
};

}  // namespace executors
