#include "ingest/risk_limits.h"

#include "ledger/text/decimal.h"
#include "ledger/text/words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::invalid_field;
using ledger::Result;
using ledger::RiskLimits;
using ledger::text::JsonValue;
using ledger::text::JsonWriter;
using Kind = JsonValue::Kind;

constexpr std::array<std::string_view, 18> limit_names{
    "max_quantity",        "max_order_value",   "max_position_value",    "max_open_orders",
    "max_capital",         "max_capital_limit", "max_daily_loss",        "max_orders_per_second",
    "price_band_percent",  "price_band_bps",    "max_event_age_ms",      "trading_hours",
    "allowed_instruments", "allowed_products",  "allowed_product_types", "allowed_order_types",
    "allowed_exchanges",   "on_limit"};

constexpr std::array<std::string_view, 6> limit_beginnings{
    "max_", "min_", "allowed_", "price_band", "trading_hours", "on_limit"};

bool is_limit(std::string_view name) {
    return std::ranges::find(limit_names, name) != limit_names.end();
}

bool is_called_like_one(std::string_view name) {
    return std::ranges::any_of(
        limit_beginnings, [&](std::string_view beginning) { return name.starts_with(beginning); });
}

template <class Value>
using Reader = BodyFields::Field<Value> (BodyFields::*)(std::string_view) const;

template <class Value>
Result<void> change(const BodyFields& fields, std::string_view name, std::optional<Value>& limit,
                    Reader<Value> read) {
    if (fields.is_null(name)) limit.reset();
    BOOST_OUTCOME_TRY(auto given, (fields.*read)(name));
    if (given) limit = std::move(given);
    return success();
}

// Money or a count, of which zero would allow nothing at all.
template <class Value>
Result<void> change_positive(const BodyFields& fields, std::string_view name,
                             std::optional<Value>& limit, Reader<Value> read) {
    BOOST_OUTCOME_TRY(change(fields, name, limit, read));
    if (fields.has(name) && limit == Value{}) {
        return invalid_field(std::string{name}, "must be positive");
    }
    return success();
}

Result<void> change_price_band(const BodyFields& fields, RiskLimits& limits) {
    BOOST_OUTCOME_TRY(const std::string_view name,
                      fields.one_of({"price_band_percent", "price_band_bps"}));
    const bool percent = name == "price_band_percent";
    BOOST_OUTCOME_TRY(change_positive(fields, name, limits.price_band_bps,
                                      percent ? &BodyFields::percent_as_bps : &BodyFields::count));
    if (limits.price_band_bps && *limits.price_band_bps > bps_max) {
        return invalid_field(std::string{name}, "must be at most 10000");
    }
    return success();
}

Result<void> change_event_age(const BodyFields& fields, RiskLimits& limits) {
    BOOST_OUTCOME_TRY(
        change(fields, "max_event_age_ms", limits.max_event_age_ms, &BodyFields::integer));
    if (limits.max_event_age_ms && *limits.max_event_age_ms <= 0) {
        return invalid_field("max_event_age_ms", "must be positive");
    }
    return success();
}

// "09:15" as minutes since midnight.
std::optional<std::uint16_t> parse_minute(std::string_view text) {
    constexpr std::string_view form = "hh:mm";
    if (text.size() != form.size() || text[2] != ':') return std::nullopt;
    int digits[4] = {};
    for (std::size_t i = 0, digit = 0; i < text.size(); ++i) {
        if (form[i] == ':') continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        digits[digit++] = text[i] - '0';
    }
    const int hour = digits[0] * 10 + digits[1];
    const int minute = digits[2] * 10 + digits[3];
    if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
    return static_cast<std::uint16_t>(hour * 60 + minute);
}

