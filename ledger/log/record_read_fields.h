// The groups of fields that recur, under the same names, in many tables of the schema: how they are
// read. Enumerations are taken as they come; field_out_of_range judges them.
#pragma once

#include "ledger/log/id_words.h"
#include "ledger/model/event.h"

#include <cstdint>
#include <string>

#include <flatbuffers/flatbuffers.h>

namespace ledger::log {

[[nodiscard]] inline std::string text_of(const flatbuffers::String* text) {
    return text == nullptr ? std::string() : std::string(text->c_str(), text->size());
}

[[nodiscard]] inline std::string bytes_of(const flatbuffers::Vector<std::uint8_t>* bytes) {
    if (bytes == nullptr) return {};
    return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

template <class Table>
[[nodiscard]] EventId order_of(const Table& in) {
    return id_of(in.order_hi(), in.order_lo());
}

template <class Table>
[[nodiscard]] EventId master_order_of(const Table& in) {
    return id_of(in.master_order_hi(), in.master_order_lo());
}

template <class Table>
[[nodiscard]] EventId intent_of(const Table& in) {
    const auto hi = in.intent_hi();
    return hi ? id_of(*hi, in.intent_lo()) : order_of(in);
}

template <class Table>
void read_attempt(const Table& in, AttemptRef& out) {
    out.order = order_of(in);
    out.intent = intent_of(in);
    out.follower = AccountNumber{in.follower()};
    out.attempt = in.attempt();
}

template <class Table>
void read_profile(const Table& in, AccountProfile& out) {
    out.name = text_of(in.name());
    out.email = text_of(in.email());
    out.sealed_credentials = bytes_of(in.sealed_credentials());
    out.credential_hint = text_of(in.credential_hint());
    out.scaling_factor = Ratio{in.scaling_numerator(), in.scaling_denominator()};
    out.enabled = in.enabled();
}

template <class Table>
void read_instrument(const Table& in, Instrument& out) {
    out.segment = static_cast<Segment>(in.segment());
    out.token = text_of(in.token());
    out.symbol = text_of(in.symbol());
}

template <class Table>
[[nodiscard]] Ratio ratio_of(const Table& in) {
    return Ratio{in.ratio_numerator(), in.ratio_denominator()};
}

template <class Table>
void read_basis(const Table& in, SizingFigures& out) {
    out.strategy = static_cast<CopyStrategy>(in.strategy());
    out.mark = Price{in.mark()};
    out.mark_at_ns = in.mark_at_ns();
    out.equity = Money{in.equity()};
    out.master_equity = Money{in.master_equity()};
    out.equity_at_ns = in.equity_at_ns();
    out.protection_bps = in.protection_bps();
}

template <class Table>
[[nodiscard]] LimitFigures limit_figures_of(const Table& in) {
    return {.rule = static_cast<SkipReason>(in.rule()),
            .scope = static_cast<RiskScope>(in.scope()),
            .bound = in.bound(),
            .actual = in.actual()};
}

template <class Table>
[[nodiscard]] SizingFigures figures_of(const Table& in) {
    SizingFigures out;
    out.ratio = ratio_of(in);
    out.master_quantity = Quantity{in.figure_master_quantity()};
    out.raw_quantity = Quantity{in.figure_raw_quantity()};
    out.lot_size = Quantity{in.figure_lot_size()};
    out.reducing = Quantity{in.figure_reducing()};
    out.master_position = Quantity{in.figure_master_position()};
    out.position = Quantity{in.figure_position()};
    if (const auto* basis = in.figure_basis()) read_basis(*basis, out);
    if (const auto* limit = in.figure_limit()) out.limit = limit_figures_of(*limit);
    return out;
}

template <class Table>
[[nodiscard]] OrderTerms terms_of(const Table& in) {
    return {.side = static_cast<Side>(in.side()),
            .type = static_cast<OrderType>(in.order_type()),
            .product = static_cast<Product>(in.product()),
            .time_in_force = static_cast<TimeInForce>(in.time_in_force()),
            .quantity = Quantity{in.quantity()},
            .price = Price{in.price()},
            .trigger = Price{in.trigger()}};
}

}  // namespace ledger::log
