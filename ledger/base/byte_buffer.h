// The canonical byte encoding of projection state: little-endian integers, or short ones where they
// are small, and length-prefixed text. Equal states have equal bytes, on every machine.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ledger {

inline constexpr unsigned short_integer_bits = 7;  // of each byte
inline constexpr std::uint64_t short_integer_mask = 0x7f;
inline constexpr std::uint64_t short_integer_more = 0x80;  // set in every byte but the last
inline constexpr std::size_t short_integer_bytes_max = 10;

class ByteWriter {
  public:
    template <class T>
    requires std::is_integral_v<T>

    void integer(T value) {
        auto part = std::bit_cast<std::array<char, sizeof(T)>>(value);
        if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(part);
        bytes_.append(part.data(), part.size());
    }

    // Seven bits to a byte, the lowest first, in the fewest bytes; signed ones fold their sign in,
    // so that what is near zero is short.
    template <class T>
    requires std::is_integral_v<T>

    void short_integer(T value) {
        auto bits = static_cast<std::uint64_t>(value);
        if constexpr (std::is_signed_v<T>) bits = bits << 1U ^ (value < 0 ? ~std::uint64_t{0} : 0U);
        std::array<char, short_integer_bytes_max> part;
        std::size_t size = 0;
        for (; bits > short_integer_mask; bits >>= short_integer_bits) {
            part[size++] = static_cast<char>(bits | short_integer_more);
        }
        part[size++] = static_cast<char>(bits);
        bytes_.append(part.data(), size);
    }

    template <class T>
    requires std::is_enum_v<T>

    void enumeration(T value) { integer(static_cast<std::underlying_type_t<T>>(value)); }

    void text(std::string_view value) {
        integer(static_cast<std::uint32_t>(value.size()));
        bytes_.append(value);
    }

    void raw(const void* data, std::size_t size) {
        bytes_.append(static_cast<const char*>(data), size);
    }

    [[nodiscard]] std::string& bytes() { return bytes_; }

  private:
    std::string bytes_;
};

// Reads what ByteWriter wrote. After the first read beyond the end, ok() is false and every value
// is zero or empty: the caller checks once, at the end.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

    template <class T>

    requires std::is_integral_v<T> T integer() {
        std::array<char, sizeof(T)> part{};
        raw(part.data(), part.size());
        if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(part);
        return std::bit_cast<T>(part);
    }

    // A number that T does not hold is as a read beyond the end.
    template <class T>

    requires std::is_integral_v<T> T short_integer() {
        std::uint64_t bits = short_bits();
        if constexpr (!std::is_signed_v<T>) {
            if (!std::in_range<T>(bits)) fail();
            return ok_ ? static_cast<T>(bits) : T{};
        } else {
            bits = bits >> 1U ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0U);
            const auto value = static_cast<std::int64_t>(bits);
            if (!std::in_range<T>(value)) fail();
            return ok_ ? static_cast<T>(value) : T{};
        }
    }

    template <class T>

    requires std::is_enum_v<T> T enumeration() {
        return static_cast<T>(integer<std::underlying_type_t<T>>());
    }

    std::string text() {
        const auto size = integer<std::uint32_t>();
        return std::string{take(size)};
    }

    // Without a copy; valid as long as the bytes are.
    std::string_view view(std::uint64_t size) { return take(size); }

    void raw(void* data, std::size_t size) {
        const std::string_view part = take(size);
        if (part.size() == size) std::memcpy(data, part.data(), size);
    }

    [[nodiscard]] bool ok() const { return ok_; }

    // For what can be read and cannot be: as after a read beyond the end.
    void fail() {
        ok_ = false;
        bytes_ = {};
    }

    // Everything was read, and nothing more was asked for.
    [[nodiscard]] bool finished() const { return ok_ && bytes_.empty(); }

    // For loops over counts read from the bytes: how much can still follow.
    [[nodiscard]] std::size_t remaining() const { return bytes_.size(); }

  private:
    std::uint64_t short_bits() {
        std::uint64_t bits = 0;
        for (std::size_t at = 0; at < short_integer_bytes_max && at < bytes_.size(); ++at) {
            const std::uint64_t byte = static_cast<unsigned char>(bytes_[at]);
            bits |= (byte & short_integer_mask) << (short_integer_bits * at);
            if ((byte & short_integer_more) != 0) continue;
            bytes_.remove_prefix(at + 1);
            return bits;
        }
        fail();
        return 0;
    }

    std::string_view take(std::uint64_t size) {
        if (!ok_ || size > bytes_.size()) {
            fail();
            return {};
        }
        const std::string_view part = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return part;
    }

    std::string_view bytes_;
    bool ok_ = true;
};

}  // namespace ledger
