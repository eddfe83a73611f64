// Child processes: a program started with its standard output on a pipe and its standard error in a
// file, to be killed at any moment, and its end told apart by exit code and signal.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace processes {

// Longer than anything here takes, also under a sanitizer on a busy machine; then a test fails.
inline constexpr std::chrono::seconds patience{120};

struct Launch {
    std::vector<std::string> arguments;                // the program's path first
    std::string directory;                             // to run in
    std::string error_file;                            // standard error is appended to it
    std::optional<std::uint64_t> file_bytes_max = {};  // RLIMIT_FSIZE
    std::vector<std::string> environment = {};         // NAME=VALUE, besides that of the test
};

// How a process ended: by itself, with a code, or by a signal.
struct Exit {
    int code = -1;
    int signal = 0;

    friend bool operator==(const Exit&, const Exit&) = default;
};

// Started on the test's main thread: the system kills it when the thread that started it ends.
class Process {
  public:
    explicit Process(const Launch& launch);
    // Kills what still runs.
    ~Process();
    Process(Process&& other) noexcept;
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process& operator=(Process&&) = delete;

    // The next line of standard output without its end; empty once it is closed. Throws when
    // patience is over, as all that waits here does.
    [[nodiscard]] std::string read_line();
    // Everything up to the end of standard output.
    [[nodiscard]] std::string read_rest();

    // SIGKILL, and gone on return. Another end than that was its own, and came before.
    Exit kill();
    void terminate() const;
    [[nodiscard]] Exit wait();
    // Whether its end, for which wait() is to be called, comes within that time.
    [[nodiscard]] bool ends_within(std::chrono::milliseconds limit);

  private:
    bool read_more();
    bool read_some();
    [[nodiscard]] bool is_readable_within(std::chrono::milliseconds limit) const;
    [[nodiscard]] Exit reap();

    pid_t pid_ = -1;  // -1: reaped
    int output_ = -1;
    std::string buffer_;
};

struct Finished {
    Exit exit;
    std::string output;
    std::string error;
};

// Runs to the end.
[[nodiscard]] Finished run(const Launch& launch);

// What a file holds; empty where there is none.
[[nodiscard]] std::string file_text(const std::string& path);

}  // namespace processes
