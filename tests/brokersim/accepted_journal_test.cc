// The witness: in the file before the answer, whole after kill -9, refused when damaged.
#include "tests/brokersim/sim_fixture.h"
#include "tools/brokersim/event_text.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tools::brokersim::accepted_journal_test {

namespace {

constexpr const char* reference = "c0ffee0123456789abcd";

std::string contents(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

SimConfig journal_config(const std::string& path) {
    SimConfig config = quiet_config();
    config.journal = path;
    return config;
}

// While it lives, every write to a file fails, as on a full disk.
class NoFileGrows {
  public:
    NoFileGrows() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit none{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &none);
    }

    NoFileGrows(const NoFileGrows&) = delete;
    NoFileGrows& operator=(const NoFileGrows&) = delete;

    ~NoFileGrows() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    void (*handler_)(int);
    rlimit before_{};
};

// run_brokersim in a process of its own, as the command line starts it.
class SimProcess {
  public:
    explicit SimProcess(const std::string& config_path) {
        std::array<int, 2> pipe{};
        REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
        child_ = ::fork();
        REQUIRE(child_ >= 0);
        if (child_ == 0) {
            ::dup2(pipe[1], STDOUT_FILENO);
            const auto done = run_brokersim({config_path, "127.0.0.1:0"});
            ::_exit(done ? done.value() : 3);
        }
        ::close(pipe[1]);
        std::array<char, 128> line{};
        const ssize_t got = ::read(pipe[0], line.data(), line.size());
        ::close(pipe[0]);
        REQUIRE(got > 0);
        announced_.assign(line.data(), static_cast<std::size_t>(got));
        port_ = port_of(announced_);
    }

    SimProcess(const SimProcess&) = delete;
    SimProcess& operator=(const SimProcess&) = delete;

    ~SimProcess() {
        if (child_ > 0) std::ignore = end(SIGKILL);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    [[nodiscard]] const std::string& announced() const { return announced_; }

    // The wait status.
    [[nodiscard]] int end(int signal) {
        ::kill(child_, signal);
        int status = 0;
        ::waitpid(child_, &status, 0);
        child_ = -1;
        return status;
    }

  private:
    pid_t child_ = -1;
    std::uint16_t port_ = 0;
    std::string announced_;
};

}  // namespace

TEST_CASE("an order is in the journal when its answer arrives", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    const RunningSim sim{journal_config(path)};
    for (int i = 0; i < 20; ++i) {
        const std::string name = "ref" + std::to_string(i);
        REQUIRE(sim.place(name).status == 200);
        CHECK_THAT(contents(path), Catch::Contains("\"" + name + "\""));
    }
    REQUIRE(sim.call("DELETE", "/orders?appOrderID=1000000001").status == 200);
    CHECK_THAT(contents(path), Catch::Contains(R"("event":"cancelled")"));
}

TEST_CASE("an order whose answer is dropped is in the journal all the same", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    SimConfig config = journal_config(path);
    config.faults.operations[0].rates[static_cast<std::size_t>(Behaviour::accept_then_drop)] =
        1'000'000;
    const RunningSim sim{config};
    REQUIRE(sim.place(reference).status == 0);
    CHECK_THAT(contents(path), Catch::Contains(reference));
}

TEST_CASE("everything appended in one turn shares one sync", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    auto file = JournalFile::open(path, [](std::string_view) -> ledger::Result<void> {
        return boost::outcome_v2::success();
    });
    REQUIRE(file.has_value());
    boost::asio::io_context context{1};
    AcceptedJournal journal{context.get_executor(), std::move(file).value(), true,
                            [](const ledger::Error&) { std::abort(); }};
    constexpr int orders = 500;
    int answered = 0;
    const auto place = [&]() -> boost::asio::awaitable<void> {
        journal.append(OrderCancelled{AppOrderId{1}, 1, {}});
        const bool durable = co_await journal.durable();
        answered += durable ? 1 : 0;
    };
    for (int i = 0; i < orders; ++i) boost::asio::co_spawn(context, place, boost::asio::detached);
    context.run();
    CHECK(answered == orders);
    CHECK(journal.flushes() == 1);
    const std::string text = contents(path);
    CHECK(std::ranges::count(text, '\n') == orders);
}

TEST_CASE("after kill -9 the simulator has its whole book again", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string config_path = directory.file("sim.toml");
    std::ofstream{config_path} << "journal = \"" << directory.file("accepted.jsonl") << "\"\n";

    std::string book;
    {
        SimProcess sim{config_path};
        CHECK_THAT(sim.announced(), Catch::StartsWith("listening on http://127.0.0.1:"));
        const std::string token = log_in(sim.port(), "TEST");
        for (const char* name : {"a", "b", "c"}) {
            const Call place{"POST", "/orders", recorded_place(name), token};
            REQUIRE(exchange(sim.port(), place).status == 200);
        }
        const Call cancel{"DELETE", "/orders?appOrderID=1000000002", {}, token};
        REQUIRE(exchange(sim.port(), cancel).status == 200);
        const Call price{"POST",
                         "/sim/prices",
                         R"([{"exchangeSegment":"NSECM","exchangeInstrumentID":2885,)"
                         R"("price":1400}])",
                         {}};
        REQUIRE(exchange(sim.port(), price).status == 200);
        const Call read{"GET", "/orders", {}, token};
        book = exchange(sim.port(), read).body;
        REQUIRE(WTERMSIG(sim.end(SIGKILL)) == SIGKILL);
    }
    SimProcess again{config_path};
    const std::string token = log_in(again.port(), "TEST");
    const Call read{"GET", "/orders", {}, token};
    CHECK(exchange(again.port(), read).body == book);
    const Call place{"POST", "/orders", recorded_place("d"), token};
    CHECK_THAT(exchange(again.port(), place).body, Catch::Contains("1000000004"));
    const int status = again.end(SIGTERM);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a torn last line is cut off, and the next order follows the whole ones", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    {
        const RunningSim sim{journal_config(path)};
        REQUIRE(sim.place("a").status == 200);
    }
    const std::string whole = contents(path);
    std::ofstream{path, std::ios::app} << whole.substr(0, whole.size() / 2);
    const RunningSim sim{journal_config(path)};
    CHECK(contents(path) == whole);
    CHECK_THAT(sim.place("b").body, Catch::Contains("1000000002"));
}

