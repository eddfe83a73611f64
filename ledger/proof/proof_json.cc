#include "ledger/proof/proof_json.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/decimal_number.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace ledger::proof {
namespace {

using text::JsonValue;

// No tree is higher than its size has bits, and a consistency proof has one hash more.
constexpr std::size_t hashes_max = 65;

Error bad_member(std::string_view name, std::string detail) {
    return invalid_field(std::string{name}, std::move(detail));
}

}  // namespace

Result<JsonValue> parse_proof_object(std::string_view json, std::string_view type,
                                     std::initializer_list<std::string_view> members) {
    BOOST_OUTCOME_TRY(JsonValue object, text::parse_json(json, proof_limits));
    if (!object.is(JsonValue::Kind::object)) return bad_member("", "is no JSON object");
    BOOST_OUTCOME_TRY(const std::string found, text_member(object, "type"));
    if (found != type) return bad_member("type", "is not " + std::string{type});
    for (const auto& [name, value] : object.members()) {
        const bool known = name == "type" || std::ranges::find(members, name) != members.end();
        if (!known) return bad_member(name, "is no member of " + std::string{type});
    }
    return object;
}

Result<std::string> text_member(const JsonValue& object, std::string_view name) {
    const JsonValue* value = object.find(name);
    if (value == nullptr) return bad_member(name, "is missing");
    if (!value->is(JsonValue::Kind::string)) return bad_member(name, "is no string");
    return value->text();
}

Result<std::uint64_t> number_member(const JsonValue& object, std::string_view name) {
    BOOST_OUTCOME_TRY(const std::string text, text_member(object, name));
    return parse_number(text, name);
}

Result<std::string> base64_member(const JsonValue& object, std::string_view name) {
    BOOST_OUTCOME_TRY(const std::string text, text_member(object, name));
    return from_base64(text, name);
}

Result<std::vector<Hash>> hashes_member(const JsonValue& object) {
    constexpr std::string_view name = "hashes";
    const JsonValue* array = object.find(name);
    if (array == nullptr) return bad_member(name, "is missing");
    if (!array->is(JsonValue::Kind::array)) return bad_member(name, "is no array");
    if (array->items().size() > hashes_max) return bad_member(name, "has more than any tree needs");
    std::vector<Hash> hashes;
    for (const JsonValue& item : array->items()) {
        if (!item.is(JsonValue::Kind::string)) return bad_member(name, "holds what is no string");
        BOOST_OUTCOME_TRY(const Hash hash, hash_from_base64(item.text(), name));
        hashes.push_back(hash);
    }
    return hashes;
}

}  // namespace ledger::proof
