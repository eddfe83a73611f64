#include "ingest/body_fields.h"

#include "ledger/base/assert.h"
#include "ledger/text/decimal.h"
#include "ledger/text/round_decimal.h"

#include <algorithm>
#include <limits>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Price;
using ledger::text::JsonValue;
using Kind = JsonValue::Kind;

ledger::Result<std::string> checked_text(std::string_view name, const std::string& text,
                                         std::size_t bytes_max) {
    if (text.empty()) return invalid_field(std::string{name}, "must not be empty");
    if (text.size() > bytes_max) {
        return invalid_field(std::string{name},
                             "must not be longer than " + std::to_string(bytes_max) + " bytes");
    }
    if (!is_printable(text)) {
        return invalid_field(std::string{name}, "must not hold control characters");
    }
    return text;
}

// As `result` says it, but naming the field.
ledger::Error named(std::string_view name, const ledger::Error& error) {
    return invalid_field(std::string{name}, "must be a number in range: " + error.detail);
}

}  // namespace

bool is_printable(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x20 || byte == 0x7f) return false;
        // U+0080 to U+009F are C2 80 to C2 9F.
        const bool before_last = i + 1 < utf8.size();
        if (byte == 0xc2 && before_last && static_cast<unsigned char>(utf8[i + 1]) < 0xa0) {
            return false;
        }
    }
    return true;
}

ledger::Result<void> refuse_unknown(const JsonValue& body,
                                    std::span<const std::string_view> known) {
    for (const auto& [name, value] : body.members()) {
        if (std::ranges::find(known, name) != known.end()) continue;
        return invalid_field(name, "is not a field that is known here");
    }
    return boost::outcome_v2::success();
}

BodyFields::BodyFields(const JsonValue& body) : body_(body) {
    LEDGER_ASSERT(body.is(Kind::object));
}

const JsonValue* BodyFields::find(std::string_view name) const {
    const JsonValue* member = body_.find(name);
    return member == nullptr || member->is(Kind::null) ? nullptr : member;
}

bool BodyFields::is_null(std::string_view name) const {
    const JsonValue* member = body_.find(name);
    return member != nullptr && member->is(Kind::null);
}

ledger::Result<std::string_view> BodyFields::one_of(
    std::initializer_list<std::string_view> names) const {
    std::string_view used;
    for (const std::string_view name : names) {
        if (body_.find(name) == nullptr) continue;
        if (!used.empty()) {
            return invalid_field(std::string{name}, "is another name for " + std::string{used});
        }
        used = name;
    }
    return used.empty() ? *names.begin() : used;
}

BodyFields::Field<std::string> BodyFields::text(std::string_view name,
                                                std::size_t bytes_max) const {
    const JsonValue* member = find(name);
    if (member == nullptr) return std::optional<std::string>{};
    if (!member->is(Kind::string)) return invalid_field(std::string{name}, "must be a string");
    BOOST_OUTCOME_TRY(std::string text, checked_text(name, member->text(), bytes_max));
    return std::optional{std::move(text)};
}

BodyFields::Field<std::string> BodyFields::code(std::string_view name) const {
    const JsonValue* member = find(name);
    if (member == nullptr || !member->is(Kind::number)) {
        if (member != nullptr && !member->is(Kind::string)) {
            return invalid_field(std::string{name}, "must be a string or an integer");
        }
        return text(name, code_bytes_max);
    }
    const bool digits = member->text().find_first_not_of("0123456789") == std::string::npos;
    if (!digits) return invalid_field(std::string{name}, "must be a string or an integer");
    BOOST_OUTCOME_TRY(std::string text, checked_text(name, member->text(), code_bytes_max));
    return std::optional{std::move(text)};
}

BodyFields::Field<std::string> BodyFields::number_text(std::string_view name) const {
    const JsonValue* member = find(name);
    if (member == nullptr) return std::optional<std::string>{};
    const bool number = member->is(Kind::number) ||
                        (member->is(Kind::string) && ledger::text::is_number_text(member->text()));
    if (!number) return invalid_field(std::string{name}, "must be a number");
    return std::optional{member->text()};
}

BodyFields::Field<std::int64_t> BodyFields::integer(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto text, number_text(name));
    if (!text) return std::optional<std::int64_t>{};
    const auto value = ledger::text::parse_integer(*text);
    if (!value) return invalid_field(std::string{name}, "must be an integer in range");
    return std::optional{value.value()};
}

