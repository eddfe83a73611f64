#include "tools/settings/object_reader.h"

#include "ledger/text/decimal.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tools::settings {

namespace {

using ledger::Result;
using ledger::text::JsonValue;

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

const std::string& nearest(std::string_view key, const std::vector<std::string>& known) {
    return *std::ranges::min_element(
        known, {}, [key](const std::string& candidate) { return distance(key, candidate); });
}

std::string join(const std::vector<std::string_view>& words) {
    std::string joined;
    for (const std::string_view word : words)
        joined += (joined.empty() ? "" : ", ") + std::string{word};
    return joined;
}

}  // namespace

ObjectReader::ObjectReader(const JsonValue& object, std::string path)
    : object_(object), path_(std::move(path)) {
    if (!object.is(JsonValue::Kind::object))
        error_ = ledger::invalid_field(path_, "must hold named values");
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t otherwise, Bounds bounds) {
    return scaled(key, 0, bounds).value_or(otherwise);
}

std::size_t ObjectReader::size(std::string_view key, std::size_t otherwise, Bounds bounds) {
    return static_cast<std::size_t>(integer(key, static_cast<std::int64_t>(otherwise), bounds));
}

bool ObjectReader::boolean(std::string_view key, bool otherwise) {
    const JsonValue* value = take(key);
    if (!value) return otherwise;
    if (value->is(JsonValue::Kind::boolean)) return value->boolean();
    fail(key, "must be true or false");
    return otherwise;
}

std::string ObjectReader::text(std::string_view key, std::string_view otherwise) {
    const JsonValue* value = take(key);
    if (value && value->is(JsonValue::Kind::string)) return value->text();
    if (value) fail(key, "must be a text");
    return std::string{otherwise};
}

std::size_t ObjectReader::choice(std::string_view key, std::size_t otherwise,
                                 const std::vector<std::string_view>& words) {
    const std::string word = text(key, words[otherwise]);
    const auto found = std::ranges::find(words, word);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    fail(key, "must be one of " + join(words));
    return otherwise;
}

std::uint32_t ObjectReader::rate(std::string_view key, std::uint32_t otherwise) {
    const auto value = scaled(key, rate_scale, Bounds{0, rate_one});
    return value ? static_cast<std::uint32_t>(*value) : otherwise;
}

ledger::Price ObjectReader::price(std::string_view key, ledger::Price otherwise) {
    const auto value = scaled(key, ledger::price_scale, Bounds{1, ledger::price_max});
    return value ? ledger::Price{*value} : otherwise;
}

const JsonValue* ObjectReader::object(std::string_view key) {
    const JsonValue* value = take(key);
    if (!value || value->is(JsonValue::Kind::object)) return value;
    fail(key, "must hold named values");
    return nullptr;
}

const JsonValue* ObjectReader::array(std::string_view key) {
    const JsonValue* value = take(key);
    if (!value || value->is(JsonValue::Kind::array)) return value;
    fail(key, "must be a list");
    return nullptr;
}

void ObjectReader::fail(std::string_view key, std::string detail) {
    if (!error_)
        error_ = ledger::invalid_field(path_of(key), path_of(key) + ": " + std::move(detail));
}

std::string ObjectReader::path_of(std::string_view key) const {
    return path_.empty() ? std::string{key} : path_ + "." + std::string{key};
}

Result<void> ObjectReader::finish() {
    if (error_) return *error_;
    for (const auto& [key, value] : object_.members()) {
        if (std::ranges::find(known_, key) != known_.end()) continue;
        return ledger::invalid_field(path_of(key), path_of(key) + ": unknown key; nearest known: " +
                                                       path_of(nearest(key, known_)));
    }
    return boost::outcome_v2::success();
}

const JsonValue* ObjectReader::take(std::string_view key) {
    known_.emplace_back(key);
    return error_ ? nullptr : object_.find(key);
}

std::optional<std::int64_t> ObjectReader::scaled(std::string_view key, int scale, Bounds bounds) {
    const JsonValue* value = take(key);
    if (!value) return std::nullopt;
    if (value->is(JsonValue::Kind::number) || value->is(JsonValue::Kind::string)) {
        const auto parsed = ledger::text::parse_scaled(value->text(), scale);
        if (parsed && parsed.value() >= bounds.min && parsed.value() <= bounds.max)
            return parsed.value();
    }
    fail(key, "must be a number from " + ledger::text::format_scaled(bounds.min, scale) + " to " +
                  ledger::text::format_scaled(bounds.max, scale));
    return std::nullopt;
}

}  // namespace tools::settings
