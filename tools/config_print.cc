#include "ledger/base/time_units.h"
#include "tools/calendar_config.h"
#include "tools/config.h"
#include "tools/day.h"

#include <algorithm>

#include <fmt/format.h>

namespace tools {

namespace {

// A TOML basic string.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            out += fmt::format("\\u{:04x}", byte);
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

// Bare where TOML lets it be.
std::string key(const std::string& name) {
    const auto bare = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return !name.empty() && std::ranges::all_of(name, bare) ? name : quoted(name);
}

std::string printed(const InstrumentFile& file) {
    if (!file.day) return quoted(file.path);
    return fmt::format("{{ path = {}, date = \"{}\" }}", quoted(file.path), day_text(*file.day));
}

}  // namespace

std::string print_config(const Config& config) {
    std::string out = fmt::format("data = {}\n\n", quoted(config.data));
    out += fmt::format(
        "[http]\nlisten = {}\ntls_certificate = \"\"\ntls_key = \"\"\nregistration = \"closed\"\n"
        "connections_max = {}\nbody_bytes_max = {}\n\n",
        quoted(config.http.listen), config.http.connections_max, config.http.body_bytes_max);
    out += fmt::format("[ledger]\nsync = {}\nsnapshot_every_events = {}\nretention_years = {}\n\n",
                       config.sync, config.snapshot_every_events, config.retention_years);
    out += fmt::format("[audit]\nwitness = {}\n\n", quoted(config.witness));
    for (const auto& [name, broker] : config.brokers) {
        out += fmt::format(
            "[brokers.{}]\nadapter = {}\nbase_url = {}\norders_per_second = {}\ntimeout_ms = {}\n"
            "visibility_window_ms = {}\npoll_interval_ms = {}\nconnections_max = {}\n\n",
            key(name), quoted(broker.adapter), quoted(broker.base_url), broker.orders_per_second,
            broker.timeout_ms, broker.visibility_window_ms, broker.poll_interval_ms,
            broker.connections_max);
    }
    std::string files;
    for (const InstrumentFile& file : config.instrument_files) {
        files += (files.empty() ? "" : ", ") + printed(file);
    }
    const auto unknown = static_cast<std::size_t>(config.policy.unknown_instrument);
    out += fmt::format("[instruments]\nfiles = [{}]\nunknown = \"{}\"\n\n", files,
                       unknown_instrument_words[unknown]);
    out += fmt::format("[orders]\nmax_age_market_ms = {}\nmax_age_other_ms = {}\n\n",
                       config.policy.max_age_market_ns / ledger::ns_per_ms,
                       config.policy.max_age_other_ns / ledger::ns_per_ms);
    out += fmt::format("[risk]\nrequire_consent = {}\nmax_equity_age_ms = {}\n\n",
                       config.policy.require_consent,
                       config.policy.max_equity_age_ns / ledger::ns_per_ms);
    out += print_calendar(config);
    return out;
}

}  // namespace tools
