// The identity of a fact: the same fact has the same id, whoever reports it and however often.
#pragma once

#include "ledger/base/result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace ledger {

// XXH3-128 in its canonical (big-endian) bytes. XXH3 is not collision-resistant against an
// adversary: whoever finds an id taken compares the natural keys.
struct EventId {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_zero() const { return *this == EventId{}; }

    // The first eight bytes as a big-endian number, for hash tables and index keys.
    [[nodiscard]] std::uint64_t prefix() const;

    friend auto operator<=>(const EventId&, const EventId&) = default;
};

// 32 lower-case hex digits.
[[nodiscard]] std::string to_text(const EventId& id);
[[nodiscard]] Result<EventId> parse_event_id(std::string_view text);

// Builds the canonical encoding of a natural key: every part is its length (4 bytes, big-endian)
// and its bytes, integers as 8 bytes big-endian, so that no two keys share an encoding.
class NaturalKey {
  public:
    explicit NaturalKey(std::string_view kind) { add(kind); }

    NaturalKey& add(std::string_view part);
    NaturalKey& add(std::uint64_t part);
    NaturalKey& add(const EventId& part);

    [[nodiscard]] EventId id() const;

    [[nodiscard]] const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

// The handle by which a follower order is found at its broker: the top 100 bits of the intent's
// EventId in 20 characters of lower-case Crockford base32 (spec: fits every broker served).
struct ClOrdId {
    std::array<char, 20> text{};

    [[nodiscard]] std::string_view view() const { return {text.data(), text.size()}; }

    friend auto operator<=>(const ClOrdId&, const ClOrdId&) = default;
};

[[nodiscard]] ClOrdId cl_ord_id_of(const EventId& intent);
// Refuses what is not 20 characters of lower-case Crockford base32.
[[nodiscard]] Result<ClOrdId> parse_cl_ord_id(std::string_view text);

}  // namespace ledger
