#include "tests/processes/process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace processes {

namespace {

constexpr int exec_failed = 127;

// What execve() takes. The texts must outlive it.
struct Words {
    std::vector<char*> arguments;
    std::vector<char*> environment;
};

void append(std::vector<char*>& words, std::vector<std::string>& texts) {
    for (std::string& text : texts) words.push_back(text.data());
    words.push_back(nullptr);
}

// Between fork and exec: only what is safe after a fork of a process with threads.
[[noreturn]] void become(const Launch& launch, const Words& words, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (launch.file_bytes_max) {
        const rlimit limit{*launch.file_bytes_max, *launch.file_bytes_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    const int error =
        ::open(launch.error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const bool ready = error >= 0 && ::dup2(output, STDOUT_FILENO) >= 0 &&
                       ::dup2(error, STDERR_FILENO) >= 0 && ::chdir(launch.directory.c_str()) == 0;
    if (ready) ::execve(words.arguments[0], words.arguments.data(), words.environment.data());
    ::_exit(exec_failed);
}

}  // namespace

Process::Process(const Launch& launch) {
    std::vector<std::string> arguments = launch.arguments;
    std::vector<std::string> added = launch.environment;
    Words words;
    append(words.arguments, arguments);
    for (char** variable = environ; *variable != nullptr; ++variable) {
        words.environment.push_back(*variable);
    }
    append(words.environment, added);
    std::array<int, 2> pipe_ends{-1, -1};
    if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"pipe2 failed"};
    pid_ = ::fork();
    if (pid_ == 0) become(launch, words, pipe_ends[1]);
    ::close(pipe_ends[1]);
    output_ = pipe_ends[0];
    if (pid_ < 0) throw std::runtime_error{"fork failed"};
}

Process::~Process() {
    kill();
    if (output_ >= 0) ::close(output_);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      buffer_(std::move(other.buffer_)) {}

bool Process::is_readable_within(std::chrono::milliseconds limit) const {
    pollfd readable{output_, POLLIN, 0};
    return ::poll(&readable, 1, static_cast<int>(limit.count())) > 0;
}

bool Process::read_more() {
    if (!is_readable_within(patience)) {
        throw std::runtime_error{"a process says nothing and does not end"};
    }
    return read_some();
}

bool Process::read_some() {
    std::array<char, 16'384> bytes{};
    const ssize_t count = ::read(output_, bytes.data(), bytes.size());
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

std::string Process::read_line() {
    while (buffer_.find('\n') == std::string::npos) {
        if (!read_more()) return {};
    }
    const std::size_t end = buffer_.find('\n');
    std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

std::string Process::read_rest() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
}

Exit Process::reap() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    if (WIFSIGNALED(status)) return Exit{.code = -1, .signal = WTERMSIG(status)};
    return Exit{.code = WEXITSTATUS(status), .signal = 0};
}

Exit Process::kill() {
    if (pid_ < 0) return {};
    ::kill(pid_, SIGKILL);
    return reap();
}

void Process::terminate() const {
    if (pid_ >= 0) ::kill(pid_, SIGTERM);
}

Exit Process::wait() {
    // Its end closes the pipe, which can be waited for with a limit.
    while (read_more()) {
    }
    return reap();
}

bool Process::ends_within(std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (!is_readable_within(std::max(left, std::chrono::milliseconds{0}))) return false;
        if (!read_some()) return true;
    }
}

Finished run(const Launch& launch) {
    const std::size_t told_before = file_text(launch.error_file).size();
    Process process{launch};
    Finished finished;
    finished.output = process.read_rest();
    finished.exit = process.wait();
    finished.error = file_text(launch.error_file).substr(told_before);
    return finished;
}

std::string file_text(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace processes
