#include "tests/simulation/twins/sim_disk.h"

#include "ledger/base/byte_buffer.h"
#include "ledger/log/checksum.h"

#include <vector>

namespace simulation {

using boost::outcome_v2::success;
using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::log::Checksum;
using ledger::log::JournalEntry;
using ledger::log::MemoryJournal;
using ledger::log::SequenceNumber;

namespace {

constexpr std::size_t head_bytes = sizeof(std::uint32_t) + sizeof(Checksum);
constexpr SequenceNumber id_window = 30;  // of a journal that forgets
constexpr std::size_t writes_refused_max = 5;

std::string frame_of(std::string_view body) {
    ledger::ByteWriter frame;
    const Checksum checksum = ledger::log::checksum_of(body);
    frame.integer(static_cast<std::uint32_t>(body.size()));
    frame.raw(checksum.data(), checksum.size());
    frame.raw(body.data(), body.size());
    return std::move(frame.bytes());
}

std::string encode(std::span<const JournalEntry> batch) {
    ledger::ByteWriter body;
    for (const JournalEntry& entry : batch) {
        body.text(entry.record);
        body.integer(static_cast<std::uint32_t>(entry.ids.size()));
        for (const ledger::EventId& id : entry.ids) body.raw(id.bytes.data(), id.bytes.size());
        body.integer(static_cast<std::uint32_t>(entry.entities.size()));
        for (const auto& entity : entry.entities) {
            body.integer(entity.kind);
            body.integer(entity.value);
        }
    }
    return frame_of(body.bytes());
}

// The next entry of a frame's body; false where it is not whole.
bool take_entry(ledger::ByteReader& body, MemoryJournal& journal) {
    const std::string record = body.text();
    std::vector<ledger::EventId> ids;
    for (auto left = body.integer<std::uint32_t>(); left > 0 && body.ok(); --left) {
        ledger::EventId& id = ids.emplace_back();
        body.raw(id.bytes.data(), id.bytes.size());
    }
    std::vector<ledger::log::EntityKey> entities;
    for (auto left = body.integer<std::uint32_t>(); left > 0 && body.ok(); --left) {
        auto& entity = entities.emplace_back();
        entity.kind = body.integer<char>();
        entity.value = body.integer<std::uint64_t>();
    }
    if (!body.ok()) return false;
    const JournalEntry entry{record, ids, entities};
    return journal.append(std::span{&entry, 1}).has_value();
}

// How many of the bytes are whole entries.
std::size_t take_entries(std::string_view bytes, MemoryJournal& journal) {
    ledger::ByteReader body{bytes};
    std::size_t whole = 0;
    while (body.remaining() > 0 && take_entry(body, journal)) {
        whole = bytes.size() - body.remaining();
    }
    return whole;
}

// The size of the whole frame at the start, or 0 where it is not whole.
std::size_t whole_frame(std::string_view bytes) {
    ledger::ByteReader head{bytes};
    const std::size_t size = head.integer<std::uint32_t>();
    Checksum checksum{};
    head.raw(checksum.data(), checksum.size());
    if (!head.ok() || size > head.remaining()) return 0;
    const bool whole = ledger::log::checksum_of(bytes.substr(head_bytes, size)) == checksum;
    return whole ? head_bytes + size : 0;
}

std::unique_ptr<MemoryJournal> read_frames(std::string_view bytes, std::size_t& whole) {
    auto journal = std::make_unique<MemoryJournal>();
    whole = 0;
    while (whole < bytes.size()) {
        const std::size_t size = whole_frame(bytes.substr(whole));
        if (size == 0) break;
        take_entries(bytes.substr(whole + head_bytes, size - head_bytes), *journal);
        whole += size;
    }
    return journal;
}

// What a recovery does that takes half a commit for one.
void keep_torn_frame(SimDisk& disk, std::size_t whole) {
    if (disk.bytes.size() <= whole + head_bytes) return;
    const std::string_view torn = std::string_view{disk.bytes}.substr(whole + head_bytes);
    MemoryJournal ignored;
    const std::string frame = frame_of(torn.substr(0, take_entries(torn, ignored)));
    disk.bytes.resize(whole);
    if (frame.size() > head_bytes) disk.bytes += frame;
}

// What a recovery does that makes other words of a record, and a frame that is whole.
void rewrite_first_frame(SimDisk& disk) {
    constexpr std::string_view word = "operator";
    const std::size_t size = whole_frame(disk.bytes);
    const std::size_t at = std::string_view{disk.bytes}.substr(0, size).find(word);
    if (at == std::string::npos) return;
    disk.bytes[at] = 'O';
    const std::string frame = frame_of(disk.bytes.substr(head_bytes, size - head_bytes));
    disk.bytes.replace(0, size, frame);
}

}  // namespace

Result<std::unique_ptr<MemoryJournal>> read_disk(SimDisk& disk, PlantedBug bug) {
    std::size_t whole = 0;
    auto journal = read_frames(disk.bytes, whole);
    if (whole < disk.synced) return Error{Errc::corrupt, "a synced frame is damaged", {}};
    if (bug == PlantedBug::recovery_keeps_torn_batch) {
        keep_torn_frame(disk, whole);
        journal = read_frames(disk.bytes, whole);
    }
    if (bug == PlantedBug::recovery_rewrites_history) {
        rewrite_first_frame(disk);
        journal = read_frames(disk.bytes, whole);
    }
    disk.bytes.resize(whole);
    disk.synced = whole;
    return journal;
}

Result<std::unique_ptr<SimJournal>> SimJournal::open(SimDisk& disk, JournalConduct conduct) {
    if (disk.synced > 0 && conduct.dice.chance(conduct.faults.bit_flips)) {
        std::string flipped = disk.bytes;
        char& hit = flipped[conduct.dice.below(disk.synced)];
        hit = static_cast<char>(hit ^ (1 << conduct.dice.below(8)));
        SimDisk read;
        read.bytes = std::move(flipped);
        read.synced = disk.synced;
        BOOST_OUTCOME_TRY(const auto harmless, read_disk(read, conduct.bug));
        static_cast<void>(harmless);
    }
    BOOST_OUTCOME_TRY(auto records, read_disk(disk, conduct.bug));
    return std::make_unique<SimJournal>(disk, conduct, std::move(records));
}

void SimJournal::put(std::string_view frame) {
    disk_.bytes += frame;
    disk_.synced = disk_.bytes.size();
}

// A write that was under way when it ended: any part of it, and perhaps all, is there.
void SimJournal::put_part(std::string_view frame) {
    disk_.bytes += frame.substr(0, conduct_.dice.below(frame.size() + 1));
}

Result<void> SimJournal::append(std::span<const JournalEntry> batch) {
    if (died_) return Error{Errc::storage_failed, "the process is dead", {}};
    if (failed_ && conduct_.bug == PlantedBug::journal_retries_failed_write) {
        return records_->append(batch);
    }
    if (failed_) {
        ++writes_after_failure_;
        return Error{Errc::storage_failed, "an earlier write failed", {}};
    }
    if (damaged_) ++writes_after_failure_;
    const std::string frame = encode(batch);
    if (conduct_.dice.chance(conduct_.faults.dies_in_write)) {
        died_ = true;
        put_part(frame);
        return Error{Errc::storage_failed, "the process died", {}};
    }
    if (disk_.full_for > 0) {
        --disk_.full_for;
        return fail(batch, {});
    }
    if (conduct_.dice.chance(conduct_.faults.write_fails)) {
        if (conduct_.dice.chance(conduct_.faults.stays_full)) {
            disk_.full_for = 1 + conduct_.dice.below(writes_refused_max);
        }
        return fail(batch, frame);
    }
    if (conduct_.bug == PlantedBug::journal_answers_before_durable) {
        unwritten_ += frame;
        if (conduct_.dice.chance(300)) {
            put(unwritten_);
            unwritten_.clear();
        }
        return records_->append(batch);
    }
    put(frame);
    return records_->append(batch);
}

Result<void> SimJournal::fail(std::span<const JournalEntry> batch, std::string_view frame) {
    failed_ = true;
    if (conduct_.bug == PlantedBug::journal_retries_failed_write) return records_->append(batch);
    put_part(frame);
    return Error{Errc::storage_failed, "No space left on device", {}};
}

Result<std::optional<SequenceNumber>> SimJournal::find(const ledger::EventId& id) const {
    auto found = records_->find(id);
    const bool forgets = conduct_.bug == PlantedBug::journal_forgets_ids;
    if (forgets && found && found.value() && *found.value() + id_window < last_sequence()) {
        return std::optional<SequenceNumber>();
    }
    return found;
}

// The bytes on the disk are whole: the next read may well succeed.
Result<std::string> SimJournal::read(SequenceNumber sequence) const {
    if (conduct_.dice.chance(conduct_.faults.read_flips)) {
        damaged_ = true;
        return Error{Errc::corrupt, "a record does not have its checksum", {}};
    }
    return records_->read(sequence);
}

}  // namespace simulation
