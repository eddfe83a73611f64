// Accounts (masters and followers) and the links by which a follower copies a master.
#pragma once

#include "ledger/model/account_number.h"
#include "ledger/model/money.h"
#include "ledger/model/risk.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ledger {

// DO NOT CHANGE VALUES of the enumerations in this file: they are stored.

enum class AccountRole : std::uint8_t { master = 1, follower = 2 };

enum class CopyStrategy : std::uint8_t {
    fixed_ratio = 1,          // the master's quantity times a ratio
    percentage = 2,           // what that percentage of the follower's capital buys
    fixed_quantity = 3,       // the same quantity whatever the master does
    equity_proportional = 4,  // the master's quantity times follower equity / master equity
};

// Which of a master's orders are copied where they open; what reduces is always copied.
enum class CopySides : std::uint8_t {
    buy_and_sell = 1,
    buy_only = 2,
    mirror = 3,  // both sides, exactly as the master placed them: no maps, no price mode
};

enum class PriceMode : std::uint8_t {
    same = 1,
    market = 2,            // a market order, whatever the master's type
    marketable_limit = 3,  // a market order becomes a limit a protection away from the mark
};

// What a follower does about the positions that the master has when copying begins or resumes.
enum class JoinPolicy : std::uint8_t { new_only = 1, open_positions = 2 };

// What becomes of working copies and copied positions when copying pauses or ends.
enum class LeavePolicy : std::uint8_t { leave = 1, cancel_working = 2, close_positions = 3 };

[[nodiscard]] std::string_view to_text(AccountRole role);       // MASTER, FOLLOWER
[[nodiscard]] std::string_view to_text(CopyStrategy strategy);  // FIXED_RATIO, ...
[[nodiscard]] std::string_view to_text(CopySides sides);        // BUY_AND_SELL, ...
[[nodiscard]] std::string_view to_text(PriceMode mode);         // SAME, ...
[[nodiscard]] std::string_view to_text(JoinPolicy policy);      // new_only, open_positions
[[nodiscard]] std::string_view to_text(LeavePolicy policy);     // leave, cancel_working, ...
// These accept any case.
[[nodiscard]] std::optional<CopyStrategy> parse_copy_strategy(std::string_view text);
[[nodiscard]] std::optional<CopySides> parse_copy_sides(std::string_view text);
[[nodiscard]] std::optional<PriceMode> parse_price_mode(std::string_view text);
[[nodiscard]] std::optional<JoinPolicy> parse_join_policy(std::string_view text);
[[nodiscard]] std::optional<LeavePolicy> parse_leave_policy(std::string_view text);

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

struct ProductRule {
    Product from = Product::intraday;
    Product to = Product::intraday;

    friend bool operator==(const ProductRule&, const ProductRule&) = default;
};

struct OrderTypeRule {
    OrderType from = OrderType::market;
    OrderType to = OrderType::market;

    friend bool operator==(const OrderTypeRule&, const OrderTypeRule&) = default;
};

struct LinkTerms {
    CopyStrategy strategy = CopyStrategy::fixed_ratio;
    Ratio ratio{};                     // of FIXED_RATIO
    Ratio percentage{.numerator = 0};  // of PERCENTAGE: 2.5 is 5/2; 0: not set
    Quantity fixed_quantity{};         // of FIXED_QUANTITY; 0: not set
    bool active = true;
    bool round_up_to_min_lot = false;
    CopySides sides = CopySides::buy_and_sell;
    PriceMode price_mode = PriceMode::same;
    std::uint32_t protection_bps = 0;        // 1/10,000 of the mark; 0: the exchange's slab
    std::vector<ProductRule> product_map{};  // what is not named stays; each `from` once
    std::vector<OrderTypeRule> order_type_map{};
    JoinPolicy on_join = JoinPolicy::new_only;
    LeavePolicy on_leave = LeavePolicy::leave;
    RiskLimits limits{};

    friend bool operator==(const LinkTerms&, const LinkTerms&) = default;
};

// What the exchange says of an instrument as of the day it was loaded; dated data, never constants.
struct InstrumentRules {
    Quantity lot_size{1};
    Price tick_size;            // 0: not known
    Quantity freeze_quantity;   // the most that one order may hold; 0: no bound known
    std::int32_t valid_on = 0;  // the trading day of the file, yyyymmdd; 0: not dated

    friend bool operator==(const InstrumentRules&, const InstrumentRules&) = default;
};

}  // namespace ledger
