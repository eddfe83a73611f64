// The file in which a log keeps what its tree need not hash again. It is a cache: what is missing,
// torn or wrong in it costs time and nothing else.
#pragma once

#include "ledger/base/unique_fd.h"
#include "ledger/proof/tree_hash.h"

#include <span>
#include <string>
#include <vector>

namespace ledger::log {

// The hashes that the file holds; none where it cannot be read or is no such file.
[[nodiscard]] std::vector<proof::Hash> read_tree_file(const std::string& path);

class TreeFile {
  public:
    // Holds these hashes and no others from now on.
    TreeFile(const std::string& path, std::span<const proof::Hash> hashes);

    // After a failure nothing more is written: the file holds the first hashes, without a gap.
    void append(const proof::Hash& hash);

  private:
    void write(const void* data, std::size_t size);

    UniqueFd fd_;
};

}  // namespace ledger::log
