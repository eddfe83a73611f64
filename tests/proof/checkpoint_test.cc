#include "ledger/proof/checkpoint.h"

#include "tests/proof/sample_log.h"
#include "tests/proof/tree_of.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace checkpoint_test {

namespace {

using namespace ledger::proof;
using ledger::Errc;
using proof_test::SampleLog;

const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

// The text of a checkpoint as a note that anyone signed.
std::string note_of(const std::string& text) {
    return note_bytes({.text = text, .signatures = {{"example.com/log", KeyHash{}, "signature"}}});
}

std::string fault_of(const std::string& text) {
    const auto checkpoint = parse_checkpoint(note_of(text));
    if (checkpoint) return "none";
    CHECK(checkpoint.error().code == Errc::invalid_input);
    CHECK_FALSE(checkpoint.error().detail.empty());
    return checkpoint.error().field;
}

}  // namespace

TEST_CASE("a checkpoint's text has its origin, size, root and states", "[proof]") {
    Checkpoint checkpoint{.origin = "example.com/log",
                          .tree = {.size = 42, .root = ledger::proof::empty_tree_hash()},
                          .states = {.sequence = 41,
                                     .version = "7",
                                     .digests = {{.projection = "orders",
                                                  .digest = std::string("\x01\x02\x03", 3)}}}};
    CHECK(checkpoint_text(checkpoint) ==
          "example.com/log\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
          "version 7\nsequence 41\nstate orders AQID\n");
}

TEST_CASE("the checkpoint of the C2SP document is read", "[proof]") {
    const std::string note =
        "example.com/behind-the-sofa\n20852163\n" + root +
        "\n\n\u2014 example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOA"
        "YQ8=\n";
    const SignedCheckpoint read = parse_checkpoint(note).value();
    CHECK(read.checkpoint.origin == "example.com/behind-the-sofa");
    CHECK(read.checkpoint.tree.size == 20852163);
    CHECK(read.checkpoint.states == States{});
    CHECK(note_bytes(read.note) == note);
}

TEST_CASE("a signed checkpoint is read back", "[proof]") {
    const SampleLog log{9};
    const auto size = GENERATE(0U, 1U, 8U, 9U);
    CHECK(verified_checkpoint(log.checkpoint_note(size), log.keys()).value() ==
          log.checkpoint(size));
}

TEST_CASE("what is no checkpoint is refused", "[proof]") {
    CHECK(fault_of("log\n7\n" + root + "\n") == "none");
    CHECK(fault_of("log\n0\n" + root + "\nanything\nstate orders \n") == "none");
    CHECK(fault_of("\n7\n" + root + "\n") == "origin");
    CHECK(fault_of("log\n") == "size");
    for (const std::string size : {"", "07", "-1", "+1", "1 ", " 1", "1.0", "0x1", "seven",
                                   "9223372036854775808", "99999999999999999999"}) {
        CHECK(fault_of("log\n" + size + "\n" + root + "\n") == "size");
    }
    CHECK(fault_of("log\n7\n") == "root");
    CHECK(fault_of("log\n7\n" + root.substr(0, 40) + "\n") == "root");
    CHECK(fault_of("log\n7\n" + root + "AAAA\n") == "root");
    CHECK(fault_of("log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n") == "root");
    CHECK(fault_of("log\n7\n" + root.substr(0, 43) + "\n") == "root");
    CHECK(fault_of("log\n7\n" + root + "\n\nmore\n") == "extension");
    CHECK(fault_of("log\n7\n" + root + "\nsequence 7\n") == "none");
    CHECK(fault_of("log\n7\n" + root + "\nsequence 8\n") == "sequence");
    CHECK(fault_of("log\n7\n" + root + "\nsequence -1\n") == "sequence");
    CHECK(fault_of("log\n7\n" + root + "\nstate orders\n") == "state");
    CHECK(fault_of("log\n7\n" + root + "\nstate  AQID\n") == "state");
    CHECK(fault_of("log\n7\n" + root + "\nstate orders AQI\n") == "state");
}

TEST_CASE("a checkpoint may bear the signatures of an old key, a new one and a witness",
          "[proof]") {
    const SampleLog log{5};
    const SignerKey next{"copyledger.example/log", SignerKey::Seed{9}};
    const SignerKey witness{"witness.example", SignerKey::Seed{7}};
    SignedNote note = parse_checkpoint(log.checkpoint_note(5)).value().note;
    note.signatures.push_back(sign_note(note.text, next));
    note.signatures.push_back(sign_note(note.text, witness));
    for (const SignerKey* key : {&log.key(), &next, &witness}) {
        CHECK(verified_checkpoint(note_bytes(note), std::vector{key->verifier()}));
    }
    const SignerKey stranger{"copyledger.example/log", SignerKey::Seed{8}};
    const auto unknown = verified_checkpoint(note_bytes(note), std::vector{stranger.verifier()});
    CHECK(unknown.error().field == "signature");
}

TEST_CASE("a checkpoint with one byte changed does not hold", "[proof]") {
    const SampleLog log{9};
    const std::string whole = log.checkpoint_note(9);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (const int change : {1, 2, 0x10, 0x20, 0x40, 0x80, 0xff}) {
            std::string bad = whole;
            bad[i] = static_cast<char>(bad[i] ^ change);
            if (verified_checkpoint(bad, log.keys())) FAIL_CHECK("byte " << i << " by " << change);
        }
        std::string shorter = whole;
        shorter.erase(i, 1);
        if (verified_checkpoint(shorter, log.keys())) FAIL_CHECK("without byte " << i);
    }
}

}  // namespace checkpoint_test
