#include "ledger/base/byte_buffer.h"

#include <cstdint>
#include <limits>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace byte_buffer_test {

namespace {

using ledger::ByteReader;
using ledger::ByteWriter;
using namespace std::string_literals;

template <class T>
std::string short_bytes(T value) {
    ByteWriter out;
    out.short_integer(value);
    return out.bytes();
}

template <class T>
bool comes_back(T value) {
    const std::string bytes = short_bytes(value);
    ByteReader in{bytes};
    return in.short_integer<T>() == value && in.finished();
}

template <class T>
bool is_refused(const std::string& bytes) {
    ByteReader in{bytes};
    return in.short_integer<T>() == 0 && !in.ok();
}

}  // namespace

TEST_CASE("integers are little-endian", "[base]") {
    ByteWriter out;
    out.integer(std::uint32_t{0x01020304});
    CHECK(out.bytes() == "\x04\x03\x02\x01");
    ByteReader in{out.bytes()};
    CHECK(in.integer<std::uint32_t>() == 0x01020304U);
    CHECK(in.finished());
}

TEST_CASE("a short integer takes a byte for each seven bits", "[base]") {
    CHECK(short_bytes(std::uint64_t{0}) == "\0"s);
    CHECK(short_bytes(std::uint64_t{127}) == "\x7f");
    CHECK(short_bytes(std::uint64_t{128}) == "\x80\x01");
    CHECK(short_bytes(std::int64_t{-1}) == "\x01");
    CHECK(short_bytes(std::int64_t{1}) == "\x02");
    CHECK(short_bytes(std::numeric_limits<std::uint64_t>::max()).size() == 10);
}

TEST_CASE("every short integer comes back", "[base]") {
    using Signed = std::numeric_limits<std::int64_t>;
    CHECK((comes_back(Signed::min()) && comes_back(Signed::max())));
    CHECK(comes_back(std::numeric_limits<std::uint64_t>::max()));
    rc::prop("of any size", [](std::int64_t number) {
        RC_ASSERT(comes_back(number));
        RC_ASSERT(comes_back(static_cast<std::uint64_t>(number)));
        RC_ASSERT(comes_back(static_cast<std::int32_t>(number)));
    });
}

TEST_CASE("a short integer that ends early, never ends or does not fit is refused", "[base]") {
    CHECK(is_refused<std::uint64_t>(""));
    CHECK(is_refused<std::uint64_t>("\x80"));
    CHECK(is_refused<std::uint64_t>(std::string(11, '\x80')));
    CHECK(is_refused<std::uint8_t>(short_bytes(std::uint64_t{256})));
    CHECK(is_refused<std::int32_t>(short_bytes(std::int64_t{-2147483649})));
}

}  // namespace byte_buffer_test
