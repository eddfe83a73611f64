#include "tools/csv_text.h"

namespace tools {

void append_csv_field(std::string& line, std::string_view field) {
    if (!line.empty() && line.back() != '\n') line += ',';
    const bool quote = field.empty() || field.find_first_of(",\"\r\n") != field.npos;
    if (!quote) {
        line += field;
        return;
    }
    line += '"';
    for (const char c : field) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

}  // namespace tools
