#include "ledger/text/json_value.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <type_traits>

#include <boost/json/basic_parser_impl.hpp>

namespace ledger::text {
namespace {

namespace json = boost::json;

// The stacks of the parser move their values when they grow.
static_assert(std::is_nothrow_move_constructible_v<JsonValue>);

// Up to so many members comparing each pair is quicker than sorting.
constexpr std::size_t members_compared_pairwise_max = 16;
// Room for a usual document, so that the stacks seldom grow.
constexpr std::size_t stack_reserved = 32;

// The first name found twice, or nullptr.
const std::string* repeated_name(const std::vector<JsonValue::Member>& members) {
    if (members.size() <= members_compared_pairwise_max) {
        for (auto later = members.begin(); later != members.end(); ++later) {
            const auto same = [&](const auto& earlier) { return earlier.first == later->first; };
            if (std::any_of(members.begin(), later, same)) return &later->first;
        }
        return nullptr;
    }
    std::vector<const std::string*> names;
    names.reserve(members.size());
    for (const auto& member : members) names.push_back(&member.first);
    std::sort(names.begin(), names.end(), [](auto* a, auto* b) { return *a < *b; });
    const auto repeated =
        std::adjacent_find(names.begin(), names.end(), [](auto* a, auto* b) { return *a == *b; });
    return repeated == names.end() ? nullptr : *repeated;
}

// Receives basic_parser's events and builds the tree. Values whose container is still open wait on
// a stack; the end of the container takes the last `count` of them. A binary number that the
// parser computed is ignored whatever its type: only the text is kept.
class TreeBuilder {
  public:
    // The parser's own limits stay off: the bytes of the text bound all four.
    static constexpr auto max_object_size = static_cast<std::size_t>(-1);
    static constexpr auto max_array_size = static_cast<std::size_t>(-1);
    static constexpr auto max_key_size = static_cast<std::size_t>(-1);
    static constexpr auto max_string_size = static_cast<std::size_t>(-1);

    explicit TreeBuilder(std::size_t values_max) : values_max_(values_max) {
        values_.reserve(stack_reserved);
        names_.reserve(stack_reserved);
    }

    // Why the builder stopped the parser, where it did.
    [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }

    // Requires that a complete document was parsed.
    [[nodiscard]] JsonValue take() {
        LEDGER_ASSERT(values_.size() == 1);
        return std::move(values_.front());
    }

    bool on_document_begin(json::error_code&) { return true; }

    bool on_document_end(json::error_code&) { return true; }

    bool on_object_begin(json::error_code& ec) { return count_value(ec); }

    bool on_array_begin(json::error_code& ec) { return count_value(ec); }

    bool on_object_end(std::size_t count, json::error_code& ec);
    bool on_array_end(std::size_t count, json::error_code&);

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return keep(part); }

    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        names_.push_back(take_text(part));
        return true;
    }

    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        return keep(part);
    }

    bool on_string(json::string_view part, std::size_t, json::error_code& ec) {
        return push(JsonValue::make_string(take_text(part)), ec);
    }

    bool on_number_part(json::string_view part, json::error_code&) { return keep(part); }

    bool on_int64(auto, json::string_view part, json::error_code& ec) { return number(part, ec); }

    bool on_uint64(auto, json::string_view part, json::error_code& ec) { return number(part, ec); }

    bool on_double(auto, json::string_view part, json::error_code& ec) { return number(part, ec); }

    bool on_bool(bool value, json::error_code& ec) {
        return push(JsonValue::make_boolean(value), ec);
    }

    bool on_null(json::error_code& ec) { return push(JsonValue::make_null(), ec); }

    bool on_comment_part(json::string_view, json::error_code&) { return false; }

    bool on_comment(json::string_view, json::error_code&) { return false; }

  private:
    bool keep(json::string_view part) {
        parts_.append(part.data(), part.size());
        return true;
    }

    // The whole of a text whose last piece is `part`.
    std::string take_text(json::string_view part) {
        if (parts_.empty()) return std::string{part.data(), part.size()};
        keep(part);
        return std::exchange(parts_, {});
    }

    bool number(json::string_view part, json::error_code& ec) {
        return push(JsonValue::make_number(take_text(part)), ec);
    }

    bool push(JsonValue value, json::error_code& ec) {
        values_.push_back(std::move(value));
        return count_value(ec);
    }

    bool count_value(json::error_code& ec) {
        if (++value_count_ <= values_max_) return true;
        return refuse(invalid_field("", "more than " + std::to_string(values_max_) + " values"),
                      ec);
    }

    // The parser needs some code to stop at; `refusal` says what it was.
    bool refuse(Error error, json::error_code& ec) {
        refusal_ = std::move(error);
        ec = json::error::syntax;
        return false;
    }

    std::size_t values_max_;
    std::size_t value_count_ = 0;
    std::vector<JsonValue> values_;
    std::vector<std::string> names_;
    std::string parts_;
    std::optional<Error> refusal_;
};

