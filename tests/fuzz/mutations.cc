#include "tests/fuzz/mutations.h"

#include <algorithm>
#include <array>
#include <limits>

namespace fuzz {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t damages_max = 4;
constexpr std::size_t piece_bytes_max = 64;

// Where texts begin, end and change their meaning.
constexpr auto special_bytes = "\0\n\r\t \"\\'{}[](),:;.-+/%#|=0:A\x7f\x80\xc3\xff"sv;

// Decimals just within and just beyond what some type or rule holds.
constexpr std::array<std::string_view, 16> numbers{"0",
                                                   "-1",
                                                   "1",
                                                   "00",
                                                   "0.00005",
                                                   "1e9",
                                                   "1E-9",
                                                   "255",
                                                   "65536",
                                                   "2147483648",
                                                   "4294967296",
                                                   "1000000000000",
                                                   "1000000000001",
                                                   "9223372036854775807",
                                                   "9223372036854775808",
                                                   "99999999999999999999"};

constexpr std::array<std::uint64_t, 8> integers{0,
                                                1,
                                                std::numeric_limits<std::uint8_t>::max(),
                                                std::numeric_limits<std::uint16_t>::max(),
                                                std::numeric_limits<std::int32_t>::max(),
                                                std::numeric_limits<std::uint32_t>::max(),
                                                std::numeric_limits<std::int64_t>::max(),
                                                std::numeric_limits<std::uint64_t>::max()};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::size_t Mutations::below(std::size_t bound) {
    return bound == 0 ? 0 : static_cast<std::size_t>(random_.next() % bound);
}

void Mutations::flip_bit(std::string& input, std::string_view) {
    if (input.empty()) return;
    const std::size_t at = below(input.size());
    const auto byte = static_cast<unsigned char>(input[at]);
    input[at] = static_cast<char>(byte ^ (1U << below(8)));
}

void Mutations::set_byte(std::string& input, std::string_view) {
    if (input.empty()) return;
    input[below(input.size())] = special_bytes[below(special_bytes.size())];
}

void Mutations::truncate(std::string& input, std::string_view) {
    input.resize(below(input.size()));
}

void Mutations::remove(std::string& input, std::string_view) {
    input.erase(below(input.size()), 1 + below(piece_bytes_max));
}

void Mutations::repeat(std::string& input, std::string_view) {
    const std::string piece = input.substr(below(input.size()), 1 + below(piece_bytes_max));
    input.insert(below(input.size()), piece);
}

void Mutations::splice(std::string& input, std::string_view other) {
    input.resize(below(input.size()));
    input.append(other.substr(below(other.size())));
}

// The first number from some place on.
void Mutations::replace_number(std::string& input, std::string_view) {
    const auto from = input.begin() + static_cast<std::ptrdiff_t>(below(input.size()));
    const auto begin = std::find_if(from, input.end(), is_digit);
    const auto end = std::find_if_not(begin, input.end(), is_digit);
    const std::string_view number = numbers.at(below(numbers.size()));
    input.replace(begin, end, number.begin(), number.end());
}

// One, two, four or eight bytes, little-endian.
void Mutations::overwrite_integer(std::string& input, std::string_view) {
    const std::size_t size = std::size_t{1} << below(4);
    if (input.size() < size) return;
    const std::size_t at = below(input.size() - size + 1);
    const std::uint64_t value = integers.at(below(integers.size()));
    for (std::size_t i = 0; i < size; ++i) {
        input[at + i] = static_cast<char>((value >> (8 * i)) & 0xffU);
    }
}

std::string Mutations::next(std::string_view input, std::string_view other) {
    static constexpr std::array<Mutate, 8> kinds{
        &Mutations::flip_bit,       &Mutations::set_byte,
        &Mutations::truncate,       &Mutations::remove,
        &Mutations::repeat,         &Mutations::splice,
        &Mutations::replace_number, &Mutations::overwrite_integer,
    };
    std::string out{input};
    for (std::size_t left = 1 + below(damages_max); left > 0; --left) {
        (this->*kinds.at(below(kinds.size())))(out, other);
    }
    out.resize(std::min(out.size(), bytes_max));
    return out;
}

}  // namespace fuzz
