#include "tools/archive/attached_archive.h"

#include "ledger/base/os_error.h"
#include "tools/archive/archive_reader.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace tools {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<std::unique_ptr<AttachedArchive>> AttachedArchive::open(const std::string& path) {
    BOOST_OUTCOME_TRY(const auto reader, ArchiveReader::open(path));
    ledger::UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.valid()) return ledger::os_error(Errc::unavailable, "cannot read", path);
    auto archive = std::make_unique<AttachedArchive>(path, std::move(file), reader.header());
    BOOST_OUTCOME_TRYV(archive->find_blocks(reader.blocks_at()));
    return archive;
}

// From head to head; that the records in between are whole is seen when they are read.
Result<void> AttachedArchive::find_blocks(std::uint64_t offset) {
    while (true) {
        BOOST_OUTCOME_TRY(const ArchiveBlockHead head, head_at(offset));
        if (head == ArchiveBlockHead{}) return success();
        const bool begins = places_.empty() && head.first == 1;
        const bool follows = !places_.empty() && head.first > places_.back().first;
        if (!begins && !follows) return wrong(offset, "the block is out of order");
        places_.push_back({.first = head.first, .offset = offset});
        offset += ArchiveBlockHead::bytes + bytes_behind(head);
    }
}

Result<ArchiveBlockHead> AttachedArchive::head_at(std::uint64_t offset) const {
    BOOST_OUTCOME_TRY(const std::string bytes, bytes_at(offset, ArchiveBlockHead::bytes));
    const auto head = read_block_head(bytes);
    if (!head) return wrong(offset, head.error().detail);
    return head.value();
}

Result<std::string> AttachedArchive::bytes_at(std::uint64_t offset, std::size_t count) const {
    std::string bytes(count, '\0');
    std::size_t done = 0;
    while (done < count) {
        const ssize_t got = ::pread(file_.get(), bytes.data() + done, count - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return ledger::os_error(Errc::unavailable, "cannot read", path_);
        if (got == 0) return wrong(offset + done, "the file is cut off");
        done += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<std::shared_ptr<const AttachedArchive::Unpacked>> AttachedArchive::unpack(
    const Place& place) const {
    BOOST_OUTCOME_TRY(const std::string head_bytes,
                      bytes_at(place.offset, ArchiveBlockHead::bytes));
    const auto head = read_block_head(head_bytes);
    if (!head) return wrong(place.offset, head.error().detail);
    BOOST_OUTCOME_TRY(const std::string behind,
                      bytes_at(place.offset + ArchiveBlockHead::bytes, bytes_behind(head.value())));
    auto block = unpack_block(head_bytes, behind);
    if (!block) return wrong(place.offset, block.error().detail);
    auto unpacked = std::make_shared<Unpacked>();
    unpacked->block = std::move(block).value();
    for (std::string_view rest = unpacked->block.records; !rest.empty();) {
        const auto record = take_record(rest);
        if (!record) return wrong(place.offset, record.error().detail);
        unpacked->records.push_back(record.value());
    }
    return std::shared_ptr<const Unpacked>{std::move(unpacked)};
}

Result<std::shared_ptr<const AttachedArchive::Unpacked>> AttachedArchive::block_of(
    std::uint64_t sequence) const {
    const auto behind = std::ranges::upper_bound(places_, sequence, {}, &Place::first);
    if (behind == places_.begin() || sequence > header_.records) {
        return Error{
            Errc::corrupt, path_ + ": record " + std::to_string(sequence) + " is not in it", {}};
    }
    const Place& place = *std::prev(behind);
    const std::scoped_lock lock(mutex_);
    if (kept_ && kept_->block.first == place.first) return kept_;
    BOOST_OUTCOME_TRY(kept_, unpack(place));
    return kept_;
}

Result<void> AttachedArchive::scan(std::uint64_t first, std::uint64_t last,
                                   const ledger::log::Journal::Visit& visit) const {
    for (std::uint64_t next = first; next <= last;) {
        BOOST_OUTCOME_TRY(const auto unpacked, block_of(next));
        const auto& records = unpacked->records;
        std::size_t at = next - unpacked->block.first;
        if (at >= records.size()) {
            return Error{
                Errc::corrupt, path_ + ": record " + std::to_string(next) + " is missing", {}};
        }
        for (; at < records.size() && next <= last; ++at) {
            if (!visit(next++, records[at])) return success();
        }
    }
    return success();
}

Error AttachedArchive::wrong(std::uint64_t offset, const std::string& what) const {
    return Error{Errc::corrupt, path_ + ": at byte " + std::to_string(offset) + ": " + what, {}};
}

}  // namespace tools
