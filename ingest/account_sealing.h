// What a request says of a person, sealed with that person's key before it becomes a command.
#pragma once

#include "ingest/account_requests.h"
#include "ingest/account_rows.h"
#include "ingest/api_context.h"
#include "ingest/http/asio.h"
#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/model/command.h"
#include "ledger/vault/subject_keys.h"

namespace ingest {

namespace asio = boost::asio;

// Whose account it is, and what is recorded of them.
struct Recorded {
    ledger::vault::Subject subject;
    ledger::AccountIdentity identity;
    ledger::AccountProfile profile;  // of an account that is not open: an empty one
};

[[nodiscard]] asio::awaitable<ledger::Result<Recorded>> find_recorded(
    ApiContext& context, ledger::AccountIdentity identity);
[[nodiscard]] asio::awaitable<ledger::Result<Recorded>> find_recorded(ApiContext& context,
                                                                      const AccountRow& account);

// What stands recorded as it is asked for, from before texts were sealed, stays so: the request is
// a repetition.
[[nodiscard]] ledger::Result<ledger::OpenAccount> sealed(const ApiContext& context,
                                                         const Recorded& known, NewAccount asked);

// What was recorded before texts were sealed is sealed with the change.
[[nodiscard]] ledger::Result<ledger::ChangeAccount> sealed(const ApiContext& context,
                                                           const Recorded& known,
                                                           AccountChange asked);

}  // namespace ingest
