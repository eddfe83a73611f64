#include "ledger/text/json_writer.h"

#include "ledger/base/assert.h"
#include "ledger/text/decimal.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <limits>

namespace ledger::text {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

struct Utf8Lead {
    std::size_t length = 0;  // 0: no sequence begins with this byte
    std::uint8_t second_min = 0x80;
    std::uint8_t second_max = 0xBF;
};

// Table 3-7 of the Unicode standard: the bounds of the second byte shut out overlong forms,
// surrogates and what lies above U+10FFFF.
Utf8Lead utf8_lead(std::uint8_t lead) {
    if (lead < 0xC2 || lead > 0xF4) return {};
    if (lead < 0xE0) return {.length = 2};
    if (lead == 0xE0) return {.length = 3, .second_min = 0xA0};
    if (lead == 0xED) return {.length = 3, .second_max = 0x9F};
    if (lead < 0xF0) return {.length = 3};
    if (lead == 0xF0) return {.length = 4, .second_min = 0x90};
    if (lead == 0xF4) return {.length = 4, .second_max = 0x8F};
    return {.length = 4};
}

// The length of the valid sequence of two to four bytes at `at`, 0 where there is none.
std::size_t utf8_sequence_length(std::string_view text, std::size_t at) {
    const auto lead = utf8_lead(byte_at(text, at));
    if (lead.length == 0 || text.size() - at < lead.length) return 0;
    const auto second = byte_at(text, at + 1);
    if (second < lead.second_min || second > lead.second_max) return 0;
    for (std::size_t i = 2; i < lead.length; ++i) {
        if ((byte_at(text, at + i) & 0xC0) != 0x80) return 0;
    }
    return lead.length;
}

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
        if (byte_at(text, at) < 0x80) {
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
