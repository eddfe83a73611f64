#include "ledger/log/record_write.h"
#include "ledger/log/record_write_fields.h"

#include <string>
#include <vector>

namespace ledger::log {
namespace {

using StoredTexts = flatbuffers::Offset<flatbuffers::Vector<Text>>;

// Null for an empty list, which is not stored.
StoredTexts texts(Builder& builder, const std::vector<std::string>& values) {
    return values.empty() ? StoredTexts{} : builder.CreateVectorOfStrings(values);
}

template <class Stored, class Kind>
flatbuffers::Offset<flatbuffers::Vector<Stored>> kinds(Builder& builder,
                                                       const std::vector<Kind>& values) {
    std::vector<Stored> stored;
    for (const Kind value : values) stored.push_back(static_cast<Stored>(value));
    if (stored.empty()) return {};
    return builder.CreateVector(stored);
}

void add_limit_amounts(stored::RiskLimitsBuilder& table, const RiskLimits& limits) {
    if (limits.max_quantity) table.add_max_quantity(limits.max_quantity->value());
    if (limits.max_order_value) table.add_max_order_value(limits.max_order_value->value());
    if (limits.max_position_value) table.add_max_position_value(limits.max_position_value->value());
    if (limits.max_capital) table.add_max_capital(limits.max_capital->value());
    if (limits.max_daily_loss) table.add_max_daily_loss(limits.max_daily_loss->value());
    if (limits.max_event_age_ms) table.add_max_event_age_ms(*limits.max_event_age_ms);
}

void add_counts(stored::RiskLimitsBuilder& table, const RiskLimits& limits) {
    if (limits.max_open_orders) table.add_max_open_orders(*limits.max_open_orders);
    if (limits.max_orders_per_second) {
        table.add_max_orders_per_second(*limits.max_orders_per_second);
    }
    if (limits.price_band_bps) table.add_price_band_bps(*limits.price_band_bps);
}

void add_hours(stored::RiskLimitsBuilder& table, const RiskLimits& limits) {
    if (!limits.trading_hours) return;
    table.add_hours_from_minute(limits.trading_hours->from_minute);
    table.add_hours_to_minute(limits.trading_hours->to_minute);
}

template <class Table, class Event>
WrittenPayload write_switch(Builder& builder, const Event& event) {
    const Text why = text(builder, event.why);
    typename Table::Builder table{builder};
    table.add_account(event.account.value());
    table.add_why(why);
    return written(table.Finish());
}

}  // namespace

flatbuffers::Offset<stored::RiskLimits> limits_table(Builder& builder, const RiskLimits& limits) {
    if (limits == RiskLimits{}) return {};
    const auto instruments = texts(builder, limits.allowed_instruments);
    const auto exchanges = texts(builder, limits.allowed_exchanges);
    const auto products = kinds<stored::Product>(builder, limits.allowed_products);
    const auto order_types = kinds<stored::OrderType>(builder, limits.allowed_order_types);
    stored::RiskLimitsBuilder table{builder};
    add_limit_amounts(table, limits);
    add_counts(table, limits);
    table.add_allowed_instruments(instruments);
    table.add_allowed_exchanges(exchanges);
    table.add_allowed_products(products);
    table.add_allowed_order_types(order_types);
    add_hours(table, limits);
    table.add_on_limit(static_cast<stored::OnLimit>(limits.on_limit));
    return table.Finish();
}

WrittenPayload write(Builder& builder, const RiskLimitsSet& event) {
    const auto limits = limits_table(builder, event.limits);
    stored::RiskLimitsSetBuilder table{builder};
    table.add_account(event.account.value());
    table.add_limits(limits);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const ConsentRecorded& event) {
    const Text text_version = text(builder, event.text_version);
    const Text address = text(builder, event.address);
    const Text user_agent = text(builder, event.user_agent);
    stored::ConsentRecordedBuilder table{builder};
    table.add_account(event.account.value());
    table.add_text_version(text_version);
    table.add_address(address);
    table.add_user_agent(user_agent);
    table.add_accepted(event.accepted);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const FundsReported& event) {
    stored::FundsReportedBuilder table{builder};
    table.add_equity(event.equity.value());
    table.add_capital(event.capital.value());
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const TradingHalted& event) {
    return write_switch<stored::TradingHalted>(builder, event);
}

WrittenPayload write(Builder& builder, const TradingResumed& event) {
    return write_switch<stored::TradingResumed>(builder, event);
}

WrittenPayload write(Builder& builder, const ExitRequested& event) {
    stored::ExitRequestedBuilder table{builder};
    add_master_order(table, event.master_order);
    table.add_master(event.master.value());
    table.add_scope(static_cast<stored::ExitScope>(event.scope));
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const CalendarSet& event) {
    stored::CalendarSetBuilder table{builder};
    table.add_utc_offset_minutes(event.calendar.utc_offset_minutes);
    table.add_session_start_minute(event.calendar.session_start_minute);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const RequestAnswered& event) {
    stored::RequestAnsweredBuilder table{builder};
    table.add_account(event.account.value());
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const CheckpointSigned& event) {
    const Text note = text(builder, event.note);
    stored::CheckpointSignedBuilder table{builder};
    table.add_note(note);
    return written(table.Finish());
}

WrittenPayload write(Builder& builder, const SubjectErased& event) {
    return write_switch<stored::SubjectErased>(builder, event);
}

WrittenPayload write(Builder& builder, const RecordsArchived& event) {
    const Text root = text(builder, event.archive_root);
    stored::RecordsArchivedBuilder table{builder};
    table.add_through(event.through);
    table.add_archive_records(event.archive_records);
    table.add_archive_root(root);
    return written(table.Finish());
}

}  // namespace ledger::log
