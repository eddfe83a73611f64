#include "ledger/model/event_id.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace event_id_test {

namespace {

using ledger::cl_ord_id_of;
using ledger::Errc;
using ledger::EventId;
using ledger::NaturalKey;
using ledger::parse_cl_ord_id;
using ledger::parse_event_id;

constexpr std::size_t cl_ord_id_bits = 100;

NaturalKey filled_order_key() {
    NaturalKey key{"master_order"};
    key.add("xts").add("ACC1").add("1100000000000000001").add("filled").add(std::uint64_t{3});
    return key;
}

EventId id_of(std::string_view hex) {
    const auto parsed = parse_event_id(hex);
    REQUIRE(parsed.has_value());
    return parsed.value();
}

std::string cl_ord_id_text(std::string_view hex) {
    return std::string{cl_ord_id_of(id_of(hex)).view()};
}

NaturalKey key_of(const std::vector<std::string>& parts) {
    NaturalKey key{parts.front()};
    for (std::size_t i = 1; i < parts.size(); ++i) key.add(parts[i]);
    return key;
}

// The parts an encoding was made of: that they can be had back is what makes it unambiguous.
std::optional<std::vector<std::string>> decoded(std::string_view bytes) {
    std::vector<std::string> parts;
    while (!bytes.empty()) {
        if (bytes.size() < 4) return std::nullopt;
        std::size_t length = 0;
        for (const char c : bytes.substr(0, 4)) length = length << 8 | static_cast<std::uint8_t>(c);
        bytes.remove_prefix(4);
        if (length > bytes.size()) return std::nullopt;
        parts.emplace_back(bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
    return parts;
}

// Parts that resemble lengths and one another, where a careless encoding would confuse them.
std::vector<std::string> any_parts() {
    const auto part = rc::gen::oneOf(
        rc::gen::arbitrary<std::string>(),
        rc::gen::container<std::string>(rc::gen::element('\0', '\1', '\4', 'a', '|', ':')));
    return *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(part));
}

EventId any_id() {
    return EventId{
        *rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::inRange<std::uint8_t>(0, 255))};
}

EventId with_bit_flipped(EventId id, std::size_t bit) {
    id.bytes[bit / 8] = static_cast<std::uint8_t>(id.bytes[bit / 8] ^ (0x80U >> (bit % 8)));
    return id;
}

}  // namespace

// The values of these tests are in every ledger ever written: they must never change.
TEST_CASE("the encoding of a natural key is pinned", "[model]") {
    using namespace std::string_literals;
    CHECK(filled_order_key().bytes() ==
          "\0\0\0\x0C"
          "master_order"
          "\0\0\0\x03"
          "xts"
          "\0\0\0\x04"
          "ACC1"
          "\0\0\0\x13"
          "1100000000000000001"
          "\0\0\0\x06"
          "filled"
          "\0\0\0\x08\0\0\0\0\0\0\0\x03"s);
    CHECK(NaturalKey{"k"}.add(std::uint64_t{0x0102030405060708}).bytes() ==
          "\0\0\0\1k\0\0\0\x08\1\2\3\4\5\6\7\x08"s);
    CHECK(NaturalKey{""}.add(id_of("000102030405060708090a0b0c0d0e0f")).bytes() ==
          "\0\0\0\0\0\0\0\x10\0\1\2\3\4\5\6\7\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F"s);
}

TEST_CASE("the id of a natural key is pinned", "[model]") {
    CHECK(to_text(filled_order_key().id()) == "a9af00b7112cbecd8a412f4565367942");
    NaturalKey intent{"intent"};
    intent.add(filled_order_key().id()).add(std::uint64_t{7}).add("submit").add(std::uint64_t{0});
    CHECK(to_text(intent.id()) == "b0dd3ecb1764b896e162743e9b7b247e");
    CHECK(cl_ord_id_of(intent.id()).view() == "p3ekxjrqcjw9drb2egz9");
}

TEST_CASE("ids are pinned on every path of XXH3", "[model]") {
    // XXH3 computes 4-8, 9-16, 17-128, 129-240 and more bytes in five ways.
    CHECK(to_text(NaturalKey{""}.id()) == "2a33816ed7e0c373dbe563c737220b65");
    CHECK(to_text(NaturalKey{"k"}.id()) == "61433be567149cc443fd389a71d12db4");
    const auto padded = [](std::size_t size) {
        return to_text(NaturalKey{"k"}.add(std::string(size, 'x')).id());
    };
    CHECK(padded(3) == "70142eb8537722c46189ee71ce44670d");
    CHECK(padded(100) == "0c28b047ab47b31433d667effe1a39fd");
    CHECK(padded(200) == "bd0eddb602a199a52565f2a479365dbc");
    CHECK(padded(1000) == "45fff14917b990d7aa627515eabfd57e");
}

