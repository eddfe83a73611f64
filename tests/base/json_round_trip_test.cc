// The writer and the strict reader against each other.
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace json_round_trip_test {

namespace {

using ledger::text::JsonValue;
using ledger::text::JsonWriter;
using ledger::text::parse_json;
using Kind = JsonValue::Kind;

void append_utf8(std::string& out, std::uint32_t code_point) {
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    const auto tail = [&](unsigned shift) { put(0x80 | (code_point >> shift & 0x3F)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | code_point >> 6), tail(0);
    } else if (code_point < 0x10000) {
        put(0xE0 | code_point >> 12), tail(6), tail(0);
    } else {
        put(0xF0 | code_point >> 18), tail(12), tail(6), tail(0);
    }
}

std::string any_text() {
    const auto code_points =
        *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::weightedOneOf<std::uint32_t>(
            {{8, rc::gen::inRange<std::uint32_t>(0, 0x80)},
             {1, rc::gen::inRange<std::uint32_t>(0x80, 0xD800)},
             {1, rc::gen::inRange<std::uint32_t>(0xE000, 0x110000)}}));
    std::string text;
    for (const auto code_point : code_points) append_utf8(text, code_point);
    return text;
}

std::string any_number() {
    auto text = std::to_string(*rc::gen::arbitrary<std::int64_t>());
    if (*rc::gen::arbitrary<bool>()) text += "." + std::to_string(*rc::gen::inRange(0, 1000));
    if (*rc::gen::arbitrary<bool>()) text += "e" + std::to_string(*rc::gen::inRange(-99, 100));
    return text;
}

JsonValue any_value(int depth_left);

JsonValue any_array(int depth_left) {
    std::vector<JsonValue> items;
    for (int left = *rc::gen::inRange(0, 5); left > 0; --left)
        items.push_back(any_value(depth_left));
    return JsonValue::make_array(std::move(items));
}

JsonValue any_object(int depth_left) {
    std::vector<JsonValue::Member> members;
    const int count = *rc::gen::inRange(0, 25);
    for (int i = 0; i < count; ++i) {
        // The number in front keeps the names apart.
        members.emplace_back(std::to_string(i) + any_text(), any_value(depth_left));
    }
    return JsonValue::make_object(std::move(members));
}

JsonValue any_value(int depth_left) {
    switch (*rc::gen::inRange(0, depth_left > 0 ? 6 : 4)) {
        case 0:
            return JsonValue::make_null();
        case 1:
            return JsonValue::make_boolean(*rc::gen::arbitrary<bool>());
        case 2:
            return JsonValue::make_number(any_number());
        case 3:
            return JsonValue::make_string(any_text());
        case 4:
            return any_array(depth_left - 1);
        default:
            return any_object(depth_left - 1);
    }
}

JsonValue any_document(int depth) {
    return *rc::gen::arbitrary<bool>() ? any_object(depth) : any_array(depth);
}

void write(JsonWriter& json, const JsonValue& value) {
    switch (value.kind()) {
        case Kind::null:
            json.null();
            return;
        case Kind::boolean:
            json.boolean(value.boolean());
            return;
        case Kind::number:
            json.number_text(value.text());
            return;
        case Kind::string:
            json.string(value.text());
            return;
        case Kind::array:
            json.begin_array();
            for (const auto& item : value.items()) write(json, item);
            json.end_array();
            return;
        case Kind::object:
            json.begin_object();
            for (const auto& [name, member] : value.members()) {
                json.key(name);
                write(json, member);
            }
            json.end_object();
            return;
    }
}

std::string written(const JsonValue& value) {
    std::string out;
    JsonWriter json{out};
    write(json, value);
    return out;
}

}  // namespace

TEST_CASE("a tree that is written reads back equal", "[base]") {
    rc::prop("for any tree", [] {
        const auto value = any_document(3);
        const auto parsed = parse_json(written(value));
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(parsed.value() == value);
    });
}

TEST_CASE("a damaged document is refused or is another valid one", "[base]") {
    rc::prop("what is accepted reads back equal", [] {
        auto text = written(any_document(2));
        for (int left = *rc::gen::inRange(1, 3); left > 0; --left) {
            const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
            text[at] = *rc::gen::weightedOneOf<char>(
                {{1, rc::gen::arbitrary<char>()},
                 {2, rc::gen::inRange(' ', '\x7F')},
                 {4, rc::gen::inRange('0', ':')},
                 {2, rc::gen::element('"', '\\', '{', '}', '[', ']', ',', ':')}});
        }
        const auto parsed = parse_json(text);
        RC_CLASSIFY(parsed.has_value(), "still valid");
        if (parsed.has_error()) return;
        const auto again = parse_json(written(parsed.value()));
        RC_ASSERT(again.has_value());
        RC_ASSERT(again.value() == parsed.value());
    });
}

TEST_CASE("every code point of Unicode survives writing and reading", "[base]") {
    constexpr std::uint32_t code_points_per_string = 0x400;
    for (std::uint32_t first = 0; first < 0x110000; first += code_points_per_string) {
        if (first >= 0xD800 && first < 0xE000) continue;  // surrogates are no characters
        std::string text;
        for (std::uint32_t i = 0; i < code_points_per_string; ++i) append_utf8(text, first + i);
        const auto parsed = parse_json(written(JsonValue::make_string(text)));
        INFO(first);
        REQUIRE(parsed.has_value());
        REQUIRE(parsed.value().text() == text);
    }
}

}  // namespace json_round_trip_test
