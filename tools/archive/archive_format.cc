#include "tools/archive/archive_format.h"

#include "ledger/base/assert.h"
#include "ledger/base/big_endian.h"
#include "ledger/log/checksum.h"
#include "ledger/proof/proof_json.h"
#include "ledger/text/json_writer.h"

#include <algorithm>
#include <utility>

#include <zlib.h>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::log::Checksum;

namespace {

// DO NOT CHANGE: another form of the file has another word.
constexpr std::string_view archive_type = "copyledger/archive-v1";
constexpr std::size_t word_bytes = 8;
constexpr std::size_t checksum_bytes = sizeof(Checksum);

void add_word(std::string& out, std::uint64_t value) {
    char bytes[word_bytes];
    ledger::store_be64(value, bytes);
    out.append(bytes, word_bytes);
}

Error damaged_block(const char* what) {
    return Error{Errc::corrupt, what, {}};
}

}  // namespace

std::string to_text(const ArchiveHeader& header) {
    std::string out;
    ledger::text::JsonWriter json{out};
    json.begin_object();
    json.member("type", archive_type);
    json.member("records", std::to_string(header.records));
    json.member("checkpoint", header.checkpoint);
    json.end_object();
    return out;
}

Result<ArchiveHeader> parse_archive_header(std::string_view line) {
    BOOST_OUTCOME_TRY(
        const auto object,
        ledger::proof::parse_proof_object(line, archive_type, {"type", "records", "checkpoint"}));
    ArchiveHeader header;
    BOOST_OUTCOME_TRY(header.records, ledger::proof::number_member(object, "records"));
    BOOST_OUTCOME_TRY(header.checkpoint, ledger::proof::text_member(object, "checkpoint"));
    return header;
}

void add_to_block(ArchiveBlock& block, std::string_view record) {
    add_word(block.records, record.size());
    block.records += record;
}

Result<std::string_view> take_record(std::string_view& rest) {
    if (rest.size() < word_bytes) return damaged_block("a record is cut off");
    const std::uint64_t size = ledger::load_be64(rest.data());
    rest.remove_prefix(word_bytes);
    if (size > rest.size()) return damaged_block("a record is longer than its block");
    const std::string_view record = rest.substr(0, size);
    rest.remove_prefix(size);
    return record;
}

std::string pack_block(const ArchiveBlock& block) {
    LEDGER_ASSERT(!block.records.empty());
    uLongf size = compressBound(block.records.size());
    std::string compressed(size, '\0');
    const int done = compress2(reinterpret_cast<Bytef*>(compressed.data()), &size,
                               reinterpret_cast<const Bytef*>(block.records.data()),
                               block.records.size(), Z_DEFAULT_COMPRESSION);
    LEDGER_ASSERT(done == Z_OK);
    compressed.resize(size);
    std::string out;
    out.reserve(ArchiveBlockHead::bytes + size + checksum_bytes);
    add_word(out, block.first);
    add_word(out, block.records.size());
    add_word(out, compressed.size());
    out += compressed;
    const Checksum checksum = ledger::log::checksum_of(out);
    return out.append(checksum.data(), checksum.size());
}

std::size_t bytes_behind(const ArchiveBlockHead& head) {
    return head.compressed + checksum_bytes;
}

Result<ArchiveBlockHead> read_block_head(std::string_view bytes) {
    LEDGER_ASSERT(bytes.size() == ArchiveBlockHead::bytes);
    ArchiveBlockHead head;
    head.first = ledger::load_be64(bytes.data());
    head.size = ledger::load_be64(bytes.data() + word_bytes);
    head.compressed = ledger::load_be64(bytes.data() + 2 * word_bytes);
    if (head == ArchiveBlockHead{}) return head;
    const bool possible = head.first > 0 && head.size > 0 && head.size <= archive_block_bytes_max &&
                          head.compressed > 0 && head.compressed <= compressBound(head.size);
    if (!possible) return damaged_block("no block begins here");
    return head;
}

Result<ArchiveBlock> unpack_block(std::string_view head_bytes, std::string_view behind) {
    BOOST_OUTCOME_TRY(const ArchiveBlockHead head, read_block_head(head_bytes));
    LEDGER_ASSERT(behind.size() == bytes_behind(head));
    const std::string_view compressed = behind.substr(0, head.compressed);
    ledger::log::ChecksumStream checksum;
    checksum.add(head_bytes);
    checksum.add(compressed);
    if (!std::ranges::equal(checksum.value(), behind.substr(head.compressed))) {
        return damaged_block("its checksum is another");
    }
    ArchiveBlock block{head.first, std::string(head.size, '\0')};
    uLongf size = head.size;
    const int done =
        uncompress(reinterpret_cast<Bytef*>(block.records.data()), &size,
                   reinterpret_cast<const Bytef*>(compressed.data()), compressed.size());
    if (done != Z_OK || size != head.size) return damaged_block("it cannot be decompressed");
    return block;
}

}  // namespace tools