TEST_CASE("a damaged journal is refused by its line", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    const OrderEvent orphan = OrderCancelled{AppOrderId{7}, 1, {}};
    std::string line;
    append_event(line, orphan);
    boost::asio::io_context context{1};
    const auto start = [&] {
        return Brokersim::start(context, journal_config(path), [](const ledger::Error&) {});
    };
    SECTION("a line that is no event") {
        std::ofstream{path} << "{}\n";
    }
    SECTION("an event of an order that was never accepted") {
        std::ofstream{path} << line;
    }
    SECTION("a line without end") {
        std::ofstream{path} << std::string(100'000, 'x');
    }
    const auto started = start();
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().code == ledger::Errc::corrupt);
    CHECK_THAT(started.error().detail, Catch::Contains("accepted.jsonl line "));
}

TEST_CASE("two simulators do not share a journal", "[brokersim]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("accepted.jsonl");
    const RunningSim first{journal_config(path)};
    boost::asio::io_context context{1};
    const auto second =
        Brokersim::start(context, journal_config(path), [](const ledger::Error&) {});
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == ledger::Errc::unavailable);
}

TEST_CASE("a journal that cannot be written ends the answers", "[brokersim]") {
    const TemporaryDirectory directory;
    boost::asio::io_context context{1};
    ledger::Errc failed{};
    const auto sim = Brokersim::start(context, journal_config(directory.file("accepted.jsonl")),
                                      [&](const ledger::Error& error) { failed = error.code; });
    REQUIRE(sim.has_value());
    const std::uint16_t port = port_of(sim.value()->url());
    std::thread thread{[&context] { context.run(); }};
    const Call place{"POST", "/orders", recorded_place(reference), log_in(port, "TEST")};
    Answer first;
    {
        const NoFileGrows full_disk;
        first = exchange(port, place);
    }
    const Answer second = exchange(port, place);
    context.stop();
    thread.join();
    CHECK(first.status == 0);
    // The disk has room again, but what it holds is not known any more.
    CHECK(second.status == 0);
    CHECK(failed == ledger::Errc::storage_failed);
}

}  // namespace tools::brokersim::accepted_journal_test
