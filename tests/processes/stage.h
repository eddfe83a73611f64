// The whole system as a person starts it: a broker simulator and a ledger, each a process of its
// own with a directory of its own, that can be killed and come back on the same port.
#pragma once

#include "ledger/text/json_value.h"
#include "tests/processes/http_client.h"
#include "tests/processes/process.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace processes {

// A new directory below the one that the tests run in. It stays where a test threw.
class Workspace {
  public:
    Workspace();
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

    [[nodiscard]] std::string file(std::string_view name) const;
    void write(std::string_view name, std::string_view text) const;

  private:
    std::string path_;
};

// A command of the program that listens, on the same port at each start.
class Listener {
  public:
    Listener(const Workspace& workspace, std::string command);

    // Returns when it listens; throws where it ends instead.
    void start(std::optional<std::uint64_t> file_bytes_max = {});

    [[nodiscard]] bool is_running() const { return process_.has_value(); }

    // With COPYLEDGER_KILL_AT. False where it died before it listened.
    [[nodiscard]] bool start_to_die(const std::string& at);

    // SIGKILL. Another end than that was its own, and came before.
    Exit kill();

    // SIGTERM, and how that ended.
    [[nodiscard]] Exit stop();
    // For one that ends by itself.
    [[nodiscard]] Exit wait();
    // Whether it has then done so.
    [[nodiscard]] bool ends_within(std::chrono::milliseconds limit);

    void terminate() const { process_.value().terminate(); }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    [[nodiscard]] std::string url() const;

    // All that it has said on standard error.
    [[nodiscard]] std::string told() const { return file_text(workspace_.file(command_ + ".err")); }

  private:
    [[nodiscard]] Launch launch() const;
    [[nodiscard]] bool listens_after(const Launch& launch);

    const Workspace& workspace_;
    std::string command_;  // its configuration is in COMMAND.toml
    std::uint16_t port_;
    std::optional<Process> process_;
};

// Thousands of orders in doubt take their time.
inline constexpr std::chrono::seconds long_patience = 10 * patience;

struct StageOptions {
    std::string broker_toml = {};  // added to brokersim's configuration
    std::string ledger_toml = {};  // added to the ledger's
    int poll_interval_ms = 200;    // between looks into a follower's order book
};

class Stage {
  public:
    // Both are running.
    explicit Stage(const StageOptions& options = {});

    [[nodiscard]] Listener& ledger() { return ledger_; }

    [[nodiscard]] Listener& broker() { return broker_; }

    [[nodiscard]] const Workspace& workspace() const { return workspace_; }

    [[nodiscard]] std::string data() const { return workspace_.file("data"); }

    [[nodiscard]] std::string admin_token() const;

    [[nodiscard]] HttpClient admin() const { return {ledger_.port(), admin_token()}; }

    // A token of that role from the command line, while the ledger runs.
    [[nodiscard]] std::string new_token(const std::string& role) const;

    // The master M1, and followers F1 to FN linked to it.
    void open_accounts(int followers, const std::string& ratio = "1") const;

    // A command on the ledger's data directory, or on another one.
    [[nodiscard]] Finished cli(const std::vector<std::string>& arguments) const;
    [[nodiscard]] Finished cli_on(const std::string& data,
                                  const std::vector<std::string>& arguments) const;
    // With COPYLEDGER_KILL_AT.
    [[nodiscard]] Exit cli_to_die(const std::string& at,
                                  const std::vector<std::string>& arguments) const;
    // What a command prints, row by row. Throws where it does not exit 0.
    [[nodiscard]] std::vector<ledger::text::JsonValue> rows(
        const std::vector<std::string>& arguments) const;
    // How many events the log has that a running server does not make by itself: checkpoints not
    // counted.
    [[nodiscard]] std::size_t events() const;
    // One member of each of these rows.
    [[nodiscard]] std::vector<std::string> column(const std::vector<std::string>& arguments,
                                                  std::string_view name) const;

    // Until every intent has its outcome, while the ledger runs.
    void await_quiescence(std::chrono::seconds limit = long_patience) const;
    // The lines of the broker's journal of that event, such as "accepted".
    [[nodiscard]] std::vector<ledger::text::JsonValue> broker_journal(std::string_view event) const;
    // What the broker tells at GET /sim/stats or another page of its own.
    [[nodiscard]] ledger::text::JsonValue broker_page(std::string_view target) const;

    [[nodiscard]] std::string broker_journal_path() const {
        return workspace_.file("brokersim-accepted.jsonl");
    }

  private:
    [[nodiscard]] Launch command(const std::string& data,
                                 const std::vector<std::string>& arguments) const;

    Workspace workspace_;
    Listener broker_;
    Listener ledger_;
};

// Looks again and again until it is so; throws, saying what was awaited, when the time is over.
void await(const std::string& what, const std::function<bool()>& condition,
           std::chrono::seconds limit = long_patience);

inline constexpr std::string_view webhook = "/api/webhooks/blaze/order";

// The webhook of a LIMIT order of M1, with members changed or added as JSON: {"quantity", "7"}; ""
// leaves one out.
[[nodiscard]] std::string webhook_body(const std::map<std::string, std::string>& changes = {});

// One bit of the file is another, and its size the same.
void flip_bit(const std::string& path, std::uint64_t offset);

// Text as JSON.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace processes
