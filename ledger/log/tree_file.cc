#include "ledger/log/tree_file.h"

#include "ledger/base/sync_directory.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ledger::log {
namespace {

// DO NOT CHANGE: in front of the hashes. Another form of the file has another word.
constexpr std::string_view file_word = "cltree01";
constexpr std::size_t hashes_read_at_once = 4096;

bool read_whole(int fd, void* data, std::size_t size) {
    auto* to = static_cast<char*>(data);
    while (size > 0) {
        const ssize_t count = ::read(fd, to, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

}  // namespace

Result<std::vector<proof::Hash>> read_tree_file(const std::string& path) {
    const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, file_word.size()> word{};
    std::vector<proof::Hash> hashes;

    struct stat status {};

    if (!fd.valid() || ::fstat(fd.get(), &status) != 0) return hashes;
    if (!read_whole(fd.get(), word.data(), word.size())) return hashes;
    if (!std::ranges::equal(word, file_word)) return tree_file_damaged(path);
    std::size_t left =
        (static_cast<std::size_t>(status.st_size) - file_word.size()) / sizeof(proof::Hash);
    while (left > 0) {
        const std::size_t count = std::min(left, hashes_read_at_once);
        const std::size_t known = hashes.size();
        hashes.resize(known + count);
        if (!read_whole(fd.get(), &hashes[known], count * sizeof(proof::Hash))) {
            hashes.resize(known);
            break;
        }
        left -= count;
    }
    return hashes;
}

Error tree_file_damaged(const std::string& path) {
    return Error{
        Errc::corrupt, path + " is damaged or was changed; remove it, and it is made again", {}};
}

TreeFile::TreeFile(std::string path, std::span<const proof::Hash> hashes) : path_(std::move(path)) {
    const std::string beside = path_ + ".new";
    fd_ = UniqueFd{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    write(file_word.data(), file_word.size());
    write(hashes.data(), hashes.size_bytes());
    sync();
    const bool placed = fd_.valid() && ::rename(beside.c_str(), path_.c_str()) == 0 &&
                        sync_parent_directory(path_).has_value();
    if (!placed) give_up();
}

void TreeFile::append(const proof::Hash& hash) {
    write(hash.data(), hash.size());
}

void TreeFile::sync() {
    if (!fd_.valid() || synced_) return;
    synced_ = true;
    if (::fdatasync(fd_.get()) != 0) give_up();
}

void TreeFile::write(const void* data, std::size_t size) {
    const auto* from = static_cast<const char*>(data);
    synced_ = false;
    while (fd_.valid() && size > 0) {
        const ssize_t count = ::write(fd_.get(), from, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return give_up();
        from += count;
        size -= static_cast<std::size_t>(count);
    }
}

// A file that nobody vouches for would be taken for one that was changed.
void TreeFile::give_up() {
    fd_ = UniqueFd{};
    ::unlink(path_.c_str());
}

}  // namespace ledger::log
