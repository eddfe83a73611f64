// Where each checkpoint is kept besides in the log.
#pragma once

#include "ledger/base/result.h"

#include <string>
#include <utility>

namespace tools {

class CheckpointCopy {
  public:
    // The newest one stands at `path`. A witness is a directory, which gets a file of each, or a
    // file, which holds the newest; empty: there is none.
    CheckpointCopy(std::string path, std::string witness)
        : path_(std::move(path)), witness_(std::move(witness)) {}

    // Durable at `path` when this returns. A witness that cannot be written is told of in the
    // program's log, once until it can be again: it is not the ledger's own storage.
    [[nodiscard]] ledger::Result<void> write(const std::string& note);

  private:
    void tell_witness(const std::string& note);

    std::string path_;
    std::string witness_;
    bool witness_fails_ = false;
};

}  // namespace tools
