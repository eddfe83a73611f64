// Bodies of POST and PUT on /api/masters and /api/followers. Pure: what is said of a person is not
// sealed yet.
#pragma once

#include "ingest/account_rows.h"
#include "ingest/api_context.h"
#include "ingest/credentials.h"
#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"

namespace ingest {

struct NewAccount {
    ledger::OpenAccount open;
    MaybeCredentials credentials;
};

struct AccountChange {
    ledger::ChangeAccount change;
    MaybeCredentials credentials;
};

// `password` is for logging in, which no account can yet: it is dropped. Risk limits are
// set elsewhere, and refused here rather than silently dropped.
[[nodiscard]] ledger::Result<NewAccount> read_new_account(const ApiContext& context,
                                                          ledger::AccountRole role,
                                                          const ledger::text::JsonValue& body);

// What the body names changes, the rest stays; credentials change as a whole. not_allowed where it
// names another broker, code or username: an account's identity never changes.
[[nodiscard]] ledger::Result<AccountChange> read_account_change(
    ledger::AccountRole role, const AccountRow& account, const ledger::text::JsonValue& body);

}  // namespace ingest