Result<void> change_hours(const BodyFields& fields, RiskLimits& limits) {
    const std::string name = "trading_hours";
    if (fields.is_null(name)) limits.trading_hours.reset();
    BOOST_OUTCOME_TRY(const auto given, fields.object(name));
    if (!given) return success();
    const BodyFields hours{**given};
    std::array<std::uint16_t, 2> minutes{};
    for (const std::string_view end : {"from", "to"}) {
        const auto text = hours.text(end, code_bytes_max);
        const auto minute = text && text.value() ? parse_minute(*text.value()) : std::nullopt;
        if (!minute) {
            return invalid_field(name + "." + std::string{end}, R"(must be a time as "09:15")");
        }
        minutes[end == "to" ? 1 : 0] = *minute;
    }
    if (minutes[0] >= minutes[1]) return invalid_field(name, "must begin before they end");
    limits.trading_hours = ledger::TradingHours{minutes[0], minutes[1]};
    return success();
}

// The list as it shall be; `parse` gives nothing for a word that is none.
template <class Value, class Parse>
Result<void> change_list(const BodyFields& fields, std::string_view name, std::vector<Value>& list,
                         Parse parse) {
    if (fields.is_null(name)) list.clear();
    BOOST_OUTCOME_TRY(const auto given, fields.array(name, allowed_items_max));
    if (!given) return success();
    std::vector<Value> wanted;
    for (const JsonValue& item : (*given)->items()) {
        const bool word = item.is(Kind::string) || item.is(Kind::number);
        std::optional<Value> value = word ? parse(item.text()) : std::nullopt;
        if (!value) {
            return invalid_field(std::string{name},
                                 "has an item that is unknown: number " +
                                     std::to_string(&item - (*given)->items().data() + 1));
        }
        const bool repeated = std::ranges::find(wanted, *value) != wanted.end();
        if (!repeated) wanted.push_back(std::move(*value));
    }
    list = std::move(wanted);
    return success();
}

std::optional<std::string> parse_name(std::string_view text) {
    const bool legal = !text.empty() && text.size() <= code_bytes_max && is_printable(text);
    return legal ? std::optional{std::string{text}} : std::nullopt;
}

std::optional<std::string> parse_exchange(std::string_view text) {
    if (!ledger::parse_segment(text, "")) return std::nullopt;
    return ledger::upper_case(text);
}

Result<void> change_lists(const BodyFields& fields, RiskLimits& limits) {
    BOOST_OUTCOME_TRY(const std::string_view products,
                      fields.one_of({"allowed_product_types", "allowed_products"}));
    BOOST_OUTCOME_TRY(
        change_list(fields, "allowed_instruments", limits.allowed_instruments, parse_name));
    BOOST_OUTCOME_TRY(
        change_list(fields, products, limits.allowed_products, ledger::parse_product));
    BOOST_OUTCOME_TRY(change_list(fields, "allowed_order_types", limits.allowed_order_types,
                                  ledger::parse_order_type));
    return change_list(fields, "allowed_exchanges", limits.allowed_exchanges, parse_exchange);
}

Result<void> change_values(const BodyFields& fields, RiskLimits& limits) {
    BOOST_OUTCOME_TRY(const std::string_view capital,
                      fields.one_of({"max_capital", "max_capital_limit"}));
    BOOST_OUTCOME_TRY(
        change_positive(fields, "max_order_value", limits.max_order_value, &BodyFields::money));
    BOOST_OUTCOME_TRY(change_positive(fields, "max_position_value", limits.max_position_value,
                                      &BodyFields::money));
    BOOST_OUTCOME_TRY(change_positive(fields, capital, limits.max_capital, &BodyFields::money));
    return change(fields, "max_daily_loss", limits.max_daily_loss, &BodyFields::money);
}

void write_money(JsonWriter& json, std::string_view name,
                 const std::optional<ledger::Money>& limit) {
    json.key(name);
    limit ? json.string(ledger::text::format_scaled(limit->value(), ledger::price_scale))
          : json.null();
}

template <class Number>
void write_number(JsonWriter& json, std::string_view name, const std::optional<Number>& limit) {
    json.key(name);
    limit ? json.number(static_cast<std::int64_t>(*limit)) : json.null();
}

std::string_view word(const std::string& text) {
    return text;
}

