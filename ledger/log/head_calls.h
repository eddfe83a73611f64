// The system calls that write the head file, apart from it so that a test can lose, tear or fail
// what they do.
#pragma once

#include "ledger/base/result.h"

#include <string>
#include <string_view>

#include <sys/types.h>

namespace ledger::log {

// Each as the POSIX call of that name: negative on failure, and errno says why.
class HeadCalls {
  public:
    HeadCalls() = default;
    HeadCalls(const HeadCalls&) = delete;
    HeadCalls& operator=(const HeadCalls&) = delete;
    virtual ~HeadCalls() = default;

    [[nodiscard]] virtual int open(const std::string& path, int flags) const;
    [[nodiscard]] virtual int ftruncate(int fd, off_t size) const;
    [[nodiscard]] virtual ssize_t pwrite(int fd, std::string_view bytes, off_t offset) const;
    [[nodiscard]] virtual int fdatasync(int fd) const;
    [[nodiscard]] virtual int rename(const std::string& from, const std::string& to) const;
    // Makes the names in the directory of `path` survive the machine.
    [[nodiscard]] virtual Result<void> sync_parent(const std::string& path) const;
};

// Those of the system itself.
[[nodiscard]] const HeadCalls& system_head_calls();

}  // namespace ledger::log
