// What the HTTP API stands on. All of it outlives the server's io_context, and but for the
// sequencer and the metrics is used on the server's thread alone.
#pragma once

#include "ingest/http/server.h"
#include "ingest/metrics.h"
#include "ingest/queries.h"
#include "ingest/tokens.h"
#include "ledger/base/result.h"
#include "ledger/clock.h"
#include "ledger/model/account.h"
#include "ledger/replication/marks.h"
#include "ledger/sequencer.h"
#include "ledger/vault/credential_vault.h"
#include "ledger/vault/subject_keys.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

// A broker as the configuration names it.
struct Broker {
    std::string name;
    std::string adapter;  // "xts", "kite", "simulated", ...
};

struct ApiContext {
    ledger::Sequencer& sequencer;
    Queries& queries;
    const ledger::vault::CredentialVault& vault;
    const ledger::vault::SubjectKeys& subjects;
    TokenStore& tokens;
    Metrics& metrics;
    const ledger::Clock& clock;
    std::vector<Broker> brokers;
    std::string default_broker;  // for accounts that name none; empty: they must
    std::string version;

    // The master whose broker has this adapter and knows it by this code, as of the last commit.
    std::function<std::optional<ledger::AccountNumber>(std::string_view adapter,
                                                       std::string_view broker_account)>
        find_master;
    // May be empty; the server exists only after its routes.
    std::function<http::Counters()> http_counters;

    ledger::replication::Marks marks{};  // what POST /api/marks told, for simulations
    bool settings_taken = false;         // somebody has the turn to change them
};

// The named broker, or the default where `name` is nothing. invalid_input naming "broker".
[[nodiscard]] ledger::Result<Broker> find_broker(const ApiContext& context,
                                                 const std::optional<std::string>& name);

}  // namespace ingest
