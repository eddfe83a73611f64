#include "projections/snapshot_file.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/base/fail_stop.h"
#include "ledger/base/os_error.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace projections {

using ledger::BlockStore;
using ledger::Errc;
using ledger::KeyPlace;
using ledger::Result;
using ledger::StoredBlock;
using ledger::log::checksum_of;
using ledger::log::ChecksumStream;

namespace {

// How much of it there was.
Result<std::size_t> read_some(int file, const std::string& path, std::uint64_t offset, char* out,
                              std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count =
            ::pread(file, out + done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return ledger::os_error(Errc::unavailable, "cannot read", path);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

// A section of the file: its blocks are read when they are asked for.
class FileBlocks : public BlockStore {
  public:
    struct Index {
        ledger::RowIndex rows = 0;
        std::vector<BlockPlace> places;
        std::vector<KeyPlace> keys;
    };

    FileBlocks(std::shared_ptr<const SnapshotFile> file, std::uint64_t offset, Index index)
        : file_(std::move(file)), offset_(offset), index_(std::move(index)) {}

    [[nodiscard]] ledger::RowIndex rows() const override { return index_.rows; }

    [[nodiscard]] StoredBlock read(std::size_t block) const override {
        const BlockPlace& place = index_.places[block];
        StoredBlock stored;
        stored.rows.resize(std::size_t{place.rows_size} + place.side_size);
        const auto read =
            file_->read_at(offset_ + place.offset, stored.rows.data(), stored.rows.size());
        if (!read) ledger::fail_stop(read.error());
        if (checksum_of(stored.rows) != place.checksum) damaged();
        stored.side = stored.rows.substr(place.rows_size);
        stored.rows.resize(place.rows_size);
        return stored;
    }

    [[nodiscard]] std::int64_t settled_at_ns(std::size_t block) const override {
        return index_.places[block].settled_at_ns;
    }

    [[nodiscard]] std::span<const KeyPlace> keys() const override { return index_.keys; }

    [[noreturn]] void damaged() const override {
        ledger::fail_stop(damaged_snapshot(file_->path()));
    }

  private:
    const std::shared_ptr<const SnapshotFile> file_;
    const std::uint64_t offset_;  // of the first block
    const Index index_;
};

Result<std::vector<KeyPlace>> read_keys(const SnapshotFile& file, const BlockIndex& blocks) {
    std::vector<KeyPlace> keys;
    if (blocks.keys.size != std::uint64_t{blocks.rows} * sizeof(KeyPlace)) {
        return damaged_snapshot(file.path());
    }
    keys.resize(blocks.rows);
    BOOST_OUTCOME_TRYV(file.read_at(blocks.keys.offset, reinterpret_cast<char*>(keys.data()),
                                    keys.size() * sizeof(KeyPlace)));
    const bool whole = checksum_of(bytes_of(keys)) == blocks.keys.checksum;
    if (!whole || !std::ranges::is_sorted(keys)) return damaged_snapshot(file.path());
    const auto there = [&](const KeyPlace& key) { return key.row < blocks.rows; };
    if (!std::ranges::all_of(keys, there)) return damaged_snapshot(file.path());
    return keys;
}

}  // namespace

SnapshotFile::SnapshotFile(const std::string& path)
    : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}

Result<std::shared_ptr<const SnapshotFile>> SnapshotFile::open(const std::string& path) {
    std::shared_ptr<SnapshotFile> opened{new SnapshotFile{path}};
    if (!opened->file_.valid()) return ledger::os_error(Errc::unavailable, "cannot read", path);
    BOOST_OUTCOME_TRYV(opened->read_heading());
    BOOST_OUTCOME_TRYV(opened->read_contents());
    return std::shared_ptr<const SnapshotFile>{std::move(opened)};
}

Result<void> SnapshotFile::read_at(std::uint64_t offset, char* out, std::size_t size) const {
    BOOST_OUTCOME_TRY(const std::size_t done, read_some(file_.get(), path_, offset, out, size));
    if (done != size) return damaged_snapshot(path_);
    return boost::outcome_v2::success();
}

Result<void> SnapshotFile::read_heading() const {
    std::string beginning(snapshot_heading().size(), '\0');
    BOOST_OUTCOME_TRYV(read_some(file_.get(), path_, 0, beginning.data(), beginning.size()));
    if (beginning != snapshot_heading()) return no_snapshot_of_ours(path_, beginning);
    return boost::outcome_v2::success();
}

Result<void> SnapshotFile::read_contents() {
    struct stat status {};

    if (::fstat(file_.get(), &status) != 0) {
        return ledger::os_error(Errc::unavailable, "cannot read", path_);
    }
    const auto file_size = static_cast<std::uint64_t>(status.st_size);
    if (file_size < snapshot_heading().size() + snapshot_trailer_size) {
        return damaged_snapshot(path_);
    }
    const std::uint64_t trailer_at = file_size - snapshot_trailer_size;
    std::string bytes(snapshot_trailer_size, '\0');
    BOOST_OUTCOME_TRYV(read_at(trailer_at, bytes.data(), bytes.size()));
    const SnapshotTrailer trailer = decode_trailer(bytes);
    if (trailer.contents_size > trailer_at - snapshot_heading().size()) {
        return damaged_snapshot(path_);
    }
    contents_at_ = trailer_at - trailer.contents_size;
    bytes.resize(trailer.contents_size);
    BOOST_OUTCOME_TRYV(read_at(contents_at_, bytes.data(), bytes.size()));
    auto contents = decode_contents(bytes);
    if (checksum_of(bytes) != trailer.checksum || !contents) return damaged_snapshot(path_);
    contents_ = std::move(*contents);
    std::uint64_t end = snapshot_heading().size();
    for (const SnapshotPart& part : parts_of(contents_)) {
        if (part.offset != end || part.size > contents_at_ - end) return damaged_snapshot(path_);
        end += part.size;
    }
    if (end != contents_at_) return damaged_snapshot(path_);
    return boost::outcome_v2::success();
}

Result<std::string> SnapshotFile::read(const SnapshotPart& part) const {
    std::string bytes(part.size, '\0');
    BOOST_OUTCOME_TRYV(read_at(part.offset, bytes.data(), bytes.size()));
    if (checksum_of(bytes) != part.checksum) return damaged_snapshot(path_);
    return bytes;
}

Result<void> SnapshotFile::check() const {
    ::posix_fadvise(file_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    for (const SnapshotPart& part : parts_of(contents_)) {
        BOOST_OUTCOME_TRYV(check(part));
    }
    ::posix_fadvise(file_.get(), 0, 0, POSIX_FADV_NORMAL);
    return boost::outcome_v2::success();
}

Result<void> SnapshotFile::check(const SnapshotPart& part) const {
    constexpr std::size_t piece_bytes_max = std::size_t{1} << 20U;
    std::string piece;
    ChecksumStream checksum;
    for (std::uint64_t done = 0; done < part.size; done += piece.size()) {
        piece.resize(std::min<std::uint64_t>(piece_bytes_max, part.size - done));
        BOOST_OUTCOME_TRYV(read_at(part.offset + done, piece.data(), piece.size()));
        checksum.add(piece);
    }
    if (checksum.value() != part.checksum) return damaged_snapshot(path_);
    return boost::outcome_v2::success();
}

Result<std::vector<BlockPlace>> SnapshotFile::read_places(const SnapshotSection& section) const {
    BOOST_OUTCOME_TRY(const std::string bytes, read(section.blocks->places));
    auto places = decode_places(bytes, ledger::blocks_of(section.blocks->rows));
    if (!places) return damaged_snapshot(path_);
    const auto within = [&](const BlockPlace& place) {
        const std::uint64_t size = std::uint64_t{place.rows_size} + place.side_size;
        return place.offset <= section.body.size && size <= section.body.size - place.offset;
    };
    if (!std::ranges::all_of(*places, within)) return damaged_snapshot(path_);
    return std::move(*places);
}

Result<std::string> SnapshotFile::read(const SnapshotSection& section) const {
    BOOST_OUTCOME_TRY(std::string body, read(section.body));
    if (!section.blocks) return body;
    BOOST_OUTCOME_TRY(const auto places, read_places(section));
    ledger::ByteWriter canonical;
    canonical.integer(section.blocks->rows);
    for (const BlockPlace& place : places) {
        canonical.raw(body.data() + place.offset, place.rows_size);
    }
    return std::move(canonical.bytes());
}

Result<std::shared_ptr<const BlockStore>> SnapshotFile::store_of(
    std::shared_ptr<const SnapshotFile> file, const SnapshotSection& section) {
    if (!section.blocks) return damaged_snapshot(file->path());
    FileBlocks::Index index;
    index.rows = section.blocks->rows;
    BOOST_OUTCOME_TRY(index.places, file->read_places(section));
    BOOST_OUTCOME_TRY(index.keys, read_keys(*file, *section.blocks));
    return std::make_shared<const FileBlocks>(std::move(file), section.body.offset,
                                              std::move(index));
}

}  // namespace projections
