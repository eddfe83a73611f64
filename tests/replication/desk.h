// Whole steps of a trading day: a master trades, brokers fill, and what followers hold is looked
// at.
#pragma once

#include "tests/replication/given.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::replication::test {

inline constexpr std::int64_t rupee = 10'000;

struct Trade {
    Side side = Side::buy;
    std::int64_t quantity = 0;
    std::int64_t price = 0;  // 0: a market order
};

struct RulesSay {
    std::int64_t lot = 1;
    std::int64_t tick = 0;
    std::int64_t freeze = 0;
};

[[nodiscard]] InstrumentRules rules_of(const RulesSay& says);

class Desk : public World {
  public:
    explicit Desk(Policy policy = {}) : World(std::move(policy)) { opens_master(); }

    // A follower of the first master on these terms; it copies everything one to one by default.
    AccountNumber joins(SetLink terms = {});

    // The master places an order; nothing of it fills.
    Answer places(std::string_view order, const Trade& trade);
    // It fills at the master's up to `filled`, at one rupee each.
    Answer fills(std::string_view order, const Trade& trade, std::int64_t filled);
    // Both, whole.
    Answer trades(std::string_view order, const Trade& trade);
    Answer buys(std::string_view order, std::int64_t quantity);
    Answer sells(std::string_view order, std::int64_t quantity);

    // A follower order is sent, taken and filled so far; it is working, unless that is all of it.
    void fills(const Aim& aim, std::int64_t filled, std::int64_t average = rupee);
    // Whatever is open at any follower is sent, changed, cancelled or filled, until nothing is.
    void everything_fills();

    // Of all orders that copy this one, as they are asked for.
    [[nodiscard]] std::int64_t asked(AccountNumber follower, std::string_view order) const;
    // Of every live order of the follower.
    [[nodiscard]] std::vector<Aim> live(AccountNumber follower) const;

  private:
    void advances(const Aim& aim);
    void sends(const Aim& aim);
};

// What was intended for a follower: the quantities of its new orders.
[[nodiscard]] std::vector<std::int64_t> intended(const Answer& answer, AccountNumber follower);
// The only skip of this follower, or nullptr.
[[nodiscard]] const FollowerOrderSkipped* skipped(const Answer& answer, AccountNumber follower);

}  // namespace ledger::replication::test
