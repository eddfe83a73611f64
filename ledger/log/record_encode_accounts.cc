#include "ledger/log/record_write.h"
#include "ledger/log/record_write_fields.h"

#include <utility>
#include <vector>

namespace ledger::log {
namespace {

// Null for an empty map, which is not stored.
template <class Stored, class Rule>
flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<Stored>>> map_of(
    Builder& builder, const std::vector<Rule>& rules) {
    using Kind = decltype(std::declval<Stored>().from());
    std::vector<flatbuffers::Offset<Stored>> tables;
    for (const Rule& rule : rules) {
        typename Stored::Builder table{builder};
        table.add_from(static_cast<Kind>(rule.from));
        table.add_to(static_cast<Kind>(rule.to));
        tables.push_back(table.Finish());
    }
    if (tables.empty()) return {};
    return builder.CreateVector(tables);
}

void add_link_amounts(stored::LinkSetBuilder& table, const LinkTerms& terms) {
    add_ratio(table, terms.ratio);
    table.add_percentage_numerator(terms.percentage.numerator);
    table.add_percentage_denominator(terms.percentage.denominator);
    table.add_fixed_quantity(terms.fixed_quantity.value());
}

void add_link_kinds(stored::LinkSetBuilder& table, const LinkTerms& terms) {
    table.add_strategy(static_cast<stored::CopyStrategy>(terms.strategy));
    table.add_active(terms.active);
    table.add_round_up_to_min_lot(terms.round_up_to_min_lot);
    table.add_sides(static_cast<stored::CopySides>(terms.sides));
    table.add_price_mode(static_cast<stored::PriceMode>(terms.price_mode));
    table.add_on_join(static_cast<stored::JoinPolicy>(terms.on_join));
    table.add_on_leave(static_cast<stored::LeavePolicy>(terms.on_leave));
}

}  // namespace

WrittenPayload write(Builder& builder, const AccountOpened& event) {
    const ProfileTexts texts = texts_of(builder, event.profile);
    const Text broker = text(builder, event.identity.broker);
    const Text broker_account = text(builder, event.identity.broker_account);
    const Text username = text(builder, event.identity.username);
    stored::AccountOpenedBuilder table{builder};
    add_profile(table, event.profile, texts);
    table.add_account(event.account.value());
    table.add_broker(broker);
    table.add_broker_account(broker_account);
    table.add_username(username);
    table.add_role(static_cast<stored::AccountRole>(event.identity.role));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AccountChanged& event) {
    const ProfileTexts texts = texts_of(builder, event.profile);
    stored::AccountChangedBuilder table{builder};
    add_profile(table, event.profile, texts);
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AccountClosed& event) {
    stored::AccountClosedBuilder table{builder};
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const LinkSet& event) {
    const auto product_map = map_of<stored::ProductRule>(builder, event.terms.product_map);
    const auto order_type_map = map_of<stored::OrderTypeRule>(builder, event.terms.order_type_map);
    const auto limits = limits_table(builder, event.terms.limits);
    stored::LinkSetBuilder table{builder};
    add_link_amounts(table, event.terms);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    table.add_protection_bps(event.terms.protection_bps);
    table.add_product_map(product_map);
    table.add_order_type_map(order_type_map);
    table.add_limits(limits);
    add_link_kinds(table, event.terms);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const LinkRemoved& event) {
    stored::LinkRemovedBuilder table{builder};
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const InstrumentDefined& event) {
    const Text token = text(builder, event.instrument.token);
    const Text symbol = text(builder, event.instrument.symbol);
    stored::InstrumentDefinedBuilder table{builder};
    table.add_lot_size(event.rules.lot_size.value());
    table.add_tick_size(event.rules.tick_size.value());
    table.add_freeze_quantity(event.rules.freeze_quantity.value());
    table.add_token(token);
    table.add_symbol(symbol);
    table.add_valid_on(event.rules.valid_on);
    table.add_segment(static_cast<stored::Segment>(event.instrument.segment));
    return written(table.Finish());
}

}  // namespace ledger::log