bool TreeBuilder::on_array_end(std::size_t count, json::error_code&) {
    LEDGER_ASSERT(count <= values_.size());
    const auto first = values_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<JsonValue> items(std::make_move_iterator(first),
                                 std::make_move_iterator(values_.end()));
    values_.erase(first, values_.end());
    values_.push_back(JsonValue::make_array(std::move(items)));
    return true;
}

bool TreeBuilder::on_object_end(std::size_t count, json::error_code& ec) {
    LEDGER_ASSERT(count <= values_.size());
    LEDGER_ASSERT(count <= names_.size());
    const auto first_value = values_.end() - static_cast<std::ptrdiff_t>(count);
    const auto first_name = names_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<JsonValue::Member> members;
    members.reserve(count);
    for (auto [name, value] = std::pair{first_name, first_value}; name != names_.end();
         ++name, ++value) {
        members.emplace_back(std::move(*name), std::move(*value));
    }
    values_.erase(first_value, values_.end());
    names_.erase(first_name, names_.end());
    if (const auto* name = repeated_name(members)) {
        return refuse(invalid_field(*name, "the member occurs twice in one object"), ec);
    }
    values_.push_back(JsonValue::make_object(std::move(members)));
    return true;
}

}  // namespace

bool JsonValue::boolean() const {
    LEDGER_ASSERT(kind_ == Kind::boolean);
    return boolean_;
}

const std::string& JsonValue::text() const {
    LEDGER_ASSERT(kind_ == Kind::string || kind_ == Kind::number);
    return text_;
}

const std::vector<JsonValue>& JsonValue::items() const {
    LEDGER_ASSERT(kind_ == Kind::array);
    return items_;
}

const std::vector<JsonValue::Member>& JsonValue::members() const {
    LEDGER_ASSERT(kind_ == Kind::object);
    return members_;
}

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const auto& [member_name, value] : members_) {
        if (member_name == name) return &value;
    }
    return nullptr;
}

JsonValue JsonValue::make_boolean(bool value) {
    JsonValue made;
    made.kind_ = Kind::boolean;
    made.boolean_ = value;
    return made;
}

JsonValue JsonValue::make_number(std::string verbatim) {
    JsonValue made;
    made.kind_ = Kind::number;
    made.text_ = std::move(verbatim);
    return made;
}

JsonValue JsonValue::make_string(std::string text) {
    JsonValue made;
    made.kind_ = Kind::string;
    made.text_ = std::move(text);
    return made;
}

JsonValue JsonValue::make_array(std::vector<JsonValue> items) {
    JsonValue made;
    made.kind_ = Kind::array;
    made.items_ = std::move(items);
    return made;
}

JsonValue JsonValue::make_object(std::vector<Member> members) {
    JsonValue made;
    made.kind_ = Kind::object;
    made.members_ = std::move(members);
    return made;
}

Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes_max) {
        return invalid_field("",
                             "more than " + std::to_string(limits.bytes_max) + " bytes of JSON");
    }
    if (text.empty()) return invalid_field("", "no JSON at all");
    json::parse_options options;
    options.max_depth = limits.depth_max;
    json::basic_parser<TreeBuilder> parser(options, limits.values_max);
    json::error_code ec;
    const auto parsed = parser.write_some(false, text.data(), text.size(), ec);
    if (const auto& refusal = parser.handler().refusal()) return *refusal;
    if (!ec && parsed < text.size()) ec = json::error::extra_data;
    if (ec) {
        return invalid_field(
            "", "invalid JSON at byte " + std::to_string(parsed) + ": " + ec.message());
    }
    return parser.handler().take();
}

}  // namespace ledger::text
