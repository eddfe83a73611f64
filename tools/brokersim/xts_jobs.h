// What each of XTS's calls does: a request is understood first and done later, when its fate is
// known.
#pragma once

#include "ingest/http/request.h"
#include "ledger/base/result.h"
#include "ledger/text/json_value.h"
#include "tools/brokersim/broker.h"
#include "tools/brokersim/sim_sessions.h"

#include <string>
#include <string_view>

namespace tools::brokersim {

// A request understood: which faults may befall it, and what it does.
struct Job {
    Operation operation = Operation::read;
    std::string reference;
    Broker::Act act;  // refers to the broker
};

// Errors become XTS's validation errors.
using Prepare = ledger::Result<Job> (*)(Broker&, const ingest::http::Request&, const SimSession&);

[[nodiscard]] ledger::Result<Job> prepare_place(Broker& broker,
                                                const ingest::http::Request& request,
                                                const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_modify(Broker& broker,
                                                 const ingest::http::Request& request,
                                                 const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_cancel(Broker& broker,
                                                 const ingest::http::Request& request,
                                                 const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_cancel_all(Broker& broker,
                                                     const ingest::http::Request& request,
                                                     const SimSession& session);

// The book, or one order's history where the query names an appOrderID.
[[nodiscard]] ledger::Result<Job> prepare_book(Broker& broker, const ingest::http::Request& request,
                                               const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_trades(Broker& broker,
                                                 const ingest::http::Request& request,
                                                 const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_profile(Broker& broker,
                                                  const ingest::http::Request& request,
                                                  const SimSession& session);
[[nodiscard]] ledger::Result<Job> prepare_balance(Broker& broker,
                                                  const ingest::http::Request& request,
                                                  const SimSession& session);

// Empty where the query does not name it, or names it "undefined".
[[nodiscard]] std::string query_text(const ingest::http::Request& request, std::string_view name);
[[nodiscard]] ledger::Result<AppOrderId> query_order(const ingest::http::Request& request);
[[nodiscard]] ledger::Result<ledger::text::JsonValue> parse_body(
    const ingest::http::Request& request);

}  // namespace tools::brokersim
