// The canonical byte encoding of projection state: little-endian integers, length-prefixed text.
// Equal states have equal bytes, on every machine.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace ledger {

class ByteWriter {
  public:
    template <class T>
    requires std::is_integral_v<T>

    void integer(T value) {
        const auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            bytes_.push_back(static_cast<char>((bits >> (8 * i)) & 0xffU));
        }
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
        const std::string_view part = take(sizeof(T));
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < part.size(); ++i) {
            bits |= std::uint64_t{static_cast<unsigned char>(part[i])} << (8 * i);
        }
        return static_cast<T>(bits);
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
