// Accounts (masters and followers) and the links by which a follower copies a master.
#pragma once

#include "ledger/model/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ledger {

// Given in the order of creation, from 1; stands in HTTP paths.
using AccountNumber = StrongInt<struct AccountNumberTag, std::uint32_t>;

// DO NOT CHANGE VALUES: they are stored.
enum class AccountRole : std::uint8_t { master = 1, follower = 2 };
enum class CopyStrategy : std::uint8_t { fixed_ratio = 1 };

[[nodiscard]] std::string_view to_text(AccountRole role);       // MASTER, FOLLOWER
[[nodiscard]] std::string_view to_text(CopyStrategy strategy);  // FIXED_RATIO
[[nodiscard]] std::optional<CopyStrategy> parse_copy_strategy(std::string_view text);

// What a caller may set of an account. Credentials are sealed by the vault before they get here
// (I14); the ledger stores and hands out the sealed bytes alone.
struct AccountProfile {
    std::string name;
    std::string email;
    std::string sealed_credentials;  // empty: none on file
    std::string credential_hint;     // the last four characters of the key, for people
    Ratio scaling_factor;            // the default ratio of the follower's links
    bool enabled = true;

    friend bool operator==(const AccountProfile&, const AccountProfile&) = default;
};

// An account's identity at its broker never changes.
struct AccountIdentity {
    AccountRole role = AccountRole::master;
    std::string broker;          // a name from the configuration
    std::string broker_account;  // the broker's client code
    std::string username;        // the caller's own code

    friend bool operator==(const AccountIdentity&, const AccountIdentity&) = default;
};

struct LinkTerms {
    CopyStrategy strategy = CopyStrategy::fixed_ratio;
    Ratio ratio;
    bool active = true;
    bool round_up_to_min_lot = false;

    friend bool operator==(const LinkTerms&, const LinkTerms&) = default;
};

// What the exchange says of an instrument as of the day it was loaded; dated data, never constants.
struct InstrumentRules {
    Quantity lot_size{1};
    Price tick_size;           // 0: not known
    Quantity freeze_quantity;  // 0: none

    friend bool operator==(const InstrumentRules&, const InstrumentRules&) = default;
};

}  // namespace ledger
