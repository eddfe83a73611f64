// One process at a time writes to a data directory.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"

#include <string>
#include <utility>

namespace ledger::log {

// Held while the object lives; the kernel lets go of it however the process ends.
class DirectoryLock {
  public:
    // Makes the file where there is none. unavailable, naming the holder, where it is held.
    [[nodiscard]] static Result<DirectoryLock> acquire(const std::string& path);

  private:
    explicit DirectoryLock(UniqueFd fd) : fd_(std::move(fd)) {}

    UniqueFd fd_;
};

}  // namespace ledger::log
