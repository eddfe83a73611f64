#include "ledger/notary.h"

#include "ledger/log/checkpoints.h"
#include "ledger/log_prover.h"
#include "tests/ledger/signed_log.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace ledger::test::notary_test {
namespace {

proof::Checkpoint checkpoint_of(const std::string& note, std::uint8_t key) {
    const std::vector<proof::VerifierKey> keys{key_of(key).verifier()};
    auto checkpoint = proof::verified_checkpoint(note, keys);
    if (!checkpoint) FAIL(checkpoint.error().field << ": " << checkpoint.error().detail);
    return std::move(checkpoint).value();
}

proof::TreeHead head_of(const std::vector<std::string>& records, std::uint64_t size) {
    proof::CompactRange range;
    for (std::uint64_t i = 0; i < size; ++i) range.append(proof::leaf_hash(records[i]));
    return {.size = size, .root = range.root()};
}

}  // namespace

TEST_CASE("a checkpoint is an event of the ledger's own, of all records before it", "[ledger]") {
    SignedLog log;
    log.grow(5);
    log.sign();
    log.grow(2);
    log.sign();
    const auto events = events_of(log.journal());
    REQUIRE(events.size() == 9);
    for (const std::size_t sequence : {6U, 9U}) {
        const Event& event = events[sequence - 1];
        REQUIRE(std::holds_alternative<CheckpointSigned>(event.payload));
        CHECK(event.actor.empty());
        CHECK(event.causation.is_zero());
        const std::string& note = std::get<CheckpointSigned>(event.payload).note;
        CHECK(note == log.notes()[sequence == 6 ? 0 : 1]);
        const proof::Checkpoint checkpoint = checkpoint_of(note, 1);
        CHECK(checkpoint.origin == "example.com/log");
        CHECK(checkpoint.tree == head_of(log.records(), sequence - 1));
    }
    CHECK(log.notes().size() == 2);
}

TEST_CASE("a log that did not grow is not signed again", "[ledger]") {
    SignedLog log;
    log.sign();
    CHECK(log.notes().empty());
    log.grow(1);
    log.sign();
    log.sign();
    CHECK(log.notes().size() == 1);
    CHECK(log.journal().last_sequence() == 2);
}

TEST_CASE("a key hands over to the next, and both sign that", "[ledger]") {
    SignedLog log;
    log.grow(1);
    log.sign();
    REQUIRE(log.notary().hand_over(key_of(2)));
    log.grow(1);
    log.sign();
    REQUIRE(log.notes().size() == 3);
    CHECK(checkpoint_of(log.notes()[1], 1).next_key == key_of(2).verifier());
    CHECK(checkpoint_of(log.notes()[1], 2) == checkpoint_of(log.notes()[1], 1));
    CHECK_FALSE(checkpoint_of(log.notes()[2], 2).next_key);
    CHECK_FALSE(proof::verified_checkpoint(log.notes()[2], log.keys()));
}

TEST_CASE("the newest checkpoint is found however far back it stands", "[ledger]") {
    SignedLog log;
    CHECK_FALSE(log::last_checkpoint(log.journal()).value());
    for (const std::uint64_t growth : {1U, 3U, 5000U}) {
        log.grow(growth == 5000 ? 1 : growth);
        log.sign();
        const auto signed_at = log.journal().last_sequence();
        if (growth == 5000) {
            REQUIRE(log::test::append_next(log.journal(), growth));
        }
        const auto last = log::last_checkpoint(log.journal()).value();
        REQUIRE(last);
        CHECK(last->sequence == signed_at);
        CHECK(last->note == log.notes().back());
    }
}

TEST_CASE("a record's checkpoint is the first behind it, or the newest there is", "[ledger]") {
    SignedLog log;
    CHECK_FALSE(log::checkpoint_over(log.journal(), 1).value());
    for (int i = 0; i < 2; ++i) {
        log.grow(3);
        log.sign();
    }
    log.grow(1);  // 1 to 3, signed at 4, 5 to 7, signed at 8, 9
    for (std::uint64_t sequence = 1; sequence <= 9; ++sequence) {
        const auto found = log::checkpoint_over(log.journal(), sequence).value();
        REQUIRE(found);
        CHECK(found->sequence == (sequence <= 4 ? 4 : 8));
        CHECK(found->note == log.notes()[sequence <= 4 ? 0 : 1]);
    }
}

TEST_CASE("the next checkpoint says what projections held, once", "[ledger]") {
    SignedLog log;
    log.grow(3);
    log.notary().keep({.sequence = 2, .version = "1", .digests = {{"orders", "old"}}});
    const proof::States newest{.sequence = 3, .version = "1", .digests = {{"orders", "new"}}};
    log.notary().keep(newest);
    log.sign();
    log.grow(1);
    log.sign();
    REQUIRE(log.notes().size() == 2);
    CHECK(checkpoint_of(log.notes()[0], 1).states == newest);
    CHECK(checkpoint_of(log.notes()[1], 1).states == proof::States{});
}

TEST_CASE("a copy that fails is told", "[ledger]") {
    SignedLog log;
    const Error full{Errc::storage_failed, "the disk is full", {}};
    Notary notary{log.writer().sequencer(), log.journal(), key_of(1), 0,
                  [&](const std::string&) { return Result<void>{full}; }};
    log.grow(1);
    CHECK(notary.sign().error() == full);
}

TEST_CASE("every record is proved under every later checkpoint", "[ledger]") {
    SignedLog log;
    for (int i = 0; i < 4; ++i) {
        log.grow(3);
        log.sign();
    }
    const LogProver prover{log.journal(), log.journal().source()};
    const auto newest = prover.checkpoint().value();
    CHECK(newest.note == log.notes().back());
    for (const std::string& note : log.notes()) {
        const auto tree = checkpoint_of(note, 1).tree;
        for (std::uint64_t sequence = 1; sequence <= tree.size; ++sequence) {
            const auto proof = prover.inclusion(sequence, tree).value();
            CHECK(proof::check_inclusion(proof::inclusion_json(proof, note), log.keys()));
        }
        const auto later = prover.inclusion(tree.size + 1, tree);
        REQUIRE(later.has_error());
        CHECK(later.error().code == Errc::unavailable);
        const auto grown = prover.consistency(note, newest.note).value();
        CHECK(proof::check_consistency(proof::consistency_json(grown), log.keys()));
    }
    CHECK(prover.consistency(newest.note, log.notes().front()).error().code == Errc::invalid_input);
}

TEST_CASE("a log that is not what was signed proves nothing", "[ledger]") {
    SignedLog log;
    log.grow(300);
    log.sign();
    std::vector<proof::Hash> tiles = log.journal().source().tiles();
    tiles[0][3] ^= 1;
    const log::TreeSource altered{log.journal(), tiles};
    const LogProver prover{log.journal(), altered};
    const auto tree = checkpoint_of(log.notes()[0], 1).tree;
    CHECK(prover.inclusion(290, tree).error().code == Errc::corrupt);
}

}  // namespace ledger::test::notary_test
