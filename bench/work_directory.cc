#include "bench/work_directory.h"

#include "ledger/base/unique_fd.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>

namespace bench {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<WorkDirectory> WorkDirectory::make() {
    struct statfs system {};

    if (::statfs(".", &system) != 0) {
        return Error{Errc::unavailable, "the current directory cannot be read", {}};
    }
    if (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC) {
        return Error{Errc::invalid_input, "the current directory is kept in memory", {}};
    }
    std::error_code error;
    std::string path = (fs::current_path(error) / "copyledger-bench-XXXXXX").string();
    if (error || ::mkdtemp(path.data()) == nullptr) {
        return Error{Errc::unavailable, "no directory can be made here", {}};
    }
    return WorkDirectory{std::move(path)};
}

WorkDirectory::WorkDirectory(WorkDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

WorkDirectory::~WorkDirectory() {
    if (!path_.empty()) remove_tree(path_);
}

std::string WorkDirectory::fresh(std::string_view name) const {
    std::string path = path_ + "/" + std::string{name};
    remove_tree(path);
    return path;
}

Result<std::string> WorkDirectory::make_directory(std::string_view name) const {
    std::string path = fresh(name);
    std::error_code error;
    fs::create_directory(path, error);
    if (error) return Error{Errc::unavailable, path + " cannot be made", {}};
    return path;
}

void remove_tree(const std::string& path) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
}

std::uint64_t bytes_below(const std::string& directory) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator at{directory, error}, end; at != end;
         at.increment(error)) {
        if (error) break;
        // Files come and go while the database tidies up.
        std::error_code gone;
        const bool file = at->is_regular_file(gone);
        const auto size = file ? at->file_size(gone) : 0;
        if (!gone) bytes += size;
    }
    return bytes;
}

Result<void> drop_page_cache(const std::string& directory) {
    const ledger::UniqueFd root{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    // Only clean pages can be dropped.
    if (!root.valid() || ::syncfs(root.get()) != 0) {
        return Error{Errc::unavailable, directory + " cannot be synced", {}};
    }
    std::error_code error;
    for (fs::recursive_directory_iterator at{directory, error}, end; at != end;
         at.increment(error)) {
        if (error) break;
        const ledger::UniqueFd file{::open(at->path().c_str(), O_RDONLY | O_CLOEXEC)};
        if (file.valid()) ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
    }
    return boost::outcome_v2::success();
}

}  // namespace bench
