#include "projections/snapshot_writer.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/replication/order_blocks.h"
#include "projections/snapshot_layout.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace projections {

using ledger::ByteWriter;
using ledger::KeyPlace;
using ledger::Result;
using ledger::log::checksum_of;
using ledger::log::ChecksumStream;
using ledger::replication::OrderBlocks;
using ledger::replication::OrderTable;

namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20U;

// Bytes on their way to the sink; they are counted, and checked part by part.
class Output {
  public:
    explicit Output(const ByteSink& sink) : sink_(sink) {}

    [[nodiscard]] Result<void> add(std::string_view bytes) {
        part_.add(bytes);
        offset_ += bytes.size();
        buffer_.append(bytes);
        if (buffer_.size() < buffer_bytes) return boost::outcome_v2::success();
        return flush();
    }

    // What was added since the part before.
    [[nodiscard]] SnapshotPart end_part() {
        const SnapshotPart part{
            .offset = part_at_, .size = offset_ - part_at_, .checksum = part_.value()};
        part_at_ = offset_;
        part_ = ChecksumStream{};
        return part;
    }

    [[nodiscard]] Result<void> flush() {
        BOOST_OUTCOME_TRYV(sink_(buffer_));
        buffer_.clear();
        return boost::outcome_v2::success();
    }

  private:
    const ByteSink& sink_;
    std::string buffer_;
    std::uint64_t offset_ = 0;
    std::uint64_t part_at_ = 0;
    ChecksumStream part_;
};

Result<SnapshotPart> put_part(std::string_view bytes, Output& out) {
    BOOST_OUTCOME_TRYV(out.add(bytes));
    return out.end_part();
}

// The canonical bytes are the number of rows and the rows of every block.
Result<SnapshotSection> put_blocks(const OrderBlocks& blocks, Output& out) {
    SnapshotSection section;
    BlockIndex& index = section.blocks.emplace();
    index.rows = blocks.rows();
    ByteWriter number;
    number.integer(index.rows);
    ChecksumStream canonical;
    canonical.add(number.bytes());
    std::vector<BlockPlace> places;
    std::uint64_t offset = 0;
    for (std::size_t n = 0; n < blocks.count(); ++n) {
        ledger::StoredBlock block = blocks.block(n);
        canonical.add(block.rows);
        BlockPlace& place = places.emplace_back();
        place.offset = offset;
        place.rows_size = static_cast<std::uint32_t>(block.rows.size());
        place.side_size = static_cast<std::uint32_t>(block.side.size());
        place.settled_at_ns = blocks.settled_at_ns(n);
        const std::string bytes = std::move(block.rows) + block.side;
        place.checksum = checksum_of(bytes);
        offset += bytes.size();
        BOOST_OUTCOME_TRYV(out.add(bytes));
    }
    section.digest = canonical.value();
    section.body = out.end_part();
    BOOST_OUTCOME_TRY(index.places, put_part(encode(places), out));
    const std::vector<KeyPlace> keys = blocks.keys();
    BOOST_OUTCOME_TRY(index.keys, put_part(bytes_of(keys), out));
    return section;
}

Result<SnapshotSection> put_section(const LedgerView& view, std::string_view name, Output& out) {
    if (const auto table = order_table(name)) {
        return put_blocks(OrderBlocks{view.state(), *table}, out);
    }
    const std::string bytes = view.serialize(name);
    SnapshotSection section;
    section.digest = checksum_of(bytes);
    BOOST_OUTCOME_TRY(section.body, put_part(bytes, out));
    return section;
}

Result<SnapshotPart> put_live_orders(const LedgerView& view, Output& out) {
    ByteWriter live;
    ledger::replication::put_live_orders(live, view.state());
    return put_part(live.bytes(), out);
}

}  // namespace

Result<void> put_snapshot(const LedgerView& view, const ByteSink& sink) {
    Output out{sink};
    BOOST_OUTCOME_TRYV(put_part(snapshot_heading(), out));
    SnapshotContents contents;
    contents.sequence = view.sequence();
    contents.recorded_at_ns = view.state().recorded_at_ns;
    for (const std::string_view name : LedgerView::projection_names()) {
        BOOST_OUTCOME_TRY(SnapshotSection section, put_section(view, name, out));
        section.name = name;
        contents.sections.push_back(std::move(section));
    }
    BOOST_OUTCOME_TRY(contents.live_orders, put_live_orders(view, out));
    const std::string bytes = encode(contents);
    BOOST_OUTCOME_TRYV(out.add(bytes));
    BOOST_OUTCOME_TRYV(out.add(
        encode(SnapshotTrailer{.contents_size = bytes.size(), .checksum = checksum_of(bytes)})));
    return out.flush();
}

}  // namespace projections
