// Accounts and links as the projections show them.
#pragma once

#include "ingest/api_context.h"
#include "ingest/http/asio.h"
#include "ledger/base/result.h"
#include "ledger/model/account.h"

#include <string>

namespace ingest {

namespace asio = boost::asio;

struct AccountRow {
    ledger::AccountNumber number;
    ledger::AccountRole role = ledger::AccountRole::master;
    std::string broker;
    std::string broker_account;
    std::string username;
    std::string json;  // the whole row
};

// An account is asked for by its number or by its caller's own code.
struct AccountId {
    ledger::AccountRole role = ledger::AccountRole::master;
    std::string text;
    std::string field;  // what not_found names
};

// not_found where there is none.
[[nodiscard]] asio::awaitable<ledger::Result<AccountRow>> find_account(ApiContext& context,
                                                                       AccountId id);

// The JSON of the link's row.
[[nodiscard]] asio::awaitable<ledger::Result<std::string>> find_link(
    ApiContext& context, ledger::AccountNumber master, ledger::AccountNumber follower);

}  // namespace ingest
