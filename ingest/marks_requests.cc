#include "ingest/marks_requests.h"

#include "ingest/body_fields.h"
#include "ingest/instant.h"

#include <optional>
#include <string>
#include <utility>

namespace ingest {

namespace {

using ledger::invalid_field;
using ledger::Mark;
using ledger::Price;
using ledger::Result;
using ledger::text::JsonValue;

// Clocks differ a little.
constexpr std::int64_t ahead_ns_max = 60'000'000'000;

struct Named {
    std::optional<std::string> symbol;
    std::optional<std::string> token;
};

Result<Named> read_names(const BodyFields& fields) {
    Named names;
    BOOST_OUTCOME_TRY(names.symbol, fields.text("symbol", code_bytes_max));
    BOOST_OUTCOME_TRY(names.token, fields.code("scrip_code"));
    if (!names.symbol && !names.token)
        return invalid_field("symbol", "is required (or scrip_code)");
    return names;
}

Result<void> add_mark(const JsonValue& item, std::int64_t now_ns, std::vector<Mark>& marks) {
    if (!item.is(JsonValue::Kind::object)) return invalid_field("", "must be an object");
    const BodyFields fields{item};
    BOOST_OUTCOME_TRY(auto names, read_names(fields));
    Mark mark;
    BOOST_OUTCOME_TRY(mark.segment, read_segment(fields));
    BOOST_OUTCOME_TRY(mark.price, required("price", fields.price("price")));
    if (mark.price.value() <= 0) return invalid_field("price", "must be positive");
    if (mark.price.value() > ledger::price_max) return invalid_field("price", "is too large");
    BOOST_OUTCOME_TRY(mark.at_ns, read_instant(fields, "time"));
    if (mark.at_ns > now_ns + ahead_ns_max) {
        return invalid_field("time", "must not be in the future");
    }
    for (auto* name : {&names.symbol, &names.token}) {
        if (!*name) continue;
        mark.symbol = std::move(**name);
        marks.push_back(mark);
    }
    return boost::outcome_v2::success();
}

}  // namespace

Result<std::vector<Mark>> read_marks(const JsonValue& array, std::int64_t now_ns) {
    if (array.items().size() > marks_max) {
        return invalid_field("marks", "must be at most " + std::to_string(marks_max));
    }
    std::vector<Mark> marks;
    marks.reserve(array.items().size());
    for (std::size_t i = 0; i < array.items().size(); ++i) {
        const auto added = add_mark(array.items()[i], now_ns, marks);
        if (added) continue;
        const std::string item = "marks[" + std::to_string(i) + "]";
        const std::string& field = added.error().field;
        return invalid_field(field.empty() ? item : item + "." + field, added.error().detail);
    }
    return marks;
}

}  // namespace ingest
