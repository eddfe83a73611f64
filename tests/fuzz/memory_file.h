// Input for what reads files: bytes under a path, without a disk.
#pragma once

#include "ledger/base/unique_fd.h"
#include "tests/fuzz/target.h"

#include <string>

namespace fuzz {

class MemoryFile {
  public:
    explicit MemoryFile(Input bytes);

    // Good as long as this object is there.
    [[nodiscard]] std::string path() const;

  private:
    ledger::UniqueFd fd_;
};

}  // namespace fuzz
