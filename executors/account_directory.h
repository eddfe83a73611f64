// The port to followers' accounts: at which broker, and with which credentials.
#pragma once

#include "executors/broker_gateway.h"
#include "ledger/base/result.h"
#include "ledger/model/account.h"

#include <memory>
#include <string>

namespace executors {

struct AccountAccess {
    std::string broker;  // a name from the configuration
    BrokerAccount account;
};

class AccountDirectory {
  public:
    AccountDirectory() = default;
    AccountDirectory(const AccountDirectory&) = delete;
    AccountDirectory& operator=(const AccountDirectory&) = delete;
    virtual ~AccountDirectory() = default;

    // As things stand now; cheap, and shared so that a request under way keeps what it began with.
    // An error's text holds no secret (I14).
    [[nodiscard]] virtual ledger::Result<std::shared_ptr<const AccountAccess>> open(
        ledger::AccountNumber account) = 0;
};

}  // namespace executors
