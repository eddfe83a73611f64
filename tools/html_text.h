// HTML as text: escaped, and tables of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools {

[[nodiscard]] std::string escaped(std::string_view text);

// "<table>" with a heading; every cell is escaped. "None." where there are no rows.
[[nodiscard]] std::string html_table(const std::vector<std::string>& heading,
                                     const std::vector<std::vector<std::string>>& rows);

}  // namespace tools
