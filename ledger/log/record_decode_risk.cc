#include "ledger/log/record_read.h"
#include "ledger/log/record_read_fields.h"

#include <optional>
#include <string>
#include <vector>

namespace ledger::log {
namespace {

template <class Value, class Stored>
std::optional<Value> present(const flatbuffers::Optional<Stored>& in) {
    return in ? std::optional{Value{*in}} : std::nullopt;
}

using Texts = flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>;

std::vector<std::string> texts_of(const Texts* in) {
    std::vector<std::string> out;
    if (in == nullptr) return out;
    for (const flatbuffers::String* text : *in) out.push_back(text_of(text));
    return out;
}

template <class Kind, class Stored>
std::vector<Kind> kinds_of(const flatbuffers::Vector<Stored>* in) {
    std::vector<Kind> out;
    if (in == nullptr) return out;
    for (const Stored value : *in) out.push_back(static_cast<Kind>(value));
    return out;
}

std::optional<TradingHours> hours_of(const stored::RiskLimits& in) {
    const auto from = in.hours_from_minute();
    if (!from) return std::nullopt;
    return TradingHours{.from_minute = *from, .to_minute = in.hours_to_minute()};
}

}  // namespace

RiskLimits limits_of(const stored::RiskLimits* in) {
    if (in == nullptr) return {};
    return {
        .max_quantity = present<Quantity>(in->max_quantity()),
        .max_order_value = present<Money>(in->max_order_value()),
        .max_position_value = present<Money>(in->max_position_value()),
        .max_open_orders = present<std::uint32_t>(in->max_open_orders()),
        .max_capital = present<Money>(in->max_capital()),
        .max_daily_loss = present<Money>(in->max_daily_loss()),
        .max_orders_per_second = present<std::uint32_t>(in->max_orders_per_second()),
        .price_band_bps = present<std::uint32_t>(in->price_band_bps()),
        .max_event_age_ms = present<std::int64_t>(in->max_event_age_ms()),
        .trading_hours = hours_of(*in),
        .allowed_instruments = texts_of(in->allowed_instruments()),
        .allowed_products = kinds_of<Product>(in->allowed_products()),
        .allowed_order_types = kinds_of<OrderType>(in->allowed_order_types()),
        .allowed_exchanges = texts_of(in->allowed_exchanges()),
        .on_limit = static_cast<OnLimit>(in->on_limit()),
    };
}

void read(const stored::RiskLimitsSet& in, RiskLimitsSet& out) {
    out.account = AccountNumber{in.account()};
    out.limits = limits_of(in.limits());
}

void read(const stored::ConsentRecorded& in, ConsentRecorded& out) {
    out.account = AccountNumber{in.account()};
    out.accepted = in.accepted();
    out.text_version = text_of(in.text_version());
    out.address = text_of(in.address());
    out.user_agent = text_of(in.user_agent());
}

void read(const stored::FundsReported& in, FundsReported& out) {
    out.account = AccountNumber{in.account()};
    out.equity = Money{in.equity()};
    out.capital = Money{in.capital()};
}

void read(const stored::TradingHalted& in, TradingHalted& out) {
    out.account = AccountNumber{in.account()};
    out.why = text_of(in.why());
}

void read(const stored::TradingResumed& in, TradingResumed& out) {
    out.account = AccountNumber{in.account()};
    out.why = text_of(in.why());
}

void read(const stored::ExitRequested& in, ExitRequested& out) {
    out.master = AccountNumber{in.master()};
    out.master_order = master_order_of(in);
    out.scope = static_cast<ExitScope>(in.scope());
}

void read(const stored::CalendarSet& in, CalendarSet& out) {
    out.calendar.utc_offset_minutes = in.utc_offset_minutes();
    out.calendar.session_start_minute = in.session_start_minute();
}

void read(const stored::RequestAnswered& in, RequestAnswered& out) {
    out.account = AccountNumber{in.account()};
}

void read(const stored::CheckpointSigned& in, CheckpointSigned& out) {
    out.note = text_of(in.note());
}

void read(const stored::SubjectErased& in, SubjectErased& out) {
    out.account = AccountNumber{in.account()};
    out.why = text_of(in.why());
}

void read(const stored::RecordsArchived& in, RecordsArchived& out) {
    out.through = in.through();
    out.archive_records = in.archive_records();
    out.archive_root = text_of(in.archive_root());
}

}  // namespace ledger::log
