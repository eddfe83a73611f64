#include "ledger/log/record_write.h"
#include "ledger/log/record_write_fields.h"

#include <optional>

namespace ledger::log {
namespace {

// Each null, which is not stored, where there is nothing to say.
struct FigureTables {
    flatbuffers::Offset<stored::SizingBasis> basis;
    flatbuffers::Offset<stored::LimitFigures> limit;
};

flatbuffers::Offset<stored::SizingBasis> basis_table(Builder& builder,
                                                     const SizingFigures& figures) {
    SizingFigures basis;
    basis.strategy = figures.strategy;
    basis.mark = figures.mark;
    basis.mark_at_ns = figures.mark_at_ns;
    basis.equity = figures.equity;
    basis.master_equity = figures.master_equity;
    basis.equity_at_ns = figures.equity_at_ns;
    basis.protection_bps = figures.protection_bps;
    if (basis == SizingFigures{}) return {};
    stored::SizingBasisBuilder table{builder};
    table.add_mark(basis.mark.value());
    table.add_mark_at_ns(basis.mark_at_ns);
    table.add_equity(basis.equity.value());
    table.add_equity_at_ns(basis.equity_at_ns);
    table.add_master_equity(basis.master_equity.value());
    table.add_protection_bps(basis.protection_bps);
    table.add_strategy(static_cast<stored::CopyStrategy>(basis.strategy));
    return table.Finish();
}

flatbuffers::Offset<stored::LimitFigures> limit_table(Builder& builder,
                                                      const std::optional<LimitFigures>& limit) {
    if (!limit) return {};
    stored::LimitFiguresBuilder table{builder};
    table.add_bound(limit->bound);
    table.add_actual(limit->actual);
    table.add_rule(static_cast<stored::SkipReason>(limit->rule));
    table.add_scope(static_cast<stored::RiskScope>(limit->scope));
    return table.Finish();
}

FigureTables tables_of(Builder& builder, const SizingFigures& figures) {
    return {.basis = basis_table(builder, figures), .limit = limit_table(builder, figures.limit)};
}

template <class Table>
void add_figure_tables(Table& table, const FigureTables& tables) {
    table.add_figure_limit(tables.limit);
    table.add_figure_basis(tables.basis);
}

// Both kinds carry the same: new terms for an order.
template <class Table, class Kind>
WrittenPayload write_new_terms(Builder& builder, const Kind& event) {
    const FigureTables tables = tables_of(builder, event.figures);
    typename Table::Builder table{builder};
    add_order(table, event.order);
    add_amounts(table, event.terms);
    add_figures(table, event.figures);
    table.add_follower(event.follower.value());
    add_figure_tables(table, tables);
    add_kinds(table, event.terms);
    return written(table.Finish());
}

}  // namespace

WrittenPayload write(Builder& builder, const MasterOrderReported& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text token = text(builder, event.instrument.token);
    const Text symbol = text(builder, event.instrument.symbol);
    const Text status = text(builder, event.status);
    const Text channel = text(builder, event.channel);
    stored::MasterOrderReportedBuilder table{builder};
    table.add_version_value(event.version.value);
    add_amounts(table, event.terms);
    table.add_cum_qty(event.cum_qty.value());
    table.add_avg_px(event.avg_px.value());
    table.add_last_qty(event.last_qty.value());
    table.add_last_value(event.last_value.value());
    table.add_account(event.account.value());
    table.add_broker_order_id(broker_order_id);
    table.add_token(token);
    table.add_symbol(symbol);
    table.add_status(status);
    table.add_channel(channel);
    table.add_type(static_cast<stored::MasterEventType>(event.type));
    table.add_version_kind(static_cast<stored::VersionKind>(event.version.kind));
    table.add_segment(static_cast<stored::Segment>(event.instrument.segment));
    add_kinds(table, event.terms);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const ConflictRecorded& event) {
    const Text what = text(builder, event.what);
    const IdWords existing = words_of(event.existing);
    stored::ConflictRecordedBuilder table{builder};
    table.add_existing_lo(existing.lo);
    table.add_existing_hi(existing.hi);
    table.add_content_digest(event.content_digest);
    table.add_what(what);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderIntended& event) {
    const FigureTables tables = tables_of(builder, event.figures);
    const Text token = text(builder, event.instrument.token);
    const Text symbol = text(builder, event.instrument.symbol);
    stored::FollowerOrderIntendedBuilder table{builder};
    add_master_order(table, event.master_order);
    add_amounts(table, event.terms);
    add_figures(table, event.figures);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    table.add_slice(event.slice);
    add_figure_tables(table, tables);
    table.add_token(token);
    table.add_symbol(symbol);
    table.add_segment(static_cast<stored::Segment>(event.instrument.segment));
    add_kinds(table, event.terms);
    table.add_purpose(static_cast<stored::OrderPurpose>(event.purpose));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderSkipped& event) {
    const FigureTables tables = tables_of(builder, event.figures);
    stored::FollowerOrderSkippedBuilder table{builder};
    add_master_order(table, event.master_order);
    add_figures(table, event.figures);
    table.add_master(event.master.value());
    table.add_follower(event.follower.value());
    add_figure_tables(table, tables);
    table.add_action(static_cast<stored::IntentKind>(event.action));
    table.add_reason(static_cast<stored::SkipReason>(event.reason));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerModifyIntended& event) {
    return write_new_terms<stored::FollowerModifyIntended>(builder, event);
}

WrittenPayload write(Builder& builder, const UnsentOrderAmended& event) {
    return write_new_terms<stored::UnsentOrderAmended>(builder, event);
}

WrittenPayload write(Builder& builder, const FollowerCancelIntended& event) {
    stored::FollowerCancelIntendedBuilder table{builder};
    add_order(table, event.order);
    table.add_follower(event.follower.value());
    table.add_because(static_cast<stored::SkipReason>(event.because));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const UnsentOrderWithdrawn& event) {
    stored::UnsentOrderWithdrawnBuilder table{builder};
    add_order(table, event.order);
    table.add_follower(event.follower.value());
    table.add_because(static_cast<stored::SkipReason>(event.because));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const IntentSuperseded& event) {
    stored::IntentSupersededBuilder table{builder};
    add_order_and_intent(table, event.order, event.intent);
    table.add_follower(event.follower.value());
    table.add_because(static_cast<stored::SupersededBecause>(event.because));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FollowerOrderReported& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text said = text(builder, event.text);
    stored::FollowerOrderReportedBuilder table{builder};
    add_order(table, event.order);
    table.add_order_qty(event.order_qty.value());
    table.add_price(event.price.value());
    table.add_trigger(event.trigger.value());
    table.add_cum_qty(event.cum_qty.value());
    table.add_avg_px(event.avg_px.value());
    table.add_last_qty(event.last_qty.value());
    table.add_last_value(event.last_value.value());
    table.add_updated_at_ns(event.updated_at_ns);
    table.add_follower(event.follower.value());
    table.add_broker_order_id(broker_order_id);
    table.add_text(said);
    table.add_status(static_cast<stored::OrdStatus>(event.status));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const AnomalyRecorded& event) {
    const Text broker_order_id = text(builder, event.broker_order_id);
    const Text said = text(builder, event.text);
    stored::AnomalyRecordedBuilder table{builder};
    add_order(table, event.order);
    table.add_account(event.account.value());
    table.add_broker_order_id(broker_order_id);
    table.add_text(said);
    table.add_kind(static_cast<stored::AnomalyKind>(event.kind));
    return written(table.Finish());
}

}  // namespace ledger::log
