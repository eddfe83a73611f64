#include "ingest/http/request.h"

#include "ledger/base/assert.h"
#include "ledger/base/byte_size.h"

#include <algorithm>

namespace ingest::http {

namespace {

constexpr std::size_t body_bytes_kept_max = 64 * ledger::kib;

char lower_case(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

const std::string* find_value(const std::vector<NamedValue>& values, std::string_view name) {
    const auto found = std::ranges::find_if(
        values, [name](const NamedValue& value) { return value.first == name; });
    return found == values.end() ? nullptr : &found->second;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower_case, lower_case);
}

void Headers::add(std::string_view name, std::string_view value) {
    fields_.push_back(Field{text_.size(), name.size(), value.size()});
    text_.append(name).append(value);
}

void Headers::clear() {
    text_.clear();
    fields_.clear();
}

bool Headers::is_named(const Field& field, std::string_view name) const {
    return equals_ignoring_case(std::string_view(text_).substr(field.begin, field.name_bytes),
                                name);
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const Field& field : fields_) {
        if (!is_named(field, name)) continue;
        return std::string_view(text_).substr(field.begin + field.name_bytes, field.value_bytes);
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    const auto named = [this, name](const Field& field) { return is_named(field, name); };
    return static_cast<std::size_t>(std::ranges::count_if(fields_, named));
}

const std::string* Request::query_param(std::string_view name) const {
    return find_value(query, name);
}

const std::string& Request::path_param(std::string_view name) const {
    const std::string* value = find_value(path_params, name);
    LEDGER_ASSERT(value != nullptr);
    return *value;
}

void Request::clear() {
    method.clear();
    path.clear();
    segments.clear();
    query.clear();
    path_params.clear();
    route = {};
    headers.clear();
    if (body.capacity() > body_bytes_kept_max) body = std::string();
    body.clear();
    peer_address.clear();
    request_id.clear();
}

}  // namespace ingest::http
