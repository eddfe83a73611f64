#include "ledger/log/rocksdb_id_memtable.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include <pthread.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/slice.h>
#include <rocksdb/version.h>

namespace ledger::log {
namespace {

using rocksdb::MemTableRep;
using rocksdb::Slice;

// An entry is a length-prefixed internal key with the value after it; an internal key is the user
// key with 8 bytes of sequence and type. RocksDB declares both frozen (rocksdb/memtablerep.h).
constexpr std::size_t internal_suffix_size = 8;

std::string_view user_key_of(const Slice& internal_key) {
    return internal_key.ToStringView().substr(0, internal_key.size() - internal_suffix_size);
}

// Chains of entries by the hash of their user key. Entries are never removed.
class EntryTable {
  public:
    EntryTable() : heads_(bucket_count, none) {}

    void add(std::string_view user_key, const char* entry) {
        const std::size_t bucket = bucket_of(user_key);
        const std::scoped_lock lock(mutex_);
        nodes_.push_back({entry, heads_[bucket]});
        heads_[bucket] = static_cast<std::uint32_t>(nodes_.size() - 1);
    }

    // Those whose bucket the key shares, newest first.
    void collect(std::string_view user_key, std::vector<const char*>& out) const {
        const std::scoped_lock lock(mutex_);
        for (std::uint32_t at = heads_[bucket_of(user_key)]; at != none; at = nodes_[at].next) {
            out.push_back(nodes_[at].entry);
        }
    }

    [[nodiscard]] std::size_t memory() const {
        const std::scoped_lock lock(mutex_);
        return heads_.size() * sizeof(heads_[0]) + nodes_.size() * sizeof(Node);
    }

  private:
    struct Node {
        const char* entry;
        std::uint32_t next;
    };

    static constexpr std::uint32_t none = UINT32_MAX;
    static constexpr std::size_t bucket_count = id_memtable_buckets;

    static std::size_t bucket_of(std::string_view user_key) {
        return std::hash<std::string_view>()(user_key) % bucket_count;
    }

    mutable std::mutex mutex_;  // one thread adds, any thread collects
    std::vector<std::uint32_t> heads_;
    std::vector<Node> nodes_;
};

// The entries of one user key, in RocksDB's order (the newest first).
class KeyIterator final : public MemTableRep::Iterator {
  public:
    KeyIterator(const EntryTable& table, const MemTableRep::KeyComparator& compare)
        : table_(table), compare_(compare) {}

    [[nodiscard]] bool Valid() const override { return at_ < entries_.size(); }

    [[nodiscard]] const char* key() const override { return entries_[at_]; }

    void Next() override { ++at_; }

    void Prev() override { at_ = at_ == 0 ? entries_.size() : at_ - 1; }

    void Seek(const Slice& internal_key, const char*) override {
        collect(internal_key);
        std::erase_if(entries_, [&](const char* e) { return compare_(e, internal_key) < 0; });
        at_ = 0;
    }

    void SeekForPrev(const Slice& internal_key, const char*) override {
        collect(internal_key);
        std::erase_if(entries_, [&](const char* e) { return compare_(e, internal_key) > 0; });
        SeekToLast();
    }

    void SeekToFirst() override { at_ = 0; }

    void SeekToLast() override { at_ = entries_.empty() ? 0 : entries_.size() - 1; }

  private:
    void collect(const Slice& internal_key) {
        const std::string_view user_key = user_key_of(internal_key);
        entries_.clear();
        table_.collect(user_key, entries_);
        std::erase_if(entries_, [&](const char* entry) {
            return user_key_of(compare_.decode_key(entry)) != user_key;
        });
        std::sort(entries_.begin(), entries_.end(),
                  [&](const char* a, const char* b) { return compare_(a, b) < 0; });
    }

    const EntryTable& table_;
    const MemTableRep::KeyComparator& compare_;
    std::vector<const char*> entries_;
    std::size_t at_ = 0;
};

class IdMemtable final : public MemTableRep {
  public:
    IdMemtable(rocksdb::Allocator* allocator, const KeyComparator& compare,
               std::unique_ptr<MemTableRep> vector)
        : MemTableRep(allocator), compare_(compare), vector_(std::move(vector)) {}

    void Insert(rocksdb::KeyHandle handle) override {
        const char* entry = static_cast<const char*>(handle);
        vector_->Insert(handle);
        table_.add(user_key_of(compare_.decode_key(entry)), entry);
    }

    bool Contains(const char* key) const override {
        std::vector<const char*> entries;
        table_.collect(user_key_of(compare_.decode_key(key)), entries);
        return std::any_of(entries.begin(), entries.end(),
                           [&](const char* entry) { return compare_(entry, key) == 0; });
    }

    void MarkReadOnly() override { vector_->MarkReadOnly(); }

    void MarkFlushed() override { vector_->MarkFlushed(); }

    std::size_t ApproximateMemoryUsage() override {
        return vector_->ApproximateMemoryUsage() + table_.memory();
    }

    Iterator* GetIterator(rocksdb::Arena* arena) override { return vector_->GetIterator(arena); }

    // Without an arena it is asked for by Get(), which never frees it: it stays the memtable's, one
    // for each thread, and serves that thread's next look-up again.
    Iterator* GetDynamicPrefixIterator(rocksdb::Arena* arena) override {
        if (arena != nullptr) return vector_->GetIterator(arena);
        const std::scoped_lock lock(iterators_mutex_);
        return &iterators_.try_emplace(::pthread_self(), table_, compare_).first->second;
    }

  private:
    static_assert(ROCKSDB_MAJOR == 7 && ROCKSDB_MINOR == 8,
                  "see whether MemTableRep::Get still keeps its iterator");

    const KeyComparator& compare_;
    std::unique_ptr<MemTableRep> vector_;
    EntryTable table_;
    std::mutex iterators_mutex_;
    std::map<pthread_t, KeyIterator> iterators_;
};

class IdMemtableFactory final : public rocksdb::MemTableRepFactory {
  public:
    [[nodiscard]] const char* Name() const override { return "IdMemtable"; }

    using MemTableRepFactory::CreateMemTableRep;

    MemTableRep* CreateMemTableRep(const MemTableRep::KeyComparator& compare,
                                   rocksdb::Allocator* allocator,
                                   const rocksdb::SliceTransform* transform,
                                   rocksdb::Logger* logger) override {
        std::unique_ptr<MemTableRep> vector(
            vector_factory_.CreateMemTableRep(compare, allocator, transform, logger));
        return std::make_unique<IdMemtable>(allocator, compare, std::move(vector)).release();
    }

  private:
    rocksdb::VectorRepFactory vector_factory_;
};

}  // namespace

std::shared_ptr<rocksdb::MemTableRepFactory> make_id_memtable_factory() {
    return std::make_shared<IdMemtableFactory>();
}

}  // namespace ledger::log
