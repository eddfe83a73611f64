// A directory for what the benchmarks write, on the disk under the current directory.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

class WorkDirectory {
  public:
    // invalid_input where the current directory is kept in memory: its syncs would mean nothing.
    [[nodiscard]] static ledger::Result<WorkDirectory> make();

    explicit WorkDirectory(std::string path) : path_(std::move(path)) {}

    WorkDirectory(WorkDirectory&& other) noexcept;
    WorkDirectory& operator=(WorkDirectory&&) = delete;
    ~WorkDirectory();  // removes it with all that is in it

    [[nodiscard]] const std::string& path() const { return path_; }

    // A path within, where nothing is: whatever was there is removed.
    [[nodiscard]] std::string fresh(std::string_view name) const;
    // The same, as an empty directory.
    [[nodiscard]] ledger::Result<std::string> make_directory(std::string_view name) const;

  private:
    std::string path_;  // empty once moved from
};

void remove_tree(const std::string& path);

// What the files below take, by their sizes.
[[nodiscard]] std::uint64_t bytes_below(const std::string& directory);

// The kernel forgets what it holds of the files below; the next read comes from the disk.
[[nodiscard]] ledger::Result<void> drop_page_cache(const std::string& directory);

}  // namespace bench
