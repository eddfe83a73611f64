#include "ledger/model/event_id.h"

#include "ledger/base/assert.h"
#include "ledger/base/big_endian.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <limits>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace ledger {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
// Crockford's alphabet leaves out i, l, o and u.
constexpr std::string_view crockford_digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t bits_per_crockford_digit = 5;
// More than the key of any intent has; a longer one only costs another allocation.
constexpr std::size_t key_bytes_expected = 128;

template <std::size_t byte_count>
void append_big_endian(std::string& out, std::uint64_t value) {
    std::array<char, byte_count> bytes{};
    for (std::size_t i = 0; i < byte_count; ++i) {
        bytes[i] = static_cast<char>(value >> (8 * (byte_count - 1 - i)) & 0xFF);
    }
    out.append(bytes.data(), bytes.size());
}

}  // namespace

std::uint64_t EventId::prefix() const {
    return load_be64(reinterpret_cast<const char*>(bytes.data()));
}

std::string to_text(const EventId& id) {
    std::string text;
    text.reserve(2 * id.bytes.size());
    for (const auto byte : id.bytes) {
        text.push_back(hex_digits[byte >> 4]);
        text.push_back(hex_digits[byte & 0x0F]);
    }
    return text;
}

Result<EventId> parse_event_id(std::string_view text) {
    EventId id;
    if (text.size() != 2 * id.bytes.size()) return invalid_field("", "not 32 hex digits");
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto digit = hex_digits.find(text[i]);
        if (digit == std::string_view::npos) return invalid_field("", "not lower-case hex digits");
        auto& byte = id.bytes[i / 2];
        byte = static_cast<std::uint8_t>(unsigned{byte} << 4 | static_cast<unsigned>(digit));
    }
    return id;
}

NaturalKey& NaturalKey::add(std::string_view part) {
    LEDGER_ASSERT(part.size() <= std::numeric_limits<std::uint32_t>::max());
    if (bytes_.empty()) bytes_.reserve(key_bytes_expected);
    append_big_endian<4>(bytes_, part.size());
    bytes_.append(part);
    return *this;
}

NaturalKey& NaturalKey::add(std::uint64_t part) {
    append_big_endian<4>(bytes_, sizeof part);
    append_big_endian<8>(bytes_, part);
    return *this;
}

NaturalKey& NaturalKey::add(const EventId& part) {
    append_big_endian<4>(bytes_, part.bytes.size());
    bytes_.append(part.bytes.begin(), part.bytes.end());
    return *this;
}

EventId NaturalKey::id() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes_.data(), bytes_.size()));
    EventId id;
    static_assert(sizeof canonical.digest == sizeof id.bytes);
    std::copy(std::begin(canonical.digest), std::end(canonical.digest), id.bytes.begin());
    return id;
}

ClOrdId cl_ord_id_of(const EventId& intent) {
    const char* bytes = reinterpret_cast<const char*>(intent.bytes.data());
    const std::uint64_t hi = load_be64(bytes);
    const std::uint64_t lo = load_be64(bytes + 8);
    constexpr std::size_t of_hi = 12;  // digits that lie in it whole; the next one in both
    constexpr std::uint64_t digit_mask = 0x1F;
    ClOrdId made;
    for (std::size_t i = 0; i < of_hi; ++i) {
        made.text[i] = crockford_digits[hi >> (59 - bits_per_crockford_digit * i) & digit_mask];
    }
    made.text[of_hi] = crockford_digits[(hi << 1 | lo >> 63) & digit_mask];
    for (std::size_t i = 0; i < made.text.size() - of_hi - 1; ++i) {
        made.text[of_hi + 1 + i] =
            crockford_digits[lo >> (58 - bits_per_crockford_digit * i) & digit_mask];
    }
    return made;
}

Result<ClOrdId> parse_cl_ord_id(std::string_view text) {
    ClOrdId parsed;
    if (text.size() != parsed.text.size()) return invalid_field("", "not 20 characters");
    const auto known = [](char c) { return crockford_digits.find(c) != std::string_view::npos; };
    if (!std::all_of(text.begin(), text.end(), known)) {
        return invalid_field("", "not lower-case Crockford base32");
    }
    std::copy(text.begin(), text.end(), parsed.text.begin());
    return parsed;
}

}  // namespace ledger
