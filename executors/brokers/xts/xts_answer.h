// What an XTS answer means, before anybody asks what it is about:
// {"type":"success"|"error","code":"s-orders-0001","description":"...","result":...}
#pragma once

#include "executors/broker_gateway.h"
#include "ledger/text/json_value.h"

#include <string>
#include <string_view>
#include <variant>

namespace executors::xts {

// An answer as HTTP delivered it.
struct RawAnswer {
    unsigned status = 0;
    std::string_view body;
};

// 2xx and a whole, readable success; `result` may still be of the wrong shape.
struct Success {
    ledger::text::JsonValue result;
};

// The token was refused, so the request was not looked at.
struct SessionInvalid {
    std::string code;
    std::string text;
};

// Refused: a whole, readable error with a status that says the request was not accepted.
// Unknown: all the rest: 5xx, HTML, truncated, unreadable.
using Meaning = std::variant<Success, Refused, SessionInvalid, Unknown>;

[[nodiscard]] Meaning meaning_of(RawAnswer answer);

// The text of a string or of a number, verbatim; "" for anything else, null and none included.
[[nodiscard]] std::string text_of(const ledger::text::JsonValue* value);

// At most 500 bytes of a broker's prose, cut between two characters.
[[nodiscard]] std::string brief(std::string text);

[[nodiscard]] std::string upper(std::string_view text);

// XTS numbers its orders and instruments with up to 19 digits: never through a double.
[[nodiscard]] bool is_plain_number(std::string_view text);

}  // namespace executors::xts
