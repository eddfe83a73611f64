#include "projections/snapshot.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/base/kill_point.h"
#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/base/unique_fd.h"
#include "ledger/replication/state_codec.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace projections {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

// File: magic, versions, checksum of these; offset, one {name, digest, bytes} per projection,
// checksum of all before.
constexpr std::string_view magic = "clsnap02";
constexpr std::string_view former_magic = "clsnap01";  // its heading had no checksum
constexpr std::string_view suffix = ".snapshot";
constexpr std::size_t sequence_digits = 20;  // as many as the greatest sequence has

struct Section {
    std::string name;
    ledger::log::Checksum digest{};
    std::string_view bytes;
};

struct Contents {
    std::uint64_t sequence = 0;
    std::int64_t recorded_at_ns = 0;
    std::vector<Section> sections;
};

// What every file of these versions begins with.
const std::string& heading() {
    static const std::string bytes = [] {
        ledger::ByteWriter out;
        out.raw(magic.data(), magic.size());
        out.integer(ledger::replication::state_version);
        out.integer(view_version);
        const auto checksum = ledger::log::checksum_of(out.bytes());
        out.raw(checksum.data(), checksum.size());
        return std::move(out.bytes());
    }();
    return bytes;
}

Error system_error(std::string_view what, const std::string& path) {
    return ledger::os_error(Errc::unavailable, what, path);
}

std::string encode(const LedgerView& view) {
    ledger::ByteWriter out;
    out.raw(heading().data(), heading().size());
    out.integer(view.sequence());
    out.integer(view.state().recorded_at_ns);
    const auto names = LedgerView::projection_names();
    out.integer(static_cast<std::uint32_t>(names.size()));
    for (const std::string_view name : names) {
        const std::string bytes = view.serialize(name);
        const auto digest = ledger::log::checksum_of(bytes);
        out.text(name);
        out.raw(digest.data(), digest.size());
        out.integer(static_cast<std::uint64_t>(bytes.size()));
        out.raw(bytes.data(), bytes.size());
    }
    const auto checksum = ledger::log::checksum_of(out.bytes());
    out.raw(checksum.data(), checksum.size());
    return std::move(out.bytes());
}

Error damaged(const std::string& path) {
    return Error{Errc::corrupt, "the snapshot " + path + " is damaged or was changed", {}};
}

// Another version's heading is whole, a damaged one is not.
Error not_ours(const std::string& path, std::string_view beginning) {
    const std::size_t sum_size = ledger::log::Checksum{}.size();
    const std::string_view versions = beginning.substr(0, beginning.size() - sum_size);
    const auto checksum = ledger::log::checksum_of(versions);
    const bool whole = std::ranges::equal(beginning.substr(versions.size()), checksum);
    if (!whole && !beginning.starts_with(former_magic)) return damaged(path);
    return Error{Errc::unavailable, "the snapshot " + path + " is of another version", {}};
}

Section take_section(ledger::ByteReader& in) {
    Section section;
    section.name = in.text();
    in.raw(section.digest.data(), section.digest.size());
    const auto size = in.integer<std::uint64_t>();
    section.bytes = in.view(size);
    return section;
}

// What a file holds.
struct FileBytes {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;

    [[nodiscard]] std::string_view view() const { return {bytes.get(), size}; }
};

// How much of it there was.
Result<std::size_t> read_at(const ledger::UniqueFd& file, const std::string& path, char* out,
                            std::size_t size, std::size_t offset) {
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count =
            ::pread(file.get(), out + done, size - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error("cannot read", path);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

// The whole file, unless its heading shows already that it is of no use: there may be many of an
// older version, and they may be large.
Result<FileBytes> read_file(const std::string& path) {
    const ledger::UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.valid()) return system_error("cannot read", path);
    std::string beginning(heading().size(), '\0');
    BOOST_OUTCOME_TRYV(read_at(file, path, beginning.data(), beginning.size(), 0));
    if (beginning != heading()) return not_ours(path, beginning);
    ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);

    struct stat status {};

    if (::fstat(file.get(), &status) != 0) return system_error("cannot read", path);
    FileBytes whole{nullptr, static_cast<std::size_t>(status.st_size)};
    whole.bytes = std::make_unique_for_overwrite<char[]>(whole.size);
    BOOST_OUTCOME_TRY(const std::size_t done,
                      read_at(file, path, whole.bytes.get(), whole.size, 0));
    if (done != whole.size) return damaged(path);
    return whole;
}

