#include "tests/processes/stage.h"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace processes {

namespace fs = std::filesystem;
using ledger::text::JsonValue;

namespace {

const std::string program = COPYLEDGER_PROGRAM;

std::vector<JsonValue> json_lines(const std::string& text) {
    std::vector<JsonValue> values;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
        auto parsed = ledger::text::parse_json(line);
        // The last line of a killed process may be torn.
        if (parsed) values.push_back(std::move(parsed).value());
    }
    return values;
}

void expect(const Answer& answer, int status) {
    if (answer.status == status) return;
    throw std::runtime_error{std::to_string(answer.status) + " " + answer.body};
}

bool is_free(std::uint16_t port) {
    const int trial = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    const bool bound = ::bind(trial, generic, sizeof address) == 0;
    ::close(trial);
    return bound;
}

// Below those that the system gives to clients: one that calls a killed server could be given the
// server's own port, reach itself, and hold the port when the server comes back.
std::uint16_t pick_port() {
    static std::uint32_t tried = static_cast<std::uint32_t>(::getpid()) * 64;
    constexpr std::uint32_t lowest = 4'096;
    constexpr int tries_max = 1'000;
    std::uint32_t clients_from = 32'768;
    std::ifstream{"/proc/sys/net/ipv4/ip_local_port_range"} >> clients_from;
    for (int n = 0; n < tries_max && clients_from > lowest; ++n) {
        const auto port = static_cast<std::uint16_t>(lowest + tried++ % (clients_from - lowest));
        if (is_free(port)) return port;
    }
    throw std::runtime_error{"no port is free"};
}

std::string follower_body(const std::string& code) {
    return R"({"username":)" + code + R"(,"credentials":{"appKey":)" + code +
           R"(,"secretKey":"s"}})";
}

std::string link_body(const std::string& code, const std::string& ratio) {
    return R"({"follower_id":)" + code + R"(,"scaling_factor":)" + ratio + "}";
}

}  // namespace

Workspace::Workspace() {
    std::string name = (fs::current_path() / "processes-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"cannot make " + name};
    path_ = name;
}

Workspace::~Workspace() {
    if (std::uncaught_exceptions() > 0) return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string Workspace::file(std::string_view name) const {
    return path_ + "/" + std::string{name};
}

void Workspace::write(std::string_view name, std::string_view text) const {
    std::ofstream{file(name), std::ios::binary} << text;
}

Listener::Listener(const Workspace& workspace, std::string command)
    : workspace_(workspace), command_(std::move(command)), port_(pick_port()) {}

Launch Listener::launch() const {
    return {.arguments = {program, command_, "--config", command_ + ".toml", "--listen",
                          "127.0.0.1:" + std::to_string(port_)},
            .directory = workspace_.path(),
            .error_file = workspace_.file(command_ + ".err")};
}

bool Listener::listens_after(const Launch& launch) {
    process_.emplace(launch);
    const std::string line = process_->read_line();
    return line.starts_with("listening on ");
}

void Listener::start(std::optional<std::uint64_t> file_bytes_max) {
    Launch limited = launch();
    limited.file_bytes_max = file_bytes_max;
    if (!listens_after(limited)) throw std::runtime_error{command_ + ": " + told()};
}

bool Listener::start_to_die(const std::string& at) {
    Launch doomed = launch();
    doomed.environment = {"COPYLEDGER_KILL_AT=" + at};
    return listens_after(doomed);
}

Exit Listener::kill() {
    if (!process_) return {};
    const Exit exit = process_->kill();
    process_.reset();
    return exit;
}

bool Listener::ends_within(std::chrono::milliseconds limit) {
    return process_.value().ends_within(limit);
}

Exit Listener::stop() {
    process_.value().terminate();
    return wait();
}

Exit Listener::wait() {
    const Exit exit = process_.value().wait();
    process_.reset();
    return exit;
}

std::string Listener::url() const {
    return "http://127.0.0.1:" + std::to_string(port_);
}

Stage::Stage(const StageOptions& options)
    : broker_(workspace_, "brokersim"), ledger_(workspace_, "serve") {
    workspace_.write("brokersim.toml", options.broker_toml);
    broker_.start();
    workspace_.write("serve.toml", "data = " + json_string(data()) +
                                       "\n[brokers.iifl]\n"
                                       "adapter = \"xts\"\n"
                                       "base_url = " +
                                       json_string(broker_.url()) +
                                       "\n"
                                       "orders_per_second = 100000\n"
                                       "timeout_ms = 2000\n"
                                       "visibility_window_ms = 1000\n"
                                       "poll_interval_ms = " +
                                       std::to_string(options.poll_interval_ms) + "\n" +
                                       options.ledger_toml);
    ledger_.start();
}

std::string Stage::admin_token() const {
    const std::string text = file_text(data() + "/admin.token");
    return text.substr(0, text.find('\n'));
}

std::string Stage::new_token(const std::string& role) const {
    const auto created = rows({"token", "create", "--role", role});
    return member_of(created.at(0), "token");
}

void Stage::open_accounts(int followers, const std::string& ratio) const {
    HttpClient client = admin();
    expect(client.post("/api/masters", R"({"master_name":"Asha","blaze_account_id":"M1"})"), 201);
    for (int i = 1; i <= followers; ++i) {
        const std::string code = json_string("F" + std::to_string(i));
        expect(client.post("/api/followers", follower_body(code)), 201);
        expect(client.post("/api/masters/M1/followers", link_body(code, ratio)), 201);
    }
}

Finished Stage::cli(const std::vector<std::string>& arguments) const {
    return cli_on(data(), arguments);
}

Launch Stage::command(const std::string& data, const std::vector<std::string>& arguments) const {
    std::vector<std::string> all{program};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"--data", data});
    return {
        .arguments = all, .directory = workspace_.path(), .error_file = workspace_.file("cli.err")};
}

