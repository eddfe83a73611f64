#include "ledger/base/block_store.h"

#include "ledger/base/table.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace block_store_test {

using ledger::at_place;
using ledger::block_rows;
using ledger::KeyPlace;
using ledger::RowIndex;

namespace {

struct Word {
    std::string text;
    int uses = 0;
};

struct WordHash {
    std::size_t operator()(const std::string& text) const { return text.size(); }
};

// Words with an x for each use; places that many of them share.
class Words : public ledger::BlockStore {
  public:
    explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
        for (RowIndex row = 0; row < words_.size(); ++row) {
            keys_.push_back({place_of(words_[row]), row});
        }
        std::ranges::sort(keys_);
    }

    [[nodiscard]] static std::uint32_t place_of(const std::string& word) {
        return ledger::place_of_hash(std::stoul(word) / 3);
    }

    [[nodiscard]] RowIndex rows() const override { return static_cast<RowIndex>(words_.size()); }

    [[nodiscard]] ledger::StoredBlock read(std::size_t block) const override {
        reads.push_back(block);
        ledger::StoredBlock stored;
        const std::size_t end = std::min(words_.size(), (block + 1) * block_rows);
        for (std::size_t at = block * block_rows; at < end; ++at) stored.rows += words_[at] + ' ';
        return stored;
    }

    [[nodiscard]] std::int64_t settled_at_ns(std::size_t) const override { return 0; }

    [[nodiscard]] std::span<const KeyPlace> keys() const override { return keys_; }

    [[noreturn]] void damaged() const override { std::terminate(); }

    mutable std::vector<std::size_t> reads;

  private:
    std::vector<std::string> words_;
    std::vector<KeyPlace> keys_;
};

class WordSource : public ledger::RowSource<std::string, Word> {
  public:
    explicit WordSource(std::shared_ptr<const Words> words) : words_(std::move(words)) {}

    [[nodiscard]] const ledger::BlockStore& store() const override { return *words_; }

    void take(std::size_t block, std::vector<Word>& rows) const override {
        std::string bytes = words_->read(block).rows;
        for (std::size_t end = 0; (end = bytes.find(' ')) != std::string::npos;) {
            rows.push_back({bytes.substr(0, end), 0});
            bytes.erase(0, end + 1);
        }
    }

    [[nodiscard]] std::uint32_t place_of(const std::string& key) const override {
        return Words::place_of(key);
    }

    [[nodiscard]] bool has_key(const Word& row, const std::string& key) const override {
        return row.text == key;
    }

  private:
    const std::shared_ptr<const Words> words_;
};

using WordTable = ledger::Table<std::string, Word, WordHash>;

struct Restored {
    explicit Restored(std::size_t count) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < count; ++i) {
            names.push_back(std::to_string(7 * i));
            added.add(names.back(), {names.back(), 0});
        }
        words = std::make_shared<const Words>(std::move(names));
        table.restore(std::make_shared<const WordSource>(words));
    }

    WordTable added;
    std::shared_ptr<const Words> words;
    WordTable table;
};

bool same(const Word* one, const Word* other) {
    if (one == nullptr || other == nullptr) return one == other;
    return one->text == other->text && one->uses == other->uses;
}

bool same(const WordTable& one, const WordTable& other) {
    return std::ranges::equal(one, other,
                              [](const Word& a, const Word& b) { return same(&a, &b); });
}

}  // namespace

TEST_CASE("a place is found among ascending ones, however they lie", "[base]") {
    rc::prop("as by looking at each", [](std::vector<std::uint32_t> places, std::uint32_t other) {
        std::vector<KeyPlace> keys;
        for (const std::uint32_t place : places) {
            keys.push_back({place, static_cast<RowIndex>(keys.size())});
            if (place % 2 == 0) keys.push_back({place, static_cast<RowIndex>(keys.size())});
        }
        std::ranges::sort(keys);
        places.push_back(other);
        for (const std::uint32_t place : places) {
            const auto found = at_place(keys, place);
            RC_ASSERT(std::ranges::is_sorted(found));
            RC_ASSERT(std::ranges::count(keys, place, &KeyPlace::place) ==
                      static_cast<std::ptrdiff_t>(found.size()));
            RC_ASSERT(std::ranges::count(found, place, &KeyPlace::place) ==
                      static_cast<std::ptrdiff_t>(found.size()));
        }
    });
}

TEST_CASE("a restored table is as the one that was added to", "[base]") {
    rc::prop("whatever is done with both", [] {
        Restored given{*rc::gen::inRange<std::size_t>(0, 5 * block_rows)};
        const auto steps = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 6000U));
        for (const unsigned step : steps) {
            const std::string key = std::to_string(step);
            RC_ASSERT(given.table.size() == given.added.size());
            RC_ASSERT(given.table.index_of(key) == given.added.index_of(key));
            RC_ASSERT(same(given.table.find(key), given.added.find(key)));
            for (WordTable* table : {&given.table, &given.added}) {
                if (Word* known = table->find(key)) {
                    ++known->uses;
                    RC_ASSERT(table->try_add(key, Word{key, 9}) == nullptr);
                } else if (step % 2 == 0) {
                    table->add(key, {key, 1});
                }
            }
        }
        const WordTable copy = given.table;
        if (copy.size() > 0) given.table[0].uses = -1;
        RC_ASSERT(same(copy, given.added));
        RC_ASSERT(copy.size() == 0 || !same(given.table, given.added));
    });
}

TEST_CASE("only the blocks that are asked for are read, and each once", "[base]") {
    Restored given{10 * block_rows};
    const std::vector<std::size_t> last{9};
    CHECK(given.words->reads == last);
    CHECK(given.table[3 * block_rows].text == given.added[3 * block_rows].text);
    CHECK(given.table.find(given.added[3 * block_rows + 1].text) != nullptr);
    CHECK(given.words->reads == std::vector<std::size_t>{9, 3});
    CHECK(given.table.untouched(2));
    CHECK_FALSE(given.table.untouched(3));
    const WordTable copy = given.table;
    CHECK(given.words->reads.size() == 2);
    CHECK(copy[5].text == given.added[5].text);
    CHECK_FALSE(copy.untouched(0));
    CHECK(given.table.untouched(0));
}

}  // namespace block_store_test
