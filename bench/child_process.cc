#include "bench/child_process.h"

#include "bench/process_use.h"
#include "ledger/base/unique_fd.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::UniqueFd;

namespace {

constexpr std::int64_t start_ns_max = 60'000'000'000;
constexpr std::chrono::milliseconds end_look{10};
constexpr int end_looks_max = 2000;

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};

Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return Error{Errc::unavailable, "no pipe", {}};
    return Pipe{UniqueFd{ends[0]}, UniqueFd{ends[1]}};
}

// Its standard output goes into the pipe. Gives the process id.
Result<int> spawn(const Launch& launch, const UniqueFd& output) {
    std::vector<std::string> words{launch.program};
    words.insert(words.end(), launch.arguments.begin(), launch.arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);

    constexpr int mode = 0600;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addchdir_np(&actions, launch.directory.c_str());
    ::posix_spawn_file_actions_adddup2(&actions, output.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "stderr.txt",
                                       O_WRONLY | O_CREAT | O_APPEND, mode);
    pid_t pid = 0;
    const int failed =
        ::posix_spawn(&pid, launch.program.c_str(), &actions, nullptr, pointers.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed == 0) return pid;
    return Error{Errc::unavailable, launch.program + " cannot be started", {}};
}

// The first line, without its end; empty where none comes in time.
std::string read_line(const UniqueFd& from) {
    const std::int64_t until_ns = now_ns() + start_ns_max;
    std::string line;
    while (line.find('\n') == std::string::npos && now_ns() < until_ns) {
        constexpr int patience_ms = 1000;
        pollfd readable{from.get(), POLLIN, 0};
        if (::poll(&readable, 1, patience_ms) == 0) continue;
        std::array<char, 256> bytes{};
        const auto count = ::read(from.get(), bytes.data(), bytes.size());
        if (count <= 0) return {};
        line.append(bytes.data(), static_cast<std::size_t>(count));
    }
    return line.substr(0, line.find('\n'));
}

bool has_ended(int pid) {
    return ::waitpid(pid, nullptr, WNOHANG) != 0;
}

void end(int pid) {
    ::kill(pid, SIGTERM);
    for (int look = 0; look < end_looks_max; ++look) {
        if (has_ended(pid)) return;
        std::this_thread::sleep_for(end_look);
    }
    ::kill(pid, SIGKILL);
    ::waitpid(pid, nullptr, 0);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const Launch& launch) {
    BOOST_OUTCOME_TRY(Pipe pipe, make_pipe());
    BOOST_OUTCOME_TRY(const int pid, spawn(launch, pipe.write));
    pipe.write = UniqueFd{};
    constexpr std::string_view announcement = "listening on ";
    const std::string line = read_line(pipe.read);
    ChildProcess child{pid, line.substr(std::min(announcement.size(), line.size()))};
    if (line.starts_with(announcement)) return child;
    return Error{Errc::unavailable,
                 launch.program + " does not listen; see " + launch.directory + "/stderr.txt",
                 {}};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), url_(std::move(other.url_)) {}

ChildProcess::~ChildProcess() {
    if (pid_ != 0) end(pid_);
}

std::uint16_t ChildProcess::port() const {
    std::uint16_t port = 0;
    const std::size_t colon = url_.rfind(':');
    std::from_chars(url_.data() + colon + 1, url_.data() + url_.size(), port);
    return port;
}

}  // namespace bench