Finished Stage::cli_on(const std::string& data, const std::vector<std::string>& arguments) const {
    return run(command(data, arguments));
}

Exit Stage::cli_to_die(const std::string& at, const std::vector<std::string>& arguments) const {
    Launch doomed = command(data(), arguments);
    doomed.environment = {"COPYLEDGER_KILL_AT=" + at};
    return run(doomed).exit;
}

std::vector<JsonValue> Stage::rows(const std::vector<std::string>& arguments) const {
    const Finished finished = cli(arguments);
    if (finished.exit != Exit{.code = 0, .signal = 0}) {
        throw std::runtime_error{arguments.front() + ": " + finished.error};
    }
    return json_lines(finished.output);
}

std::size_t Stage::events() const {
    std::size_t count = 0;
    for (const std::string& kind : column({"events"}, "kind")) {
        if (kind != "CheckpointSigned") ++count;
    }
    return count;
}

std::vector<std::string> Stage::column(const std::vector<std::string>& arguments,
                                       std::string_view name) const {
    std::vector<std::string> values;
    for (const JsonValue& row : rows(arguments)) values.push_back(member_of(row, name));
    return values;
}

void Stage::await_quiescence(std::chrono::seconds limit) const {
    const auto quiet = [&] {
        const JsonValue page = admin().get("/api/pending?limit=1").json();
        const JsonValue* pending = page.find("rows");
        return pending != nullptr && pending->items().empty();
    };
    await("an outcome for every intent", quiet, limit);
}

std::vector<JsonValue> Stage::broker_journal(std::string_view event) const {
    auto lines = json_lines(file_text(broker_journal_path()));
    std::erase_if(lines, [&](const JsonValue& line) { return member_of(line, "event") != event; });
    return lines;
}

JsonValue Stage::broker_page(std::string_view target) const {
    HttpClient client{broker_.port(), {}};
    return client.get(target).json();
}

void await(const std::string& what, const std::function<bool()>& condition,
           std::chrono::seconds limit) {
    constexpr std::chrono::milliseconds pause{100};
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            throw std::runtime_error{"in vain awaited: " + what};
        }
        std::this_thread::sleep_for(pause);
    }
}

std::string webhook_body(const std::map<std::string, std::string>& changes) {
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
        body += (body.empty() ? "{" : ",") + json_string(name) + ":" + json;
    }
    return body + "}";
}

std::string json_string(std::string_view text) {
    return "\"" + std::string{text} + "\"";
}

void flip_bit(const std::string& path, std::uint64_t offset) {
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
    file.seekg(static_cast<std::streamoff>(offset));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(static_cast<char>(byte ^ 0x10));
    if (!file.good()) throw std::runtime_error("cannot change " + path);
}

}  // namespace processes
