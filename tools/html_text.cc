#include "tools/html_text.h"

namespace tools {

namespace {

void append_line(std::string& out, std::string_view tag, const std::vector<std::string>& cells) {
    out += "<tr>";
    for (const std::string& cell : cells) {
        out += "<" + std::string{tag} + ">" + escaped(cell) + "</" + std::string{tag} + ">";
    }
    out += "</tr>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                // A broker's text may hold what no page shows.
                out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        }
    }
    return out;
}

std::string html_table(const std::vector<std::string>& heading,
                       const std::vector<std::vector<std::string>>& rows) {
    if (rows.empty()) return "<p>None.</p>\n";
    std::string out = "<table>\n<thead>";
    append_line(out, "th", heading);
    out += "</thead>\n<tbody>\n";
    for (const auto& row : rows) append_line(out, "td", row);
    return out + "</tbody>\n</table>\n";
}

}  // namespace tools
