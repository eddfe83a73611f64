// A broker and what protects it: its gateway, its limits, its breaker; and which of them an account
// is served by.
#pragma once

#include "executors/account_directory.h"
#include "executors/broker_gateway.h"
#include "executors/circuit_breaker.h"
#include "executors/rate_limiter.h"
#include "executors/reconciler.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace executors {

// Refused::code where no byte of the request left.
inline constexpr std::string_view not_sent_code = "NOT_SENT";

struct BrokerLimits {
    std::uint32_t orders_per_second = 0;           // of all accounts; 0: no limit
    std::uint32_t account_orders_per_second = 10;  // of each account; 0: no limit
    // An order that no book shows for this long was not placed.
    std::int64_t visibility_window_ms = 180'000;
    bool can_look_up = true;  // its book shows our reference
};

struct Broker {
    std::string name;  // as accounts name it
    std::reference_wrapper<BrokerGateway> gateway;
    BrokerLimits limits;
};

struct BrokerDesk {
    BrokerDesk(BrokerGateway& to, const BrokerLimits& limits, BreakerSettings settings);

    [[nodiscard]] std::int64_t wait_ns(ledger::AccountNumber account, std::int64_t now_ns) const;
    // Requires that wait_ns() is 0.
    void start(ledger::AccountNumber account, std::int64_t now_ns);
    void take_outcome(const Outcome& outcome, std::int64_t now_ns);

    BrokerGateway& gateway;
    LookUp look_up;
    RateLimiter limiter;
    CircuitBreaker breaker;
};

// Where an account's requests go.
struct Reach {
    BrokerDesk* desk = nullptr;
    std::shared_ptr<const AccountAccess> access;
};

class BrokerDesks {
  public:
    // `directory` and the gateways must outlive this.
    BrokerDesks(AccountDirectory& directory, const std::vector<Broker>& brokers,
                BreakerSettings settings);

    // unavailable, too, where no broker of that name is configured.
    [[nodiscard]] ledger::Result<Reach> reach(ledger::AccountNumber account);

  private:
    AccountDirectory& directory_;
    std::map<std::string, BrokerDesk, std::less<>> desks_;
};

}  // namespace executors
