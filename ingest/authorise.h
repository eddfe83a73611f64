// Who may do what over HTTP: one table of access and roles.
#pragma once

#include "ingest/http/request.h"
#include "ingest/http/response.h"
#include "ingest/tokens.h"

#include <variant>

namespace ingest {

enum class Access {
    open,        // anybody, without a token
    read,        // ADMIN, AUDITOR
    administer,  // ADMIN
    report,      // ADMIN, INGEST: what a master's broker says, and last prices
};

// The caller, by `Authorization: Bearer TOKEN` or `x-qa-secret: TOKEN`, or the refusal: 401 without
// a good token, 403 naming the roles where the token's is none of them. For open access the caller
// is nobody.
[[nodiscard]] std::variant<Caller, http::Response> authorise(const http::Request& request,
                                                             TokenStore& tokens, Access access);

}  // namespace ingest
