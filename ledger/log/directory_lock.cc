#include "ledger/log/directory_lock.h"

#include "ledger/base/os_error.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace ledger::log {
namespace {

// The holder writes its process id into the file; only for the eyes of a person.
std::string holder_of(int fd) {
    std::array<char, 32> text{};
    const ssize_t count = ::pread(fd, text.data(), text.size(), 0);
    if (count <= 0) return "unknown";
    std::string holder(text.data(), static_cast<std::size_t>(count));
    return holder.substr(0, holder.find('\n'));
}

}  // namespace

Result<DirectoryLock> DirectoryLock::acquire(const std::string& path) {
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot lock", path);
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return os_error(Errc::unavailable, "cannot lock", path);
        return Error{Errc::unavailable,
                     path + " is held by another process (pid " + holder_of(fd.get()) + ")",
                     {}};
    }
    const std::string holder = std::to_string(::getpid()) + "\n";
    if (::ftruncate(fd.get(), 0) != 0) return os_error(Errc::unavailable, "cannot lock", path);
    if (::pwrite(fd.get(), holder.data(), holder.size(), 0) < 0)
        return os_error(Errc::unavailable, "cannot lock", path);
    return DirectoryLock(std::move(fd));
}

}  // namespace ledger::log
