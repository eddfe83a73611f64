// A server of this project as a process of its own, from "listening on ..." until it is stopped.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Launch {
    std::string program;
    std::vector<std::string> arguments;
    std::string directory;  // where it runs; its standard error goes to stderr.txt there
};

class ChildProcess {
  public:
    // unavailable where it does not say in time that it listens.
    [[nodiscard]] static ledger::Result<ChildProcess> start(const Launch& launch);

    ChildProcess(int pid, std::string url) : pid_(pid), url_(std::move(url)) {}

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();  // SIGTERM, and SIGKILL where that does not help

    [[nodiscard]] int pid() const { return pid_; }

    [[nodiscard]] const std::string& url() const { return url_; }

    [[nodiscard]] std::uint16_t port() const;

  private:
    int pid_ = 0;  // 0 once moved from
    std::string url_;
};

}  // namespace bench
