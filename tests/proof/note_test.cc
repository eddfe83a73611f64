// Keys and notes of Go's golang.org/x/mod/sumdb/note and of the C2SP documents.
#include "ledger/proof/note_key.h"
#include "ledger/proof/signed_note.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace note_test {

namespace {

using namespace ledger::proof;
using ledger::Errc;

const std::string peter_secret =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const std::string peter_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string enoch_key = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const std::string text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string peter_line =
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n";
const std::string enoch_line =
    "\u2014 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ="
    "\n";

VerifierKey key(const std::string& key_text) {
    return VerifierKey::parse(key_text).value();
}

std::string field_of_note(const std::string& bytes) {
    const auto note = parse_note(bytes);
    if (note) return "none";
    CHECK(note.error().code == Errc::invalid_input);
    CHECK_FALSE(note.error().detail.empty());
    return note.error().field;
}

bool verified(const std::string& bytes, const std::vector<VerifierKey>& keys) {
    const auto note = parse_note(bytes);
    return note.has_value() && verify_note(note.value(), keys).has_value();
}

}  // namespace

TEST_CASE("keys are read and written as Go does", "[proof]") {
    CHECK(key(peter_key).name() == "PeterNeumann");
    CHECK(key(peter_key).text() == peter_key);
    const SignerKey signer = SignerKey::parse(peter_secret).value();
    CHECK(signer.verifier() == key(peter_key));
    CHECK(signer.secret_text() == peter_secret);
}

TEST_CASE("a key that is mistyped anywhere is refused", "[proof]") {
    for (const std::string& whole : {peter_key, peter_secret}) {
        const auto refused = [&](const std::string& bad) {
            const bool is_key = whole == peter_key ? VerifierKey::parse(bad).has_value()
                                                   : SignerKey::parse(bad).has_value();
            if (is_key) UNSCOPED_INFO(bad);
            return !is_key;
        };
        for (std::size_t first = 0; first <= whole.size(); ++first) {
            for (std::size_t size = 0; size <= whole.size() - first; ++size) {
                if (size < whole.size()) REQUIRE(refused(whole.substr(first, size)));
            }
        }
        for (std::size_t i = 0; i < whole.size(); ++i) {
            std::string bad = whole;
            ++bad[i];
            REQUIRE(refused(bad));
        }
    }
    CHECK_FALSE(
        VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADK"
                           "EY=="));
    CHECK_FALSE(
        VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

TEST_CASE("a signed note has the bytes that Go writes", "[proof]") {
    const SignerKey signer = SignerKey::parse(peter_secret).value();
    CHECK(note_bytes({.text = text, .signatures = {sign_note(text, signer)}}) ==
          text + '\n' + peter_line);
}

TEST_CASE("a note holds where a known key signed it and none is said to have who did not",
          "[proof]") {
    const std::string both = text + '\n' + peter_line + enoch_line;
    CHECK(verified(both, {key(peter_key)}));
    CHECK(verified(both, {key(enoch_key)}));
    CHECK(verified(both, {key(peter_key), key(enoch_key)}));
    CHECK_FALSE(verified(both, {}));
    CHECK_FALSE(verified(text + '\n' + enoch_line, {key(peter_key)}));
    std::string bad_enoch = enoch_line;
    ++bad_enoch[50];
    CHECK(verified(text + '\n' + peter_line + bad_enoch, {key(peter_key)}));
    CHECK_FALSE(verified(text + '\n' + peter_line + bad_enoch, {key(peter_key), key(enoch_key)}));
}

TEST_CASE("the examples of the C2SP documents are notes", "[proof]") {
    const std::string quasimodo =
        "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
        "ed \u00e8 subito sera.\n\n\u2014 quasimodo.example/salvatore "
        "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNt"
        "Ic=\n";
    const SignedNote note = parse_note(quasimodo).value();
    CHECK(note.text.ends_with("ed \u00e8 subito sera.\n"));
    CHECK(note.signatures.front().key_name == "quasimodo.example/salvatore");
    CHECK(note_bytes(note) == quasimodo);
}

TEST_CASE("what is no note is refused", "[proof]") {
    CHECK(field_of_note("") == "note");
    CHECK(field_of_note(text) == "note");
    CHECK(field_of_note(text + '\n') == "signature");
    CHECK(field_of_note(text + '\n' + peter_line.substr(0, peter_line.size() - 1)) == "note");
    CHECK(field_of_note("\x01" + text + '\n' + peter_line) == "note");
    CHECK(field_of_note("\xff" + text + '\n' + peter_line) == "note");
    CHECK(field_of_note(text + '\n' + peter_line + "Unexpected line.\n") == "signature");
    CHECK(field_of_note(text + '\n' + "-" + peter_line.substr(3)) == "signature");
    CHECK(field_of_note(text + '\n' + "\u2014 Bad Name x08g\n") == "signature");
    CHECK(field_of_note(text + '\n' + "\u2014 Name x08g\n") == "signature");
    CHECK(field_of_note(text + '\n' + "\u2014 Name x08go/ZJ=\n") == "signature");
    std::string many = text + '\n';
    for (std::size_t i = 0; i < note_signatures_max; ++i) many += peter_line;
    CHECK(field_of_note(many) == "none");
    CHECK(field_of_note(many + peter_line) == "signature");
    CHECK(field_of_note(std::string(note_bytes_max, 'x') + "\n\n" + peter_line) == "note");
}

TEST_CASE("a note with one byte changed does not hold", "[proof]") {
    const std::string whole = text + '\n' + peter_line;
    const std::vector<VerifierKey> keys{key(peter_key)};
    for (std::size_t i = 0; i < whole.size(); ++i) {
        for (int change = 1; change < 256; ++change) {
            std::string bad = whole;
            bad[i] = static_cast<char>(bad[i] ^ change);
            if (verified(bad, keys)) FAIL_CHECK("byte " << i << " changed by " << change);
        }
    }
}

TEST_CASE("what a key signs it verifies, and nothing else does", "[proof]") {
    rc::prop("any message", [](const SignerKey::Seed& seed, const std::string& message) {
        const SignerKey signer{"example.com/log", seed};
        const std::string signature = signer.sign(message);
        RC_ASSERT(signer.verifier().verifies(message, signature));
        RC_ASSERT(!signer.verifier().verifies(message + '.', signature));
        SignerKey::Seed other = seed;
        other[0] ^= 1;
        RC_ASSERT(!SignerKey("example.com/log", other).verifier().verifies(message, signature));
        const auto read = SignerKey::parse(signer.secret_text());
        RC_ASSERT(read.has_value());
        RC_ASSERT(read.value().verifier() == signer.verifier());
    });
}

}  // namespace note_test
