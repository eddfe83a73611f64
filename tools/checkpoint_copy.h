// Where each checkpoint is kept besides in the log.
#pragma once

#include "ledger/base/result.h"
#include "tools/witness_post.h"

#include <memory>
#include <string>
#include <string_view>

namespace tools {

// Whether a witness of that name is a URL.
[[nodiscard]] bool is_url(std::string_view witness);

class CheckpointCopy {
  public:
    // The newest one stands at `path`. A witness is a URL, to which each is posted, a directory,
    // which gets a file of each, or a file, which holds the newest; empty: there is none.
    CheckpointCopy(std::string path, std::string witness);

    // Durable at `path` when this returns. A witness that cannot be written is told of in the
    // program's log, once until it can be again: it is not the ledger's own storage.
    [[nodiscard]] ledger::Result<void> write(const std::string& note);

  private:
    void tell_witness(const std::string& note);

    std::string path_;
    std::string witness_;
    bool witness_fails_ = false;
    std::unique_ptr<WitnessPost> post_;  // where the witness is a URL
};

}  // namespace tools
