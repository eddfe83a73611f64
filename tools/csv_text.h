// A line of CSV, as RFC 4180 has it.
#pragma once

#include <string>
#include <string_view>

namespace tools {

// Appends one more field to the line, quoted where that is needed and where it is empty.
void append_csv_field(std::string& line, std::string_view field);

}  // namespace tools
