// The groups of fields that recur, under the same names, in many tables of the schema: how they are
// written.
//
// Within a table the widest fields are added first, which leaves no gaps for alignment; an id's low
// word before its high word, so that its 16 bytes lie the same way wherever it occurs and compress
// as one match.
#pragma once

#include "ledger/log/id_words.h"
#include "ledger/model/event.h"

#include <cstdint>
#include <string_view>

#include <flatbuffers/flatbuffers.h>

// The header that flatc makes stays with the codec's own files.
namespace ledger::stored {
enum class Side : std::uint8_t;
enum class OrderType : std::uint8_t;
enum class Product : std::uint8_t;
enum class TimeInForce : std::uint8_t;
}  // namespace ledger::stored

namespace ledger::log {

using Builder = flatbuffers::FlatBufferBuilder;
using Text = flatbuffers::Offset<flatbuffers::String>;
using Bytes = flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>>;

// A null offset, which is not stored, for an empty text.
[[nodiscard]] inline Text text(Builder& builder, std::string_view value) {
    return value.empty() ? Text{} : builder.CreateString(value.data(), value.size());
}

[[nodiscard]] inline Bytes bytes(Builder& builder, std::string_view value) {
    if (value.empty()) return {};
    return builder.CreateVector(reinterpret_cast<const std::uint8_t*>(value.data()), value.size());
}

struct ProfileTexts {
    Text name;
    Text email;
    Bytes sealed_credentials;
    Text credential_hint;
};

[[nodiscard]] inline ProfileTexts texts_of(Builder& builder, const AccountProfile& profile) {
    return {.name = text(builder, profile.name),
            .email = text(builder, profile.email),
            .sealed_credentials = bytes(builder, profile.sealed_credentials),
            .credential_hint = text(builder, profile.credential_hint)};
}

template <class Table>
void add_profile(Table& table, const AccountProfile& profile, const ProfileTexts& texts) {
    table.add_scaling_numerator(profile.scaling_factor.numerator);
    table.add_scaling_denominator(profile.scaling_factor.denominator);
    table.add_name(texts.name);
    table.add_email(texts.email);
    table.add_sealed_credentials(texts.sealed_credentials);
    table.add_credential_hint(texts.credential_hint);
    table.add_enabled(profile.enabled);
}

template <class Table>
void add_master_order(Table& table, const EventId& master_order) {
    const IdWords words = words_of(master_order);
    table.add_master_order_lo(words.lo);
    table.add_master_order_hi(words.hi);
}

template <class Table>
void add_ratio(Table& table, Ratio ratio) {
    table.add_ratio_numerator(ratio.numerator);
    table.add_ratio_denominator(ratio.denominator);
}

template <class Table>
void add_figures(Table& table, const SizingFigures& figures) {
    add_ratio(table, figures.ratio);
    table.add_figure_master_quantity(figures.master_quantity.value());
    table.add_figure_raw_quantity(figures.raw_quantity.value());
    table.add_figure_lot_size(figures.lot_size.value());
    table.add_figure_reducing(figures.reducing.value());
    table.add_figure_master_position(figures.master_position.value());
    table.add_figure_position(figures.position.value());
}

template <class Table>
void add_amounts(Table& table, const OrderTerms& terms) {
    table.add_quantity(terms.quantity.value());
    table.add_price(terms.price.value());
    table.add_trigger(terms.trigger.value());
}

template <class Table>
void add_kinds(Table& table, const OrderTerms& terms) {
    table.add_side(static_cast<stored::Side>(terms.side));
    table.add_order_type(static_cast<stored::OrderType>(terms.type));
    table.add_product(static_cast<stored::Product>(terms.product));
    table.add_time_in_force(static_cast<stored::TimeInForce>(terms.time_in_force));
}

template <class Table>
void add_order(Table& table, const EventId& order) {
    const IdWords words = words_of(order);
    table.add_order_lo(words.lo);
    table.add_order_hi(words.hi);
}

// Left out where it is the order's own; otherwise both words are there, the high one even if zero.
template <class Table>
void add_order_and_intent(Table& table, const EventId& order, const EventId& intent) {
    add_order(table, order);
    if (intent == order) return;
    const IdWords words = words_of(intent);
    table.add_intent_lo(words.lo);
    table.add_intent_hi(words.hi);
}

template <class Table>
void add_attempt(Table& table, const AttemptRef& ref) {
    add_order_and_intent(table, ref.order, ref.intent);
    table.add_follower(ref.follower.value());
    table.add_attempt(ref.attempt);
}

}  // namespace ledger::log
