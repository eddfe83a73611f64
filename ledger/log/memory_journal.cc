#include "ledger/log/memory_journal.h"

#include <algorithm>

namespace ledger::log {

using boost::outcome_v2::success;

Result<void> MemoryJournal::append(std::span<const JournalEntry> batch) {
    if (failed_) return Error{Errc::storage_failed, "an earlier write failed", {}};
    if (fail_next_append_) {
        failed_ = true;
        return Error{Errc::storage_failed, "No space left on device", {}};
    }
    for (const JournalEntry& entry : batch) {
        records_.emplace_back(entry.record);
        for (const EventId& id : entry.ids) ids_[id] = last_sequence();
        for (const EntityKey entity : entry.entities) {
            auto& sequences = entities_[entity];
            if (sequences.empty() || sequences.back() != last_sequence()) {
                sequences.push_back(last_sequence());
            }
        }
    }
    return success();
}

SequenceNumber MemoryJournal::last_sequence() const {
    return records_.size();
}

Result<std::optional<SequenceNumber>> MemoryJournal::find(const EventId& id) const {
    const auto found = ids_.find(id);
    if (found == ids_.end()) return std::optional<SequenceNumber>();
    return std::optional<SequenceNumber>(found->second);
}

Result<std::string> MemoryJournal::read(SequenceNumber sequence) const {
    if (sequence == 0 || sequence > last_sequence()) {
        return Error{Errc::not_found, "no record " + std::to_string(sequence), {}};
    }
    return records_[sequence - 1];
}

Result<void> MemoryJournal::scan(SequenceNumber first, SequenceNumber last,
                                 const Visit& visit) const {
    first = std::max<SequenceNumber>(first, 1);
    last = std::min(last, last_sequence());
    for (SequenceNumber sequence = first; sequence <= last; ++sequence) {
        if (!visit(sequence, records_[sequence - 1])) break;
    }
    return success();
}

Result<std::vector<SequenceNumber>> MemoryJournal::entity_sequences(EntityKey entity,
                                                                    SequenceNumber first,
                                                                    std::size_t count_max) const {
    const auto found = entities_.find(entity);
    if (found == entities_.end()) return std::vector<SequenceNumber>();
    const auto& all = found->second;
    const auto begin = std::lower_bound(all.begin(), all.end(), first);
    const auto available = static_cast<std::size_t>(all.end() - begin);
    const auto count = std::min(count_max, available);
    return std::vector<SequenceNumber>(begin, begin + static_cast<std::ptrdiff_t>(count));
}

}  // namespace ledger::log
