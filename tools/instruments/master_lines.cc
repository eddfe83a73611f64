#include "tools/instruments/master_lines.h"

#include <string_view>
#include <utility>

namespace tools {

using ledger::Result;

namespace {

constexpr const char* setting = "instruments.files";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

ledger::Error in_file(const std::string& path, ledger::Error error) {
    const std::string field = error.field == "file" ? "" : " " + error.field;
    return {error.code, path + field + " " + error.detail, setting};
}

}  // namespace

Result<MasterLines> MasterLines::open(const std::string& path) {
    auto lines = LineReader::open(path);
    if (!lines) return ledger::Error{lines.error().code, lines.error().detail, setting};
    MasterLines out{path, std::move(lines).value()};
    auto first = out.lines_.next();
    if (!first) return in_file(path, first.error());
    out.first_ = first.value().value_or("");
    if (out.first_.starts_with(byte_order_mark)) out.first_.erase(0, byte_order_mark.size());
    return out;
}

Result<std::optional<std::string>> MasterLines::next() {
    while (true) {
        auto line = lines_.next();
        if (!line) return in_file(path_, line.error());
        if (!line.value() || !line.value()->empty()) return line;
    }
}

ledger::Error MasterLines::located(const ledger::Error& error) const {
    return {
        error.code,
        path_ + " line " + std::to_string(lines_.number()) + " " + error.field + " " + error.detail,
        setting};
}

}  // namespace tools
