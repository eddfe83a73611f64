// How the fields of the state's rows become bytes and come back, for state_row_codec.cc.
#pragma once

#include "ledger/base/byte_buffer.h"
#include "ledger/replication/state.h"

#include <string>
#include <type_traits>

namespace ledger::replication {

// Two archives with one face, so that the fields of each row are listed once: Put writes what it is
// handed, Take replaces it by what was written.
class Put {
  public:
    explicit Put(ByteWriter& out) : out_(out) {}

    static constexpr bool takes = false;

    template <class T>
    requires std::is_integral_v<T>

    void operator()(const T& value) {
        out_.short_integer(
            static_cast<std::conditional_t<std::is_same_v<T, bool>, std::uint8_t, T>>(value));
    }

    template <class T>
    requires std::is_enum_v<T>

    void operator()(const T& value) { out_.enumeration(value); }

    void operator()(const std::string& value) {
        out_.short_integer(value.size());
        out_.raw(value.data(), value.size());
    }

    void operator()(const EventId& id) { out_.raw(id.bytes.data(), id.bytes.size()); }

  private:
    ByteWriter& out_;
};

class Take {
  public:
    explicit Take(ByteReader& in) : in_(in) {}

    static constexpr bool takes = true;

    template <class T>
    requires std::is_integral_v<T>

    void operator()(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = in_.short_integer<std::uint8_t>() != 0;
        } else {
            value = in_.short_integer<T>();
        }
    }

    template <class T>
    requires std::is_enum_v<T>

    void operator()(T& value) { value = in_.enumeration<T>(); }

    void operator()(std::string& value) { value = in_.view(in_.short_integer<std::size_t>()); }

    void operator()(EventId& id) { in_.raw(id.bytes.data(), id.bytes.size()); }

    [[nodiscard]] bool ok() const { return in_.ok(); }

  private:
    ByteReader& in_;
};

// A value to be put is const, one to be taken is not.
template <class Archive, class T>
using Field = std::conditional_t<Archive::takes, T, const T>;

template <class Archive, class Tag, class Rep>
void fields(Archive& archive, StrongInt<Tag, Rep>& value) {
    Rep raw{};
    archive(raw);
    value = StrongInt<Tag, Rep>{raw};
}

template <class Archive, class Tag, class Rep>
void fields(Archive& archive, const StrongInt<Tag, Rep>& value) {
    archive(value.value());
}

template <class Archive, class T>
requires std::is_integral_v<T> || std::is_enum_v<T> ||
    std::is_same_v<std::remove_const_t<T>, std::string> ||
    std::is_same_v<std::remove_const_t<T>, EventId>

void fields(Archive& archive, T& value) {
    archive(value);
}

template <class Archive, class... T>
void all(Archive& archive, T&... values) {
    (fields(archive, values), ...);
}

// What mostly repeats `known`: a byte then.
template <class Archive, class T>
void unless_known(Archive& archive, T& value, const EventId& known) {
    bool same = value == known;
    archive(same);
    if (!same) return fields(archive, value);
    if constexpr (Archive::takes) value = known;
}

// What mostly is near `known`: modulo 2^64, so that every number comes back exactly.
template <class Archive>
void difference(Archive& archive, Field<Archive, std::int64_t>& value, std::int64_t known) {
    auto apart = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) -
                                           static_cast<std::uint64_t>(known));
    archive(apart);
    if constexpr (Archive::takes) {
        value = static_cast<std::int64_t>(static_cast<std::uint64_t>(known) +
                                          static_cast<std::uint64_t>(apart));
    }
}

template <class Archive, class T>
void optional(Archive& archive, T& value) {
    bool present = value.has_value();
    archive(present);
    if (!present) return;
    if constexpr (Archive::takes) value.emplace();
    fields(archive, *value);
}

template <class Archive, class T>
void list(Archive& archive, T& values) {
    auto count = static_cast<std::uint32_t>(values.size());
    archive(count);
    if constexpr (Archive::takes) {
        for (std::uint32_t n = 0; n < count && archive.ok(); ++n)
            fields(archive, values.emplace_back());
    } else {
        for (const auto& value : values) fields(archive, value);
    }
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Ratio>

void fields(Archive& archive, T& ratio) {
    all(archive, ratio.numerator, ratio.denominator);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, OrderTerms>

void fields(Archive& archive, T& terms) {
    all(archive, terms.side, terms.type, terms.product, terms.time_in_force, terms.quantity,
        terms.price, terms.trigger);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, TradingHours>

void fields(Archive& archive, T& hours) {
    all(archive, hours.from_minute, hours.to_minute);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, ProductRule> ||
    std::is_same_v<std::remove_const_t<T>, OrderTypeRule>

void fields(Archive& archive, T& rule) {
    all(archive, rule.from, rule.to);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, TermsRank>

void fields(Archive& archive, T& rank) {
    all(archive, rank.version, rank.type);
}

template <class Archive, class T>
requires std::is_same_v<std::remove_const_t<T>, Leaves>

void fields(Archive& archive, T& leaves) {
    all(archive, leaves.session_day, leaves.buy, leaves.sell);
}

}  // namespace ledger::replication
