#include "ledger/text/json_writer.h"

#include "ledger/base/assert.h"
#include "ledger/text/decimal.h"
#include "ledger/text/utf8.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <limits>

namespace ledger::text {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

void append_escaped_ascii(std::string& out, char c) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out += "\\u00";
    out += hex_digits[byte >> 4];
    out += hex_digits[byte & 0x0F];
}

bool is_plain_ascii(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && is_plain_ascii(text[end])) ++end;
        out.append(text, at, end - at);
        at = end;
        if (at == text.size()) break;
        if (static_cast<std::uint8_t>(text[at]) < 0x80) {
            append_escaped_ascii(out, text[at]);
            ++at;
        } else if (const auto length = utf8_sequence_length(text, at); length > 0) {
            out.append(text, at, length);
            at += length;
        } else {
            out += replacement_character;
            ++at;
        }
    }
    out += '"';
}

}  // namespace

void JsonWriter::before_value() {
    if (levels_.empty()) return;
    auto& level = levels_.back();
    if (level.object) {
        LEDGER_ASSERT(after_key_);
        after_key_ = false;
        return;
    }
    if (!level.empty) out_ += ',';
    level.empty = false;
}

void JsonWriter::key(std::string_view name) {
    LEDGER_ASSERT(!levels_.empty());
    LEDGER_ASSERT(levels_.back().object);
    LEDGER_ASSERT(!after_key_);
    if (!levels_.back().empty) out_ += ',';
    levels_.back().empty = false;
    append_quoted(out_, name);
    out_ += ':';
    after_key_ = true;
}

void JsonWriter::begin_object() {
    before_value();
    levels_.push_back({.object = true, .empty = true});
    out_ += '{';
}

void JsonWriter::end_object() {
    LEDGER_ASSERT(!levels_.empty());
    LEDGER_ASSERT(levels_.back().object);
    LEDGER_ASSERT(!after_key_);
    levels_.pop_back();
    out_ += '}';
}

void JsonWriter::begin_array() {
    before_value();
    levels_.push_back({.object = false, .empty = true});
    out_ += '[';
}

void JsonWriter::end_array() {
    LEDGER_ASSERT(!levels_.empty());
    LEDGER_ASSERT(!levels_.back().object);
    levels_.pop_back();
    out_ += ']';
}

void JsonWriter::string(std::string_view text) {
    before_value();
    append_quoted(out_, text);
}

void JsonWriter::number(std::int64_t value) {
    before_value();
    // A sign and one digit more than digits10.
    std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
}

void JsonWriter::number_text(std::string_view verbatim) {
    LEDGER_ASSERT(is_number_text(verbatim));
    before_value();
    out_ += verbatim;
}

void JsonWriter::boolean(bool value) {
    before_value();
    out_ += value ? "true" : "false";
}

void JsonWriter::null() {
    before_value();
    out_ += "null";
}

}  // namespace ledger::text
