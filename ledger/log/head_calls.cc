#include "ledger/log/head_calls.h"

#include "ledger/base/sync_directory.h"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace ledger::log {
namespace {

constexpr mode_t owner_only = 0600;

}  // namespace

int HeadCalls::open(const std::string& path, int flags) const {
    return ::open(path.c_str(), flags, owner_only);
}

int HeadCalls::ftruncate(int fd, off_t size) const {
    return ::ftruncate(fd, size);
}

ssize_t HeadCalls::pwrite(int fd, std::string_view bytes, off_t offset) const {
    return ::pwrite(fd, bytes.data(), bytes.size(), offset);
}

int HeadCalls::fdatasync(int fd) const {
    return ::fdatasync(fd);
}

int HeadCalls::rename(const std::string& from, const std::string& to) const {
    return std::rename(from.c_str(), to.c_str());
}

Result<void> HeadCalls::sync_parent(const std::string& path) const {
    return sync_parent_directory(path);
}

const HeadCalls& system_head_calls() {
    static const HeadCalls calls;
    return calls;
}

}  // namespace ledger::log