// What `bytes`, a whole file, says; the sections lie in it.
Result<Contents> contents_of(const std::string& path, std::string_view bytes) {
    ledger::log::Checksum stored{};
    if (bytes.size() < heading().size() + stored.size()) return damaged(path);
    const std::string_view body = bytes.substr(0, bytes.size() - stored.size());
    std::memcpy(stored.data(), body.data() + body.size(), stored.size());
    if (ledger::log::checksum_of(body) != stored) return damaged(path);

    ledger::ByteReader in{body.substr(heading().size())};
    Contents contents;
    contents.sequence = in.integer<std::uint64_t>();
    contents.recorded_at_ns = in.integer<std::int64_t>();
    const auto count = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        contents.sections.push_back(take_section(in));
    }
    if (!in.finished()) return damaged(path);
    return contents;
}

std::string file_name(std::uint64_t sequence) {
    std::string digits = std::to_string(sequence);
    digits.insert(0, sequence_digits - digits.size(), '0');
    return digits + std::string{suffix};
}

// The sequence that a file's name says; nothing where it is no snapshot's name.
std::optional<std::uint64_t> sequence_in(std::string_view name) {
    if (name.size() != sequence_digits + suffix.size() || !name.ends_with(suffix)) return {};
    std::uint64_t sequence = 0;
    const char* end = name.data() + sequence_digits;
    const auto parsed = std::from_chars(name.data(), end, sequence);
    if (parsed.ec != std::errc{} || parsed.ptr != end) return {};
    return sequence;
}

Result<void> write_durably(const std::string& path, std::string_view bytes) {
    const ledger::UniqueFd file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file.valid()) return system_error("cannot create", path);
    ledger::reached(ledger::KillPoint::snapshot_created);
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_error("cannot write", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.get()) != 0) return system_error("cannot sync", path);
    return boost::outcome_v2::success();
}

// A cache: what cannot be removed now will be next time.
void thin_out(const std::string& directory, const SnapshotLimits& limits) {
    std::error_code ignored;
    std::vector<SnapshotSize> sizes;
    for (const SnapshotInfo& info : list_snapshots(directory)) {
        const auto bytes = fs::file_size(info.path, ignored);
        sizes.push_back({info.sequence, ignored ? 0 : bytes});
    }
    std::ranges::reverse(sizes);
    for (const std::uint64_t sequence : surplus(std::move(sizes), limits)) {
        fs::remove(directory + "/" + file_name(sequence), ignored);
    }
}

}  // namespace

Result<SnapshotInfo> write_snapshot(const LedgerView& view, const std::string& directory,
                                    const SnapshotLimits& limits) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return Error{Errc::unavailable, directory + ": " + error.message(), {}};
    const std::string path = directory + "/" + file_name(view.sequence());
    // The name is always the same: what a crash leaves behind is overwritten.
    const std::string beside = directory + "/new.tmp";
    BOOST_OUTCOME_TRY(write_durably(beside, encode(view)));
    ledger::reached(ledger::KillPoint::snapshot_written);
    if (std::rename(beside.c_str(), path.c_str()) != 0) return system_error("cannot rename", path);
    if (auto synced = ledger::sync_parent_directory(path); !synced) {
        return Error{Errc::unavailable, synced.error().detail, {}};
    }
    ledger::reached(ledger::KillPoint::snapshot_placed);
    thin_out(directory, limits);
    return SnapshotInfo{path, view.sequence()};
}

std::vector<SnapshotInfo> list_snapshots(const std::string& directory) {
    std::vector<SnapshotInfo> found;
    std::error_code error;
    for (fs::directory_iterator it{directory, error}, end; !error && it != end;
         it.increment(error)) {
        if (const auto sequence = sequence_in(it->path().filename().string())) {
            found.push_back({it->path().string(), *sequence});
        }
    }
    std::ranges::sort(found, std::ranges::greater{}, &SnapshotInfo::sequence);
    return found;
}

Result<LedgerView> read_snapshot(const std::string& path) {
    BOOST_OUTCOME_TRY(const FileBytes bytes, read_file(path));
    BOOST_OUTCOME_TRY(const Contents contents, contents_of(path, bytes.view()));
    const auto names = LedgerView::projection_names();
    if (contents.sections.size() != names.size()) return damaged(path);
    LedgerView view;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (contents.sections[i].name != names[i]) return damaged(path);
        BOOST_OUTCOME_TRY(view.restore(names[i], contents.sections[i].bytes));
    }
    view.set_offset(contents.sequence, contents.recorded_at_ns);
    return view;
}

Result<SnapshotDigests> read_snapshot_digests(const std::string& path) {
    BOOST_OUTCOME_TRY(const FileBytes bytes, read_file(path));
    BOOST_OUTCOME_TRY(Contents contents, contents_of(path, bytes.view()));
    SnapshotDigests out;
    out.sequence = contents.sequence;
    for (Section& section : contents.sections) {
        if (ledger::log::checksum_of(section.bytes) != section.digest) return damaged(path);
        out.digests.emplace_back(std::move(section.name), section.digest);
    }
    return out;
}

}  // namespace projections
