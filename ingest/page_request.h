// A view over HTTP: the URL's parameters as a query, and a page as an answer.
#pragma once

#include "ingest/routes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ingest {

inline constexpr std::uint32_t page_rows_default = 100;
inline constexpr std::uint32_t page_rows_max = 1000;
inline constexpr std::size_t filters_max = 16;

struct View {
    std::string name;
    std::vector<http::NamedValue> filters;  // that the path implies; the URL may not name them
};

// invalid_input naming "limit".
[[nodiscard]] ledger::Result<std::uint32_t> parse_limit(std::string_view text);

// Takes `limit`, `cursor`, `as_of` and `valid_at` from the URL, the rest as filters. invalid_input
// naming what is given twice, or is one too many.
[[nodiscard]] ledger::Result<Query> read_query(const http::Request& request, View view);

// Answers read_query() with
// {"rows":[...],"next":"..." or null,"sequence":"..."}, and as of an instant of the past also
// "as_of_sequence", "as_of_time" and "valid_at": what it really is from.
[[nodiscard]] Answered answer_view(ApiContext& context, const http::Request& request, View view);

}  // namespace ingest