TEST_CASE("a ClOrdID is pinned", "[model]") {
    CHECK(cl_ord_id_text("00000000000000000000000000000000") == "00000000000000000000");
    CHECK(cl_ord_id_text("ffffffffffffffffffffffffffffffff") == "zzzzzzzzzzzzzzzzzzzz");
    CHECK(cl_ord_id_text("000102030405060708090a0b0c0d0e0f") == "000g40r40m30e209185g");
    CHECK(cl_ord_id_text("fedcba98765432100123456789abcdef") == "zvebn63pags100938nkr");
    CHECK(cl_ord_id_text("a9af00b7112cbecd8a412f4565367942") == "n6qg1drh5jzcv2j15x2p");
}

TEST_CASE("the parts of a natural key can be read back from its encoding", "[model]") {
    rc::prop("so that no two keys share one", [] {
        const auto parts = any_parts();
        RC_ASSERT(decoded(key_of(parts).bytes()) == parts);
    });
}

TEST_CASE("keys share an encoding and an id only where their parts are the same", "[model]") {
    rc::prop("for two lists of parts", [] {
        const auto a = any_parts();
        auto b = *rc::gen::oneOf(rc::gen::just(a), rc::gen::exec(any_parts));
        // Moving a boundary between two parts keeps the text and changes the key.
        if (b.size() > 1 && !b[0].empty() && *rc::gen::arbitrary<bool>()) {
            b[1].insert(0, 1, b[0].back());
            b[0].pop_back();
        }
        RC_CLASSIFY(a == b, "same parts");
        RC_ASSERT((key_of(a).bytes() == key_of(b).bytes()) == (a == b));
        RC_ASSERT((key_of(a).id() == key_of(b).id()) == (a == b));
    });
}

TEST_CASE("an id is written as 32 hex digits and read back", "[model]") {
    rc::prop("for any id", [] {
        const auto id = any_id();
        const auto text = to_text(id);
        RC_ASSERT(text.size() == 32U);
        RC_ASSERT(text.find_first_not_of("0123456789abcdef") == std::string::npos);
        RC_ASSERT(parse_event_id(text).value() == id);
    });
}

TEST_CASE("text that is no id is refused", "[model]") {
    for (const std::string text :
         {"", "0", "000102030405060708090a0b0c0d0e0", "000102030405060708090a0b0c0d0e0f0",
          "000102030405060708090A0B0C0D0E0F", "000102030405060708090a0b0c0d0e0g",
          "00010203-0405-0607-0809-0a0b0c0d", " 00102030405060708090a0b0c0d0e0f"}) {
        INFO(text);
        const auto parsed = parse_event_id(text);
        REQUIRE(parsed.has_error());
        CHECK(parsed.error().code == Errc::invalid_input);
    }
}

TEST_CASE("ids sort as their text and their first eight bytes do", "[model]") {
    CHECK(id_of("000102030405060708090a0b0c0d0e0f").prefix() == 0x0001020304050607);
    CHECK(id_of("ff000000000000010000000000000000").prefix() == 0xFF00000000000001);
    rc::prop("for any two ids", [] {
        const auto a = any_id();
        const auto b = any_id();
        RC_ASSERT((a < b) == (to_text(a) < to_text(b)));
        if (a < b) RC_ASSERT(a.prefix() <= b.prefix());
    });
}

TEST_CASE("only the zero id is zero", "[model]") {
    CHECK(EventId{}.is_zero());
    CHECK_FALSE(id_of("00000000000000000000000000000001").is_zero());
    CHECK_FALSE(id_of("80000000000000000000000000000000").is_zero());
}

TEST_CASE("a ClOrdID depends on the top 100 bits of the id and on no others", "[model]") {
    rc::prop("for any id and each of its bits", [] {
        const auto id = any_id();
        const auto bit = *rc::gen::inRange<std::size_t>(0, 128);
        const auto changed = cl_ord_id_of(with_bit_flipped(id, bit)) != cl_ord_id_of(id);
        RC_ASSERT(changed == (bit < cl_ord_id_bits));
    });
}

TEST_CASE("a ClOrdID is read back as it was written", "[model]") {
    rc::prop("for any id", [] {
        const auto cl_ord_id = cl_ord_id_of(any_id());
        RC_ASSERT(parse_cl_ord_id(cl_ord_id.view()).value() == cl_ord_id);
    });
}

TEST_CASE("text that is no ClOrdID is refused", "[model]") {
    for (const std::string text :
         {"", "0", "zzzzzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzzzzzZ",
          "zzzzzzzzzzzzzzzzzzzi", "zzzzzzzzzzzzzzzzzzzl", "zzzzzzzzzzzzzzzzzzzo",
          "zzzzzzzzzzzzzzzzzzzu", "zzzzzzzzzzzzzzzzzzz-", " zzzzzzzzzzzzzzzzzzz"}) {
        INFO(text);
        const auto parsed = parse_cl_ord_id(text);
        REQUIRE(parsed.has_error());
        CHECK(parsed.error().code == Errc::invalid_input);
    }
}

}  // namespace event_id_test
