#include "tests/ingest/api_fixture.h"

#include "ingest/api.h"
#include "ledger/base/assert.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <utility>

namespace ingest::test {

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = std::filesystem::temp_directory_path() / "copyledger-test-XXXXXX";
    LEDGER_ASSERT(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string ApiClient::text(std::string_view method, std::string_view target, std::string_view body,
                            std::string_view headers) const {
    std::string out = std::string{method} + " " + std::string{target} + " HTTP/1.1\r\nHost: t\r\n";
    if (!token_.empty()) out += "Authorization: Bearer " + token_ + "\r\n";
    out += headers;
    if (!body.empty()) out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return out.append("\r\n").append(body);
}

Answer ApiClient::send(std::string_view method, std::string_view target, std::string_view body,
                       std::string_view headers) {
    return client_.exchange(text(method, target, body, headers));
}

Answer ApiClient::post_with_key(std::string_view target, std::string_view body,
                                std::string_view key) {
    return send("POST", target, body, "Idempotency-Key: " + std::string{key} + "\r\n");
}

void ApiClient::begin_post(std::string_view target, std::string_view body) {
    LEDGER_ASSERT(client_.send(text("POST", target, body, {})));
}

ApiFixture::ApiFixture(ledger::SequencerLimits limits, Writer writer)
    : vault_(
          ledger::vault::CredentialVault::open_or_create(directory_.path() + "/vault.key").value()),
      subjects_(subjects_directory()),
      tokens_(TokenStore::open(directory_.path(), clock_).value()),
      queries_(subjects_),
      sequencer_(journal_, clock_, ledger::replication::State{}, ledger::replication::Policy{},
                 limits),
      context_{.sequencer = sequencer_,
               .queries = queries_,
               .vault = vault_,
               .subjects = subjects_,
               .tokens = tokens_,
               .metrics = metrics_,
               .clock = clock_,
               .brokers = {{"blaze", "xts"}, {"zerodha", "kite"}},
               .default_broker = "blaze",
               .version = "9.9.9",
               .find_master = {},
               .http_counters = {}} {
    context_.find_master = [this](std::string_view adapter, std::string_view code) {
        return queries_.find_master(adapter == "xts" ? "blaze" : "zerodha", code);
    };
    sequencer_.observe([this](const ledger::Sequencer::EventBatch& batch) {
        queries_.observe(*batch);
        metrics_.count_events(*batch);
    });
    server_ =
        http::Server::listen(io_.get_executor(), http::ServerOptions{}, make_api(context_)).value();
    port_ = server_->local_endpoint().port;
    context_.http_counters = [this] { return server_->counters(); };
    serving_ = std::thread([this] { io_.run(); });
    if (writer == Writer::running) start_writer();
}

ApiFixture::~ApiFixture() {
    sequencer_.stop();
    if (writer_.joinable()) writer_.join();
    io_.stop();
    serving_.join();
}

void ApiFixture::start_writer() {
    writer_ = std::thread([this] { LEDGER_ASSERT(sequencer_.run().has_value()); });
}

std::string ApiFixture::token(Role role) {
    // The server's own store belongs to its thread; this one is another process to it.
    auto store = TokenStore::open(directory_.path(), clock_).value();
    return store.create(role).value().token;
}

std::size_t ApiFixture::count_events(std::string_view kind) const {
    const auto all = events();
    const auto matches = [&](const ledger::Event& e) { return ledger::kind_of(e.payload) == kind; };
    return static_cast<std::size_t>(std::ranges::count_if(all, matches));
}

std::string ApiFixture::log_bytes() const {
    std::string bytes;
    const auto scanned =
        journal_.scan(1, journal_.last_sequence(), [&](std::uint64_t, std::string_view record) {
            bytes.append(record);
            return true;
        });
    LEDGER_ASSERT(scanned.has_value());
    return bytes;
}

std::string member(const Answer& answer, std::string_view name) {
    using Kind = ledger::text::JsonValue::Kind;
    const auto document = ledger::text::parse_json(answer.body);
    if (!document) return {};
    const auto* found = document.value().find(name);
    if (found == nullptr) return {};
    if (found->is(Kind::boolean)) return found->boolean() ? "true" : "false";
    return found->is(Kind::string) || found->is(Kind::number) ? found->text() : std::string{};
}

void open_accounts(ApiClient& admin, int followers) {
    const Answer master =
        admin.post("/api/masters", R"({"master_name":"Asha","blaze_account_id":"M1"})");
    LEDGER_ASSERT(master.status == 201);
    for (int i = 1; i <= followers; ++i) {
        const std::string name = "f" + std::to_string(i);
        const Answer follower = admin.post("/api/followers", R"({"username":")" + name + R"("})");
        LEDGER_ASSERT(follower.status == 201);
        const Answer link =
            admin.post("/api/masters/M1/followers", R"({"follower_id":")" + name + R"("})");
        LEDGER_ASSERT(link.status == 201);
    }
}

std::string webhook_body(const std::vector<std::pair<std::string, std::string>>& changes) {
    std::map<std::string, std::string> members{
        {"event_type", R"("order_placed")"},
        {"order_id", R"("1001")"},
        {"symbol", R"("RELIANCE")"},
        {"scrip_code", "2885"},
        {"exchange", R"("NSE")"},
        {"segment", R"("EQ")"},
        {"transaction_type", R"("BUY")"},
        {"order_type", R"("LIMIT")"},
        {"quantity", "100"},
        {"price", "1405.05"},
        {"status", R"("Open")"},
        {"account_id", R"("M1")"},
    };
    for (const auto& [name, json] : changes) members[name] = json;
    std::string body;
    for (const auto& [name, json] : members) {
        if (json.empty()) continue;
        body += (body.empty() ? "{\"" : ",\"") + name + "\":" + json;
    }
    return body + "}";
}

}  // namespace ingest::test
