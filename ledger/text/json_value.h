// JSON read strictly and kept exact: a number stays the text it was, so that an order id of 19
// digits or a price never passes through a double.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::text {

class JsonValue {
  public:
    enum class Kind { null, boolean, number, string, array, object };
    using Member = std::pair<std::string, JsonValue>;

    [[nodiscard]] Kind kind() const { return kind_; }

    [[nodiscard]] bool is(Kind kind) const { return kind_ == kind; }

    // The value of a boolean; requires kind() == boolean.
    [[nodiscard]] bool boolean() const;
    // The text of a string (unescaped) or of a number (verbatim); requires one of these kinds.
    [[nodiscard]] const std::string& text() const;
    // Requires kind() == array.
    [[nodiscard]] const std::vector<JsonValue>& items() const;
    // In the order of the document; requires kind() == object.
    [[nodiscard]] const std::vector<Member>& members() const;
    // The member of that name, or nullptr where there is none or this is no object.
    [[nodiscard]] const JsonValue* find(std::string_view name) const;

    static JsonValue make_null() { return JsonValue{}; }

    static JsonValue make_boolean(bool value);
    static JsonValue make_number(std::string verbatim);
    static JsonValue make_string(std::string text);
    static JsonValue make_array(std::vector<JsonValue> items);
    static JsonValue make_object(std::vector<Member> members);

    friend bool operator==(const JsonValue&, const JsonValue&) = default;

  private:
    Kind kind_ = Kind::null;
    bool boolean_ = false;
    std::string text_;
    std::vector<JsonValue> items_;
    std::vector<Member> members_;
};

struct JsonLimits {
    std::size_t bytes_max = 1 << 20;
    std::size_t depth_max = 32;
    std::size_t values_max = 100'000;
};

// One complete JSON text in UTF-8. Refuses (invalid_input) invalid syntax or UTF-8, bytes after the
// value, a name repeated within one object (`field` names it), an exponent beyond 32 bits, and
// anything above the limits.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace ledger::text
