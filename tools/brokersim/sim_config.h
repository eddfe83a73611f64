// The simulator's configuration: every key has a default, an unknown one is an error.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/model/money.h"
#include "ledger/text/json_value.h"
#include "tools/brokersim/exchange.h"
#include "tools/brokersim/fault_settings.h"
#include "tools/brokersim/order_store.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tools::brokersim {

struct SimAccount {
    std::string app_key;
    std::string secret_key;
    std::string client_id;
    bool dealer = false;  // may name any clientID; an investor may name only its own
};

struct LoginRules {
    bool accept_unregistered_keys = true;
    std::size_t sessions_max = 10'000;  // the oldest is logged out for one more
    std::vector<SimAccount> accounts;
    ledger::Money cash_available{100'000'000'000};  // what every balance answers: 10,000,000
};

// What becomes of a reference longer than reference_bytes_max.
enum class LongReference : std::uint8_t { accept, refuse, truncate };

struct PlaceRules {
    bool refuse_market = false;  // as brokers do for accounts marked as algorithmic
    std::size_t reference_bytes_max = 20;
    LongReference long_reference = LongReference::accept;
};

struct StartPrice {
    InstrumentKey instrument;
    ledger::Price price;
};

struct SimConfig {
    std::string listen = "127.0.0.1:9090";
    std::string journal = "brokersim-accepted.jsonl";  // empty: orders live in memory only
    bool sync = true;
    AppOrderId first_app_order_id{1'000'000'001};
    std::size_t connections_max = 10'000;
    std::size_t body_bytes_max = 64 * ledger::kib;
    StoreLimits store;
    LoginRules login;
    PlaceRules place;
    ExchangeRules exchange;
    std::vector<StartPrice> prices;
    FaultSettings faults;
};

// invalid_input with a sentence that names the key.
[[nodiscard]] ledger::Result<SimConfig> read_config(const ledger::text::JsonValue& settings);
// An empty path gives the defaults. unavailable where the file cannot be read.
[[nodiscard]] ledger::Result<SimConfig> load_config(const std::string& path);

// [{"exchangeSegment", "exchangeInstrumentID", "price"}]
[[nodiscard]] ledger::Result<std::vector<StartPrice>> read_prices(
    const ledger::text::JsonValue& list);

}  // namespace tools::brokersim
