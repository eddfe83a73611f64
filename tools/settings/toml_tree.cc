#include "tools/settings/toml_tree.h"

#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include <toml++/toml.h>

namespace tools::settings {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;
using ledger::text::JsonValue;

// The shortest decimal that reads back as this double is the one that was written.
std::string shortest(double value) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

Result<JsonValue> tree_of(const toml::node& node);

Result<JsonValue> tree_of_table(const toml::table& table) {
    std::vector<JsonValue::Member> members;
    for (const auto& [key, value] : table) {
        BOOST_OUTCOME_TRY(JsonValue tree, tree_of(value));
        members.emplace_back(std::string{key.str()}, std::move(tree));
    }
    return JsonValue::make_object(std::move(members));
}

Result<JsonValue> tree_of_array(const toml::array& array) {
    std::vector<JsonValue> items;
    for (const toml::node& item : array) {
        BOOST_OUTCOME_TRY(JsonValue tree, tree_of(item));
        items.push_back(std::move(tree));
    }
    return JsonValue::make_array(std::move(items));
}

Result<JsonValue> tree_of(const toml::node& node) {
    if (const auto* table = node.as_table()) return tree_of_table(*table);
    if (const auto* array = node.as_array()) return tree_of_array(*array);
    if (const auto* text = node.as_string()) return JsonValue::make_string(text->get());
    if (const auto* flag = node.as_boolean()) return JsonValue::make_boolean(flag->get());
    if (const auto* integer = node.as_integer())
        return JsonValue::make_number(std::to_string(integer->get()));
    const auto* number = node.as_floating_point();
    if (number && std::isfinite(number->get()))
        return JsonValue::make_number(shortest(number->get()));
    return Error{Errc::invalid_input,
                 "line " + std::to_string(node.source().begin.line) + ": a date, inf or nan",
                 {}};
}

Error parse_failure(const std::string& path, const toml::parse_error& error) {
    return Error{Errc::invalid_input,
                 path + " line " + std::to_string(error.source().begin.line) + ": " +
                     std::string{error.description()},
                 {}};
}

}  // namespace

Result<JsonValue> read_toml_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, {}};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    try {
        return tree_of_table(toml::parse(text, path));
    } catch (const toml::parse_error& error) {
        return parse_failure(path, error);
    }
}

}  // namespace tools::settings
