// Bodies about links as commands. Pure.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/account.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"

namespace ingest {

// The change that the body asks for of a link with those terms (the defaults for one that is yet to
// be made), without the accounts. invalid_input naming the field, also where the strategy lacks its
// figure or a limit is unknown.
[[nodiscard]] ledger::Result<ledger::SetLink> read_link_change(const ledger::text::JsonValue& body,
                                                               const ledger::LinkTerms& present);

}  // namespace ingest
