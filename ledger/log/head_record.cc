#include "ledger/log/head_record.h"

#include "ledger/base/big_endian.h"
#include "ledger/base/os_error.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace ledger::log {
namespace {

// A slot: magic, format version, sequence (8 bytes each, big-endian), the record's checksum, the
// manifest's number and size (8 bytes each) and checksum, and the checksum of all that. It lies
// within one disk sector, and each slot in a page of its own.
constexpr std::uint64_t magic = 0x636f'7079'6865'6164;  // "copyhead"
constexpr std::uint64_t format_version = 2;
constexpr std::size_t slot_count = 2;
constexpr std::size_t slot_stride = 4096;
constexpr std::size_t summed_size = 72;
constexpr std::size_t slot_size = summed_size + sizeof(Checksum);

using Slot = std::array<char, slot_size>;

Slot encode(const HeadRecord& head) {
    Slot slot{};
    store_be64(magic, slot.data());
    store_be64(format_version, slot.data() + 8);
    store_be64(head.sequence, slot.data() + 16);
    std::memcpy(slot.data() + 24, head.checksum.data(), head.checksum.size());
    store_be64(head.manifest.number, slot.data() + 40);
    store_be64(head.manifest.size, slot.data() + 48);
    const Checksum& manifest = head.manifest.checksum;
    std::memcpy(slot.data() + 56, manifest.data(), manifest.size());
    const Checksum own = checksum_of({slot.data(), summed_size});
    std::memcpy(slot.data() + summed_size, own.data(), own.size());
    return slot;
}

std::optional<HeadRecord> decode(const Slot& slot) {
    const Checksum own = checksum_of({slot.data(), summed_size});
    if (std::memcmp(slot.data() + summed_size, own.data(), own.size()) != 0) return std::nullopt;
    if (load_be64(slot.data()) != magic) return std::nullopt;
    if (load_be64(slot.data() + 8) != format_version) return std::nullopt;
    HeadRecord head;
    head.sequence = load_be64(slot.data() + 16);
    std::memcpy(head.checksum.data(), slot.data() + 24, head.checksum.size());
    head.manifest.number = load_be64(slot.data() + 40);
    head.manifest.size = load_be64(slot.data() + 48);
    Checksum& manifest = head.manifest.checksum;
    std::memcpy(manifest.data(), slot.data() + 56, manifest.size());
    return head;
}

off_t offset_of(std::size_t slot) {
    return static_cast<off_t>(slot * slot_stride);
}

bool is_newer(const HeadRecord& a, const HeadRecord& b) {
    return std::tie(a.sequence, a.manifest.number, a.manifest.size) >
           std::tie(b.sequence, b.manifest.number, b.manifest.size);
}

struct Newest {
    HeadRecord head;
    std::size_t slot = 0;
};

// Nothing where neither slot is whole. A reader may meet a write half done: the other slot holds.
std::optional<Newest> read_newest(int fd) {
    std::optional<Newest> newest;
    for (std::size_t i = 0; i < slot_count; ++i) {
        Slot slot{};
        const ssize_t count = ::pread(fd, slot.data(), slot.size(), offset_of(i));
        if (count != static_cast<ssize_t>(slot.size())) continue;
        const auto head = decode(slot);
        if (!head) continue;
        if (!newest || is_newer(*head, newest->head)) newest = Newest{*head, i};
    }
    return newest;
}

Error damaged(const std::string& path) {
    return Error{Errc::corrupt, "the head record " + path + " is damaged", {}};
}

}  // namespace

HeadFile::HeadFile(const HeadCalls& calls, UniqueFd fd, std::size_t next_slot)
    : calls_(&calls), fd_(std::move(fd)), next_slot_(next_slot) {}

Result<std::optional<HeadRecord>> HeadFile::read(const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd.valid()) {
        if (errno == ENOENT) return std::optional<HeadRecord>();
        return os_error(Errc::unavailable, "cannot open", path);
    }
    const auto newest = read_newest(fd.get());
    if (!newest) return damaged(path);
    return std::optional<HeadRecord>(newest->head);
}

Result<HeadFile> HeadFile::create(const std::string& path, const HeadRecord& head,
                                  const HeadCalls& calls) {
    const std::string temporary = path + ".new";
    UniqueFd fd(calls.open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC));
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot create", temporary);
    // Both pages exist from the start: later writes never have to allocate.
    if (calls.ftruncate(fd.get(), offset_of(slot_count)) != 0) {
        return os_error(Errc::storage_failed, "cannot write", temporary);
    }
    HeadFile file(calls, std::move(fd), 0);
    BOOST_OUTCOME_TRYV(file.write(head));
    BOOST_OUTCOME_TRYV(file.write(head));
    BOOST_OUTCOME_TRYV(file.sync());
    if (calls.rename(temporary, path) != 0) {
        return os_error(Errc::storage_failed, "cannot put in place", path);
    }
    BOOST_OUTCOME_TRYV(calls.sync_parent(path));
    return file;
}

Result<HeadFile> HeadFile::open(const std::string& path, const HeadCalls& calls) {
    UniqueFd fd(calls.open(path, O_RDWR | O_CLOEXEC));
    if (!fd.valid()) return os_error(Errc::unavailable, "cannot open", path);
    const auto newest = read_newest(fd.get());
    if (!newest) return damaged(path);
    return HeadFile(calls, std::move(fd), (newest->slot + 1) % slot_count);
}

Result<void> HeadFile::write(const HeadRecord& head) {
    const Slot slot = encode(head);
    const ssize_t count =
        calls_->pwrite(fd_.get(), {slot.data(), slot.size()}, offset_of(next_slot_));
    if (count != static_cast<ssize_t>(slot.size())) {
        return os_error(Errc::storage_failed, "cannot write", "the head record");
    }
    next_slot_ = (next_slot_ + 1) % slot_count;
    return boost::outcome_v2::success();
}

Result<void> HeadFile::sync() {
    if (calls_->fdatasync(fd_.get()) != 0) {
        return os_error(Errc::storage_failed, "cannot sync", "the head record");
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