BodyFields::Field<Price> BodyFields::price(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto text, number_text(name));
    if (!text) return std::optional<Price>{};
    const auto value = ledger::text::parse_scaled(*text, ledger::price_scale);
    if (!value) return named(name, value.error());
    return std::optional{Price{value.value()}};
}

BodyFields::Field<ledger::Money> BodyFields::money(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto amount, price(name));
    if (!amount) return std::optional<ledger::Money>{};
    if (amount->value() < 0) return invalid_field(std::string{name}, "must not be negative");
    return std::optional{ledger::Money{amount->value()}};
}

BodyFields::Field<std::uint32_t> BodyFields::count(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto value, integer(name));
    if (!value) return std::optional<std::uint32_t>{};
    if (*value < 0 || *value > std::numeric_limits<std::uint32_t>::max()) {
        return invalid_field(std::string{name}, "must be between 0 and 4294967295");
    }
    return std::optional{static_cast<std::uint32_t>(*value)};
}

BodyFields::Field<ledger::Quantity> BodyFields::quantity(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto value, integer(name));
    if (!value) return std::optional<ledger::Quantity>{};
    if (*value <= 0) return invalid_field(std::string{name}, "must be positive");
    if (*value > ledger::quantity_max) return invalid_field(std::string{name}, "is too large");
    return std::optional{ledger::Quantity{*value}};
}

BodyFields::Field<std::uint32_t> BodyFields::percent_as_bps(std::string_view name) const {
    constexpr int bps_per_percent_scale = 2;
    BOOST_OUTCOME_TRY(const auto text, number_text(name));
    if (!text) return std::optional<std::uint32_t>{};
    const auto bps = ledger::text::parse_scaled(*text, bps_per_percent_scale);
    if (!bps || bps.value() < 0 || bps.value() > bps_max) {
        return invalid_field(std::string{name},
                             "must be a percentage from 0 to 100 with at most two decimals");
    }
    return std::optional{static_cast<std::uint32_t>(bps.value())};
}

BodyFields::Field<Price> BodyFields::average_price(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto text, number_text(name));
    if (!text) return std::optional<Price>{};
    const auto value = ledger::text::round_decimal(*text, ledger::price_scale);
    if (!value) return named(name, value.error());
    if (value.value() < 0) return invalid_field(std::string{name}, "must not be negative");
    if (value.value() > ledger::price_max) return invalid_field(std::string{name}, "is too large");
    return std::optional{Price{value.value()}};
}

BodyFields::Field<ledger::Ratio> BodyFields::ratio(std::string_view name) const {
    BOOST_OUTCOME_TRY(const auto text, number_text(name));
    if (!text) return std::optional<ledger::Ratio>{};
    const auto value = ledger::parse_ratio(*text);
    if (!value) return named(name, value.error());
    if (value.value().numerator == 0) return invalid_field(std::string{name}, "must be positive");
    return std::optional{value.value()};
}

BodyFields::Field<bool> BodyFields::boolean(std::string_view name) const {
    const JsonValue* member = find(name);
    if (member == nullptr) return std::optional<bool>{};
    if (!member->is(Kind::boolean)) {
        return invalid_field(std::string{name}, "must be true or false");
    }
    return std::optional{member->boolean()};
}

BodyFields::Field<const JsonValue*> BodyFields::object(std::string_view name) const {
    const JsonValue* member = find(name);
    if (member == nullptr) return std::optional<const JsonValue*>{};
    if (!member->is(Kind::object)) return invalid_field(std::string{name}, "must be an object");
    return std::optional{member};
}

BodyFields::Field<const JsonValue*> BodyFields::array(std::string_view name,
                                                      std::size_t items_max) const {
    const JsonValue* member = find(name);
    if (member == nullptr) return std::optional<const JsonValue*>{};
    if (!member->is(Kind::array)) return invalid_field(std::string{name}, "must be an array");
    if (member->items().size() > items_max) {
        return invalid_field(std::string{name},
                             "must not hold more than " + std::to_string(items_max) + " items");
    }
    return std::optional{member};
}

ledger::Result<void> BodyFields::check_number(std::string_view name) const {
    BOOST_OUTCOME_TRY(number_text(name));
    return boost::outcome_v2::success();
}

ledger::Error BodyFields::not_a_choice(std::string_view name, std::string_view choices) {
    return invalid_field(std::string{name}, "must be " + std::string{choices});
}

}  // namespace ingest
