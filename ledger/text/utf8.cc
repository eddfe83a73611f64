#include "ledger/text/utf8.h"

#include <cstdint>

namespace ledger::text {
namespace {

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

}  // namespace

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

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = byte_at(text, at) < 0x80 ? 1 : utf8_sequence_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

}  // namespace ledger::text
