#include "ledger/base/sync_directory.h"

#include "ledger/base/os_error.h"
#include "ledger/base/unique_fd.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ledger {

Result<void> sync_parent_directory(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string parent = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const UniqueFd directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.valid() || ::fsync(directory.get()) != 0) {
        return os_error(Errc::storage_failed, "cannot sync", parent);
    }
    return boost::outcome_v2::success();
}

Result<void> make_directory(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0) return sync_parent_directory(path);
    if (errno == EEXIST) return boost::outcome_v2::success();
    return os_error(Errc::unavailable, "cannot create", path);
}

}  // namespace ledger
