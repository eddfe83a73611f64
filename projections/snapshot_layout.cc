#include "projections/snapshot_layout.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/replication/state_codec.h"
#include "projections/ledger_view.h"

#include <algorithm>
#include <utility>

namespace projections {

using ledger::ByteReader;
using ledger::ByteWriter;
using ledger::Errc;
using ledger::Error;
using ledger::log::Checksum;
using ledger::replication::OrderTable;
using ledger::replication::Section;

namespace {

constexpr std::string_view magic = "clsnap03";
constexpr std::string_view unsummed_magic = "clsnap01";  // its heading had no checksum

void put(ByteWriter& out, const Checksum& checksum) {
    out.raw(checksum.data(), checksum.size());
}

void put(ByteWriter& out, const SnapshotPart& part) {
    out.integer(part.offset);
    out.integer(part.size);
    put(out, part.checksum);
}

void put(ByteWriter& out, const SnapshotSection& section) {
    out.text(section.name);
    put(out, section.digest);
    put(out, section.body);
    out.integer(static_cast<std::uint8_t>(section.blocks ? 1 : 0));
    if (!section.blocks) return;
    out.integer(section.blocks->rows);
    put(out, section.blocks->places);
    put(out, section.blocks->keys);
}

void take(ByteReader& in, Checksum& checksum) {
    in.raw(checksum.data(), checksum.size());
}

void take(ByteReader& in, SnapshotPart& part) {
    part.offset = in.integer<std::uint64_t>();
    part.size = in.integer<std::uint64_t>();
    take(in, part.checksum);
}

void take(ByteReader& in, SnapshotSection& section) {
    section.name = in.text();
    take(in, section.digest);
    take(in, section.body);
    if (in.integer<std::uint8_t>() == 0) return;
    BlockIndex& blocks = section.blocks.emplace();
    blocks.rows = in.integer<ledger::RowIndex>();
    take(in, blocks.places);
    take(in, blocks.keys);
}

}  // namespace

const std::string& snapshot_heading() {
    static const std::string bytes = [] {
        ByteWriter out;
        out.raw(magic.data(), magic.size());
        out.integer(ledger::replication::state_version);
        out.integer(view_version);
        put(out, ledger::log::checksum_of(out.bytes()));
        return std::move(out.bytes());
    }();
    return bytes;
}

// Another version's heading is whole, a damaged one is not.
Error no_snapshot_of_ours(const std::string& path, std::string_view beginning) {
    const std::size_t sum_size = Checksum{}.size();
    const std::string_view versions = beginning.substr(0, beginning.size() - sum_size);
    const auto checksum = ledger::log::checksum_of(versions);
    const bool whole = std::ranges::equal(beginning.substr(versions.size()), checksum);
    if (!whole && !beginning.starts_with(unsummed_magic)) return damaged_snapshot(path);
    return Error{Errc::unavailable, "the snapshot " + path + " is of another version", {}};
}

Error damaged_snapshot(const std::string& path) {
    return Error{Errc::corrupt, "the snapshot " + path + " is damaged or was changed", {}};
}

std::optional<OrderTable> order_table(std::string_view projection) {
    if (projection == to_text(Section::order_map)) return OrderTable::master_orders;
    if (projection == to_text(Section::orders)) return OrderTable::follower_orders;
    return std::nullopt;
}

std::string encode(const SnapshotContents& contents) {
    ByteWriter out;
    out.integer(contents.sequence);
    out.integer(contents.recorded_at_ns);
    out.integer(static_cast<std::uint32_t>(contents.sections.size()));
    for (const SnapshotSection& section : contents.sections) put(out, section);
    put(out, contents.live_orders);
    return std::move(out.bytes());
}

std::string encode(const SnapshotTrailer& trailer) {
    ByteWriter out;
    out.bytes().reserve(snapshot_trailer_size);  // without, g++ 12 warns of bounds that hold
    out.integer(trailer.contents_size);
    put(out, trailer.checksum);
    return std::move(out.bytes());
}

std::string encode(const std::vector<BlockPlace>& places) {
    ByteWriter out;
    for (const BlockPlace& place : places) {
        out.integer(place.offset);
        out.integer(place.rows_size);
        out.integer(place.side_size);
        out.integer(place.settled_at_ns);
        put(out, place.checksum);
    }
    return std::move(out.bytes());
}

std::string_view bytes_of(const std::vector<ledger::KeyPlace>& keys) {
    return {reinterpret_cast<const char*>(keys.data()), keys.size() * sizeof(ledger::KeyPlace)};
}

std::optional<SnapshotContents> decode_contents(std::string_view bytes) {
    ByteReader in{bytes};
    SnapshotContents contents;
    contents.sequence = in.integer<std::uint64_t>();
    contents.recorded_at_ns = in.integer<std::int64_t>();
    const auto count = in.integer<std::uint32_t>();
    for (std::uint32_t n = 0; n < count && in.ok(); ++n) {
        take(in, contents.sections.emplace_back());
    }
    take(in, contents.live_orders);
    if (!in.finished()) return std::nullopt;
    return contents;
}

std::optional<std::vector<BlockPlace>> decode_places(std::string_view bytes, std::size_t blocks) {
    ByteReader in{bytes};
    std::vector<BlockPlace> places;
    while (places.size() < blocks && in.ok()) {
        BlockPlace& place = places.emplace_back();
        place.offset = in.integer<std::uint64_t>();
        place.rows_size = in.integer<std::uint32_t>();
        place.side_size = in.integer<std::uint32_t>();
        place.settled_at_ns = in.integer<std::int64_t>();
        take(in, place.checksum);
    }
    if (!in.finished()) return std::nullopt;
    return places;
}

SnapshotTrailer decode_trailer(std::string_view bytes) {
    ByteReader in{bytes};
    SnapshotTrailer trailer;
    trailer.contents_size = in.integer<std::uint64_t>();
    take(in, trailer.checksum);
    return trailer;
}

std::vector<SnapshotPart> parts_of(const SnapshotContents& contents) {
    std::vector<SnapshotPart> parts;
    for (const SnapshotSection& section : contents.sections) {
        parts.push_back(section.body);
        if (!section.blocks) continue;
        parts.push_back(section.blocks->places);
        parts.push_back(section.blocks->keys);
    }
    parts.push_back(contents.live_orders);
    return parts;
}

}  // namespace projections
