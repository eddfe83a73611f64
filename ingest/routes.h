// What every route has in common: the caller is known and allowed, the body is JSON, an
// Idempotency-Key is kept, errors become problems, and answers are counted.
#pragma once

#include "ingest/api_context.h"
#include "ingest/authorise.h"
#include "ingest/http/asio.h"
#include "ingest/http/request.h"
#include "ingest/http/response.h"
#include "ingest/http/router.h"
#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <string_view>

namespace ingest {

namespace asio = boost::asio;

// One request on its way through a route.
struct Call {
    http::Request& request;
    Caller caller;
    ledger::text::JsonValue body;     // of POST and PUT: an object, or an array on such a route
    ledger::EventId idempotency_key;  // zero: none was sent
    std::uint64_t request_digest = 0;
};

// Context and call outlive the coroutine.
using Answered = asio::awaitable<ledger::Result<http::Response>>;
using Answer = Answered (*)(ApiContext& context, Call& call);

class Routes {
  public:
    // Both must outlive the router's use.
    Routes(http::Router& router, ApiContext& context) : router_(router), context_(context) {}

    void add(std::string_view method, std::string_view pattern, Access access, Answer answer);
    // POST of an array.
    void add_list(std::string_view pattern, Access access, Answer answer);

  private:
    struct Spec;

    void add(const Spec& spec);

    http::Router& router_;
    ApiContext& context_;
};

// The command as this caller asks for it.
[[nodiscard]] ledger::Command command_of(const Call& call, ledger::CommandPayload payload);

// The receipt, once durable.
[[nodiscard]] asio::awaitable<ledger::Result<ledger::Receipt>> commit(ApiContext& context,
                                                                      ledger::Command command);

}  // namespace ingest
