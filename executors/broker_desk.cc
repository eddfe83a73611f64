#include "executors/broker_desk.h"

#include "ledger/base/assert.h"
#include "ledger/base/time_units.h"

#include <algorithm>
#include <utility>

namespace executors {

namespace {}  // namespace

BrokerDesk::BrokerDesk(BrokerGateway& to, const BrokerLimits& limits, BreakerSettings settings)
    : gateway(to),
      look_up{.possible = limits.can_look_up,
              .visibility_window_ns = limits.visibility_window_ms * ledger::ns_per_ms},
      limiter(limits.orders_per_second, limits.account_orders_per_second),
      breaker(settings) {}

std::int64_t BrokerDesk::wait_ns(ledger::AccountNumber account, std::int64_t now_ns) const {
    return std::max(limiter.wait_ns(account, now_ns), breaker.wait_ns(now_ns));
}

void BrokerDesk::start(ledger::AccountNumber account, std::int64_t now_ns) {
    limiter.take(account, now_ns);
    breaker.start(now_ns);
}

void BrokerDesk::take_outcome(const Outcome& outcome, std::int64_t now_ns) {
    const auto* refused = std::get_if<Refused>(&outcome);
    const bool silent =
        std::holds_alternative<Unknown>(outcome) ||
        (refused != nullptr && refused->retryable && refused->code == not_sent_code);
    if (silent) {
        breaker.failed(now_ns);
    } else {
        breaker.succeeded();
    }
}

BrokerDesks::BrokerDesks(AccountDirectory& directory, const std::vector<Broker>& brokers,
                         BreakerSettings settings)
    : directory_(directory) {
    for (const Broker& broker : brokers) {
        const bool added =
            desks_.try_emplace(broker.name, broker.gateway.get(), broker.limits, settings).second;
        LEDGER_ASSERT(added);
    }
}

ledger::Result<Reach> BrokerDesks::reach(ledger::AccountNumber account) {
    BOOST_OUTCOME_TRY(auto access, directory_.open(account));
    const auto desk = desks_.find(access->broker);
    if (desk == desks_.end()) {
        return ledger::Error{ledger::Errc::unavailable,
                             "no broker is configured by the name " + access->broker, "broker"};
    }
    return Reach{&desk->second, std::move(access)};
}

}  // namespace executors