std::string_view word(ledger::Product product) {
    return ledger::to_text(product);
}

std::string_view word(ledger::OrderType type) {
    return ledger::to_text(type);
}

template <class Value>
void write_list(JsonWriter& json, std::string_view name, const std::vector<Value>& list) {
    json.key(name);
    if (list.empty()) return json.null();
    json.begin_array();
    for (const Value& value : list) json.string(word(value));
    json.end_array();
}

std::string clock_text(std::uint16_t minute) {
    const auto two_digits = [](int number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return two_digits(minute / 60) + ":" + two_digits(minute % 60);
}

void write_hours(JsonWriter& json, const std::optional<ledger::TradingHours>& hours) {
    json.key("trading_hours");
    if (!hours) return json.null();
    json.begin_object();
    json.member("from", clock_text(hours->from_minute));
    json.member("to", clock_text(hours->to_minute));
    json.end_object();
}

}  // namespace

Result<void> change_limits(const BodyFields& fields, RiskLimits& limits) {
    BOOST_OUTCOME_TRY(change(fields, "max_quantity", limits.max_quantity, &BodyFields::quantity));
    BOOST_OUTCOME_TRY(change_values(fields, limits));
    BOOST_OUTCOME_TRY(
        change(fields, "max_open_orders", limits.max_open_orders, &BodyFields::count));
    BOOST_OUTCOME_TRY(change_positive(fields, "max_orders_per_second", limits.max_orders_per_second,
                                      &BodyFields::count));
    BOOST_OUTCOME_TRY(change_price_band(fields, limits));
    BOOST_OUTCOME_TRY(change_event_age(fields, limits));
    BOOST_OUTCOME_TRY(change_hours(fields, limits));
    BOOST_OUTCOME_TRY(change_lists(fields, limits));
    if (fields.is_null("on_limit")) limits.on_limit = ledger::OnLimit::standard;
    BOOST_OUTCOME_TRY(const auto on_limit,
                      fields.word("on_limit", ledger::parse_on_limit, "CAP, SKIP or DEFAULT"));
    if (on_limit) limits.on_limit = *on_limit;
    return ledger::validate(limits);
}

bool names_limits(const JsonValue& body) {
    return std::ranges::any_of(body.members(),
                               [](const auto& member) { return is_limit(member.first); });
}

Result<void> refuse_unknown_limits(const JsonValue& body) {
    for (const auto& [name, value] : body.members()) {
        if (is_called_like_one(name) && !is_limit(name)) {
            return invalid_field(name, "is not a limit that is known");
        }
    }
    return success();
}

std::vector<std::string_view> limit_names_and(std::span<const std::string_view> others) {
    std::vector<std::string_view> names{limit_names.begin(), limit_names.end()};
    names.insert(names.end(), others.begin(), others.end());
    return names;
}

void write_limits(JsonWriter& json, const RiskLimits& limits) {
    json.key("max_quantity");
    limits.max_quantity ? json.number(limits.max_quantity->value()) : json.null();
    write_money(json, "max_order_value", limits.max_order_value);
    write_money(json, "max_position_value", limits.max_position_value);
    write_number(json, "max_open_orders", limits.max_open_orders);
    write_money(json, "max_capital", limits.max_capital);
    write_money(json, "max_daily_loss", limits.max_daily_loss);
    write_number(json, "max_orders_per_second", limits.max_orders_per_second);
    json.key("price_band_percent");
    limits.price_band_bps ? json.string(ledger::text::format_scaled(*limits.price_band_bps, 2))
                          : json.null();
    write_number(json, "max_event_age_ms", limits.max_event_age_ms);
    write_hours(json, limits.trading_hours);
    write_list(json, "allowed_instruments", limits.allowed_instruments);
    write_list(json, "allowed_product_types", limits.allowed_products);
    write_list(json, "allowed_order_types", limits.allowed_order_types);
    write_list(json, "allowed_exchanges", limits.allowed_exchanges);
    json.member("on_limit", ledger::to_text(limits.on_limit));
}

}  // namespace ingest
