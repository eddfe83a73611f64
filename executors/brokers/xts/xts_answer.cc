#include "executors/brokers/xts/xts_answer.h"

#include "ledger/base/byte_size.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace executors::xts {

using ledger::text::JsonLimits;
using ledger::text::JsonValue;

namespace {

// A day's book of 20,000 orders at 50 fields a row.
constexpr JsonLimits answer_limits{
    .bytes_max = 32 * ledger::mib, .depth_max = 32, .values_max = 2'000'000};
constexpr std::size_t prose_bytes_max = 500;
constexpr std::string_view rate_limit_code = "E-APIRL-0004";

// The code, of the answer itself or nested in it: the rate limiter wraps its own.
std::string code_of(const JsonValue& answer) {
    std::string code = text_of(answer.find("code"));
    for (const std::string_view wrapper : {"data", "result"}) {
        const JsonValue* inner = answer.find(wrapper);
        const std::string nested = inner ? text_of(inner->find("code")) : "";
        if (code.empty() || upper(nested) == rate_limit_code) code = nested;
    }
    return code;
}

std::string description_of(const JsonValue& answer) {
    std::string text = text_of(answer.find("description"));
    if (text.empty()) text = text_of(answer.find("message"));
    return brief(std::move(text));
}

// What a gateway before the broker may answer without knowing what became of the request.
bool leaves_open(unsigned status) {
    return status == 408 || status == 499 || status >= 500;
}

bool is_session_error(unsigned status, std::string_view code, std::string_view text) {
    if (status == 401 || code.starts_with("E-SESSION-") || code.starts_with("E-TOKEN-"))
        return true;
    return status == 403 && upper(text).find("TOKEN") != std::string::npos;
}

Meaning meaning_of_error(unsigned status, const JsonValue& answer) {
    const std::string code = code_of(answer);
    const std::string text = description_of(answer);
    const std::string word = upper(code);
    if (is_session_error(status, word, text)) return SessionInvalid{code, text};
    const bool throttled = status == 429 || word == rate_limit_code;
    return Refused{.code = code.empty() ? "HTTP_" + std::to_string(status) : code,
                   .text = text,
                   .retryable = throttled};
}

Unknown unclear(unsigned status) {
    return Unknown{"HTTP " + std::to_string(status) + " without a readable answer"};
}

}  // namespace

Meaning meaning_of(RawAnswer raw) {
    const auto parsed = ledger::text::parse_json(raw.body, answer_limits);
    if (!parsed || leaves_open(raw.status)) return unclear(raw.status);
    const JsonValue& answer = parsed.value();
    const std::string type = upper(text_of(answer.find("type")));
    const bool ok = raw.status >= 200 && raw.status < 300;
    if (type == "SUCCESS" && ok) {
        const JsonValue* result = answer.find("result");
        return Success{result ? *result : JsonValue::make_null()};
    }
    const bool coded = type.empty() && upper(code_of(answer)).starts_with("E-");
    const bool denied = ok || (raw.status >= 400 && raw.status < 500);
    if ((type == "ERROR" || coded) && denied) return meaning_of_error(raw.status, answer);
    return unclear(raw.status);
}

std::string text_of(const JsonValue* value) {
    if (value == nullptr) return {};
    const bool readable = value->is(JsonValue::Kind::string) || value->is(JsonValue::Kind::number);
    return readable ? value->text() : std::string{};
}

std::string brief(std::string text) {
    if (text.size() <= prose_bytes_max) return text;
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    std::size_t end = prose_bytes_max;
    while (end > 0 && continues(text[end])) --end;
    text.resize(end);
    return text;
}

std::string upper(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

bool is_plain_number(std::string_view text) {
    constexpr std::size_t digits_max = 19;
    return !text.empty() && text.size() <= digits_max && text.front() != '0' &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace executors::xts
