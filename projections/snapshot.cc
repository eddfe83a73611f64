#include "projections/snapshot.h"

#include "ledger/base/kill_point.h"
#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/base/unique_fd.h"
#include "ledger/replication/order_blocks.h"
#include "projections/snapshot_file.h"
#include "projections/snapshot_writer.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace projections {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

constexpr std::string_view suffix = ".snapshot";
constexpr std::size_t sequence_digits = 20;  // as many as the greatest sequence has

Error system_error(std::string_view what, const std::string& path) {
    return ledger::os_error(Errc::unavailable, what, path);
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

Result<void> write_all(const ledger::UniqueFd& file, const std::string& path,
                       std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_error("cannot write", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return boost::outcome_v2::success();
}

Result<void> write_durably(const std::string& path, const LedgerView& view) {
    const ledger::UniqueFd file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!file.valid()) return system_error("cannot create", path);
    ledger::reached(ledger::KillPoint::snapshot_created);
    BOOST_OUTCOME_TRYV(
        put_snapshot(view, [&](std::string_view bytes) { return write_all(file, path, bytes); }));
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

Result<void> check_names(const SnapshotFile& file) {
    const auto& sections = file.contents().sections;
    const auto names = LedgerView::projection_names();
    const bool same = std::ranges::equal(sections, names, {}, &SnapshotSection::name);
    // One that was given another's name would answer for another instant.
    const auto named = sequence_in(fs::path{file.path()}.filename().string());
    const bool own_name = !named || *named == file.contents().sequence;
    if (!same || !own_name) return damaged_snapshot(file.path());
    return boost::outcome_v2::success();
}

// The file has these bytes from `offset` on, which goes behind them.
Result<void> compare(const SnapshotFile& file, std::string_view bytes, std::uint64_t& offset) {
    std::string stored(bytes.size(), '\0');
    BOOST_OUTCOME_TRYV(file.read_at(offset, stored.data(), stored.size()));
    if (stored != bytes) return damaged_snapshot(file.path());
    offset += bytes.size();
    return boost::outcome_v2::success();
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
    BOOST_OUTCOME_TRY(write_durably(beside, view));
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

Result<LedgerView> open_snapshot(const std::string& path, SnapshotCheck check) {
    BOOST_OUTCOME_TRY(const auto file, SnapshotFile::open(path));
    BOOST_OUTCOME_TRYV(check_names(*file));
    if (check == SnapshotCheck::whole) {
        BOOST_OUTCOME_TRYV(file->check());
    }
    LedgerView view;
    BOOST_OUTCOME_TRY(const std::string live, file->read(file->contents().live_orders));
    ledger::replication::OrderStores stores;
    stores.live_orders = live;
    for (const SnapshotSection& section : file->contents().sections) {
        if (const auto table = order_table(section.name)) {
            BOOST_OUTCOME_TRY(stores.of(*table), SnapshotFile::store_of(file, section));
        } else {
            BOOST_OUTCOME_TRY(const std::string bytes, file->read(section.body));
            BOOST_OUTCOME_TRYV(view.restore(section.name, bytes));
        }
    }
    BOOST_OUTCOME_TRYV(view.restore_orders(std::move(stores)));
    view.set_offset(file->contents().sequence, file->contents().recorded_at_ns);
    return view;
}

Result<LedgerView> read_snapshot(const std::string& path) {
    BOOST_OUTCOME_TRY(const auto file, SnapshotFile::open(path));
    BOOST_OUTCOME_TRYV(check_names(*file));
    BOOST_OUTCOME_TRYV(file->check());
    LedgerView view;
    for (const SnapshotSection& section : file->contents().sections) {
        BOOST_OUTCOME_TRY(const std::string bytes, file->read(section));
        BOOST_OUTCOME_TRYV(view.restore(section.name, bytes));
    }
    view.set_offset(file->contents().sequence, file->contents().recorded_at_ns);
    // What lies beside the canonical bytes follows from them.
    std::uint64_t offset = 0;
    BOOST_OUTCOME_TRYV(
        put_snapshot(view, [&](std::string_view bytes) { return compare(*file, bytes, offset); }));
    return view;
}

Result<SnapshotDigests> read_snapshot_digests(const std::string& path) {
    BOOST_OUTCOME_TRY(const auto file, SnapshotFile::open(path));
    BOOST_OUTCOME_TRYV(file->check());
    SnapshotDigests out;
    out.sequence = file->contents().sequence;
    for (const SnapshotSection& section : file->contents().sections) {
        BOOST_OUTCOME_TRY(const std::string bytes, file->read(section));
        if (ledger::log::checksum_of(bytes) != section.digest) return damaged_snapshot(path);
        out.digests.emplace_back(section.name, section.digest);
    }
    return out;
}

}  // namespace projections
