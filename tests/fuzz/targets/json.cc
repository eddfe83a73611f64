// A JSON text. What was read is written and read again as the same value.
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"
#include "tests/fuzz/target.h"

#include <string>

namespace fuzz {

namespace {

using ledger::text::JsonValue;
using ledger::text::JsonWriter;

void write(JsonWriter& json, const JsonValue& value) {
    switch (value.kind()) {
        case JsonValue::Kind::null:
            return json.null();
        case JsonValue::Kind::boolean:
            return json.boolean(value.boolean());
        case JsonValue::Kind::number:
            return json.number_text(value.text());
        case JsonValue::Kind::string:
            return json.string(value.text());
        case JsonValue::Kind::array:
            json.begin_array();
            for (const JsonValue& item : value.items()) write(json, item);
            return json.end_array();
        case JsonValue::Kind::object:
            json.begin_object();
            for (const auto& [name, member] : value.members()) {
                json.key(name);
                write(json, member);
            }
            return json.end_object();
    }
}

}  // namespace

void json(Input input) {
    const auto read = ledger::text::parse_json(input);
    if (!read) {
        law(read.error().code == ledger::Errc::invalid_input, "what is no JSON is invalid input");
        law(!read.error().detail.empty(), "a refusal says why");
        return;
    }
    std::string text;
    JsonWriter writer{text};
    write(writer, read.value());
    const auto again = ledger::text::parse_json(text);
    law(again.has_value(), "what is written can be read");
    law(again.value() == read.value(), "writing and reading changes no value");
}

}  // namespace fuzz
