// The whole API over real loopback sockets: a server and a writer on threads of their own, a log in
// memory, the tokens in a directory that goes with the fixture.
#pragma once

#include "ingest/api_context.h"
#include "ingest/http/server.h"
#include "ingest/tokens.h"
#include "ledger/clock.h"
#include "ledger/log/memory_journal.h"
#include "ledger/sequencer.h"
#include "ledger/text/json_value.h"
#include "tests/ingest/http_fixture.h"
#include "tests/ingest/memory_queries.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>

namespace ingest::test {

using http::test::Answer;

// A directory of its own, removed with everything in it.
class TemporaryDirectory {
  public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

class SteadyClock final : public ledger::Clock {
  public:
    [[nodiscard]] std::int64_t now_ns() const override { return now_ns_; }

    void advance(std::int64_t ns) { now_ns_ += ns; }

  private:
    std::atomic<std::int64_t> now_ns_{1'800'000'000'000'000'000};
};

// One connection of one caller.
class ApiClient {
  public:
    // Without a token where it is empty.
    ApiClient(std::uint16_t port, std::string token) : client_(port), token_(std::move(token)) {}

    Answer get(std::string_view target) { return send("GET", target); }

    Answer remove(std::string_view target) { return send("DELETE", target); }

    Answer post(std::string_view target, std::string_view body) {
        return send("POST", target, body);
    }

    Answer put(std::string_view target, std::string_view body) { return send("PUT", target, body); }

    Answer post_with_key(std::string_view target, std::string_view body, std::string_view key);
    Answer send(std::string_view method, std::string_view target, std::string_view body = {},
                std::string_view headers = {});

    // Sends a POST and does not wait for its answer.
    void begin_post(std::string_view target, std::string_view body);

    Answer receive() { return client_.receive(); }

  private:
    [[nodiscard]] std::string text(std::string_view method, std::string_view target,
                                   std::string_view body, std::string_view headers) const;

    http::test::Client client_;
    std::string token_;
};

class ApiFixture {
  public:
    enum class Writer { running, waiting };

    explicit ApiFixture(ledger::SequencerLimits limits = {}, Writer writer = Writer::running);
    ~ApiFixture();

    [[nodiscard]] std::string token(Role role);

    [[nodiscard]] ApiClient client(Role role) { return {port_, token(role)}; }

    [[nodiscard]] ApiClient client_with(std::string token) { return {port_, std::move(token)}; }

    void start_writer();

    [[nodiscard]] std::vector<ledger::Event> events() const { return queries_.events(); }

    [[nodiscard]] std::size_t count_events(std::string_view kind) const;
    // Every record's bytes, one after the other. While nothing is being written.
    [[nodiscard]] std::string log_bytes() const;

    // For commands before the writer runs.
    [[nodiscard]] ledger::Sequencer& sequencer() { return sequencer_; }

    [[nodiscard]] const ledger::vault::CredentialVault& vault() const { return vault_; }

    [[nodiscard]] const ledger::vault::SubjectKeys& subjects() const { return subjects_; }

    [[nodiscard]] std::string subjects_directory() const { return directory_.path() + "/subjects"; }

  private:
    TemporaryDirectory directory_;
    SteadyClock clock_;
    ledger::log::MemoryJournal journal_;
    ledger::vault::CredentialVault vault_;
    ledger::vault::SubjectKeys subjects_;
    TokenStore tokens_;
    Metrics metrics_;
    MemoryQueries queries_;
    ledger::Sequencer sequencer_;
    ApiContext context_;
    std::thread writer_;
    boost::asio::io_context io_{1};
    std::unique_ptr<http::Server> server_;
    std::uint16_t port_ = 0;
    std::thread serving_;
};

// The member as text; numbers and booleans as they stand, "" for null and for none.
[[nodiscard]] std::string member(const Answer& answer, std::string_view name);

// The master M1 and followers f1 to fN, linked with ratio 1; sent by an ADMIN.
void open_accounts(ApiClient& admin, int followers);

// A LIMIT order's webhook, with members changed or added as JSON: {"quantity", "7"}.
[[nodiscard]] std::string webhook_body(
    const std::vector<std::pair<std::string, std::string>>& changes = {});

}  // namespace ingest::test
