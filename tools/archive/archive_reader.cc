#include "tools/archive/archive_reader.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tools {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<ArchiveReader> ArchiveReader::open(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, {}};
    ArchiveReader reader{path, std::move(file)};
    BOOST_OUTCOME_TRYV(reader.read_header());
    return reader;
}

Result<void> ArchiveReader::read_header() {
    std::string line;
    char byte = 0;
    while (file_.get(byte) && byte != '\n' && line.size() < archive_header_bytes_max) line += byte;
    if (!file_ || byte != '\n') {
        return Error{Errc::corrupt, path_ + ": its first line is not an archive's", {}};
    }
    auto header = parse_archive_header(line);
    if (!header) {
        const Error& error = header.error();
        return Error{
            Errc::corrupt, path_ + ": its first line: " + error.field + " " + error.detail, {}};
    }
    header_ = std::move(header).value();
    blocks_at_ = line.size() + 1;
    checksum_.add(line + '\n');
    return success();
}

Result<void> ArchiveReader::scan(const ledger::log::Journal::Visit& visit) {
    while (true) {
        BOOST_OUTCOME_TRY(const ArchiveBlock block, next_block());
        if (block.records.empty()) return check_end();
        for (std::string_view rest = block.records; !rest.empty();) {
            const auto record = take_record(rest);
            if (!record) return wrong(record.error().detail);
            if (!visit(next_++, record.value())) return success();
        }
    }
}

Result<ArchiveBlock> ArchiveReader::next_block() {
    BOOST_OUTCOME_TRY(const std::string head, take(ArchiveBlockHead::bytes));
    const auto sizes = read_block_head(head);
    if (!sizes) return wrong(sizes.error().detail);
    if (sizes.value() == ArchiveBlockHead{}) return ArchiveBlock{};
    if (sizes.value().first != next_) {
        return wrong("the next block begins with " + std::to_string(sizes.value().first));
    }
    BOOST_OUTCOME_TRY(const std::string behind, take(bytes_behind(sizes.value())));
    auto block = unpack_block(head, behind);
    if (!block) return wrong("the block: " + block.error().detail);
    return block;
}

Result<void> ArchiveReader::check_end() {
    const ledger::log::Checksum whole = checksum_.value();
    BOOST_OUTCOME_TRY(const std::string stored, take(whole.size()));
    if (!std::ranges::equal(stored, whole)) {
        return Error{Errc::corrupt, path_ + ": the checksum of the whole file is another", {}};
    }
    if (file_.peek() != std::ifstream::traits_type::eof()) {
        return Error{Errc::corrupt, path_ + ": something stands behind its end", {}};
    }
    if (next_ - 1 == header_.records) return success();
    return Error{Errc::corrupt,
                 path_ + ": it holds " + std::to_string(next_ - 1) + " records, not " +
                     std::to_string(header_.records),
                 {}};
}

// In parts: a size that is wrong asks for no memory that the file does not fill.
Result<std::string> ArchiveReader::take(std::size_t count) {
    std::string bytes;
    std::array<char, 64 * ledger::kib> part{};
    while (bytes.size() < count) {
        const std::size_t wanted = std::min(part.size(), count - bytes.size());
        file_.read(part.data(), static_cast<std::streamsize>(wanted));
        if (file_.gcount() <= 0) return wrong("the file is cut off");
        bytes.append(part.data(), static_cast<std::size_t>(file_.gcount()));
    }
    checksum_.add(bytes);
    return bytes;
}

Error ArchiveReader::wrong(const std::string& what) const {
    return Error{Errc::corrupt, path_ + ": at record " + std::to_string(next_) + ": " + what, {}};
}

}  // namespace tools
