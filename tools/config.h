// The ledger's configuration: TOML, every key with a default, an unknown one an error that names
// the nearest known one.
#pragma once

#include "ledger/base/byte_size.h"
#include "ledger/base/result.h"
#include "ledger/model/calendar.h"
#include "ledger/replication/policy.h"
#include "tools/instruments/instrument_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct HttpConfig {
    std::string listen = "127.0.0.1:8080";
    std::size_t connections_max = 4096;
    std::size_t body_bytes_max = ledger::mib;
};

struct BrokerConfig {
    std::string adapter = "xts";
    std::string base_url = "http://127.0.0.1:9090";
    std::uint32_t orders_per_second = 10;  // per account
    std::int64_t timeout_ms = 7000;
    std::int64_t visibility_window_ms = 120'000;
    std::int64_t poll_interval_ms = 1000;  // between looks into an account's order book
    std::size_t connections_max = 64;
};

// India's, which is where the brokers served are; a default like every other.
inline constexpr ledger::Calendar default_calendar{.utc_offset_minutes = 5 * 60 + 30,
                                                   .session_start_minute = 9 * 60};

struct Config {
    std::string data = "./copyledger-data";
    HttpConfig http;
    bool sync = true;
    std::uint64_t snapshot_every_events = 100'000;
    std::uint32_t retention_years = 8;  // nothing younger is dropped from the log
    std::string witness;                // a URL, directory or file that gets each checkpoint; empty: none
    std::map<std::string, BrokerConfig> brokers;  // by the operator's name for them
    std::vector<InstrumentFile> instrument_files;
    ledger::Calendar calendar = default_calendar;
    ledger::replication::Policy policy;
};

// How `instruments.unknown` is written, in the order of the enumeration.
inline const std::vector<std::string_view> unknown_instrument_words{"cash-only", "refuse", "allow"};

// An empty path gives the defaults, with one broker "simulated" in this process.
[[nodiscard]] ledger::Result<Config> load_config(const std::string& path);

// Every key with its value, as TOML that load_config() reads.
[[nodiscard]] std::string print_config(const Config& config);

}  // namespace tools
