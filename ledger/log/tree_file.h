// The file in which a log keeps what its tree need not hash again. It is a cache: what is missing
// costs time and nothing else. What is wrong in it was changed by somebody.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"
#include "ledger/proof/tree_hash.h"

#include <span>
#include <string>
#include <vector>

namespace ledger::log {

// The hashes that the file holds; none where it cannot be read or was hardly begun. corrupt where
// it is no such file.
[[nodiscard]] Result<std::vector<proof::Hash>> read_tree_file(const std::string& path);

// Names the file, and what to do about it.
[[nodiscard]] Error tree_file_damaged(const std::string& path);

class TreeFile {
  public:
    // Holds these hashes and no others from now on: written beside, and renamed into place.
    TreeFile(std::string path, std::span<const proof::Hash> hashes);

    // After a failure nothing more is written: the file holds the first hashes, without a gap.
    void append(const proof::Hash& hash);

    // What was appended survives the machine, or the file is gone.
    void sync();

  private:
    void write(const void* data, std::size_t size);
    void give_up();

    std::string path_;
    UniqueFd fd_;
    bool synced_ = false;
};

}  // namespace ledger::log
