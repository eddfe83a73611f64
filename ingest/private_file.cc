#include "ingest/private_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::UniqueFd;

Error os_error(Errc code, std::string_view what, const std::string& path) {
    return Error{
        code, std::string{what} + " " + path + ": " + std::generic_category().message(errno), {}};
}

Result<void> write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return os_error(Errc::storage_failed, "cannot write", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return success();
}

Result<void> write_new(const std::string& path, std::string_view bytes) {
    // A leftover of a crash is in nobody's use: writers hold the lock.
    ::unlink(path.c_str());
    const UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot create", path);
    BOOST_OUTCOME_TRY(write_all(fd.get(), bytes, path));
    if (::fsync(fd.get()) != 0) return os_error(Errc::storage_failed, "cannot sync", path);
    return success();
}

Result<void> sync_directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    const UniqueFd fd{::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd.valid() || ::fsync(fd.get()) != 0) {
        return os_error(Errc::storage_failed, "cannot sync the directory of", path);
    }
    return success();
}

Result<void> check(int fd, const std::string& path) {
    struct stat status {};

    if (::fstat(fd, &status) != 0) return os_error(Errc::unavailable, "cannot examine", path);
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{Errc::not_allowed, path + " is open to other users: make it mode 0600", {}};
    }
    if (status.st_size > static_cast<off_t>(private_file_bytes_max)) {
        return Error{Errc::corrupt, path + " is too large", {}};
    }
    return success();
}

}  // namespace

FileStamp stamp_of(const std::string& path) {
    struct stat status {};

    if (::stat(path.c_str(), &status) != 0) return {};
    constexpr std::int64_t ns_per_s = 1'000'000'000;
    return {.inode = status.st_ino,
            .size = status.st_size,
            .modified_at_ns = status.st_mtim.tv_sec * ns_per_s + status.st_mtim.tv_nsec};
}

Result<std::string> read_private_file(const std::string& path) {
    const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd.valid()) {
        return os_error(errno == ENOENT ? Errc::not_found : Errc::unavailable, "cannot open", path);
    }
    BOOST_OUTCOME_TRY(check(fd.get(), path));
    std::string bytes;
    char part[4096];
    while (bytes.size() <= private_file_bytes_max) {
        const ssize_t count = ::read(fd.get(), part, sizeof part);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return os_error(Errc::unavailable, "cannot read", path);
        if (count == 0) return bytes;
        bytes.append(part, static_cast<std::size_t>(count));
    }
    return Error{Errc::corrupt, path + " is too large", {}};
}

Result<void> replace_private_file(const std::string& path, std::string_view bytes) {
    const std::string temporary = path + ".new";
    BOOST_OUTCOME_TRY(write_new(temporary, bytes));
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        return os_error(Errc::storage_failed, "cannot put in place", path);
    }
    return sync_directory_of(path);
}

Result<UniqueFd> lock_private_file(const std::string& path) {
    constexpr int pause_ms = 10;
    UniqueFd fd{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot open", path);
    for (int waited_ms = 0; waited_ms < lock_patience_ms; waited_ms += pause_ms) {
        if (::flock(fd.get(), LOCK_EX | LOCK_NB) == 0) return fd;
        if (errno != EWOULDBLOCK && errno != EINTR) break;
        ::poll(nullptr, 0, pause_ms);
    }
    return os_error(Errc::unavailable, "cannot lock", path);
}

}  // namespace ingest
