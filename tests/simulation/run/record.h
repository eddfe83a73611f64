// What an observer beside the ledger writes down during a run: the checkers' evidence, together
// with the brokers' own orders and the bytes of the log.
#pragma once

#include "ledger/model/command.h"
#include "ledger/proof/tree_verify.h"
#include "projections/ledger_view.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace simulation {

// A request that left for a broker, and how long the log was on the disk at that instant.
struct Sent {
    ledger::ClOrdId cl_ord_id;
    ledger::IntentKind kind = ledger::IntentKind::new_;
    std::uint64_t durable = 0;
};

// A good answer that a client got.
struct Told {
    std::size_t request = 0;  // among the clients' requests
    ledger::Receipt receipt;
};

// What the live projections held at one sequence.
struct Sample {
    std::uint64_t sequence = 0;
    std::vector<projections::Digest> digests;
};

struct Record {
    std::vector<ledger::proof::TreeHead> published;  // of the log, at some of the instants
    std::vector<Sent> sent;
    std::vector<Told> told;
    std::vector<Sample> samples;            // those not compared with a refold yet, by sequence
    std::vector<std::size_t> contradicted;  // requests that were taken and refused later
    std::set<std::string, std::less<>> refusals;  // what clients were told, each once
    std::size_t answers_after_failure = 0;
    std::size_t writes_after_failure = 0;
};

}  // namespace simulation
