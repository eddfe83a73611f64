#include "tools/line_reader.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <zlib.h>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

constexpr int end_of_file = -1;

}  // namespace

void LineReader::Close::operator()(gzFile_s* file) const {
    gzclose(file);
}

Result<LineReader> LineReader::open(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) return Error{Errc::unavailable, path + ": " + error.message(), "file"};
    File file{gzopen(path.c_str(), "rb")};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, "file"};
    return LineReader{std::move(file), size};
}

Result<std::optional<std::string>> LineReader::next() {
    gzFile file = file_.get();
    std::string line;
    int byte = gzgetc(file);
    const bool ended = byte == end_of_file;
    for (; byte != end_of_file && byte != '\n'; byte = gzgetc(file)) {
        if (line.size() == line_bytes_max) {
            return ledger::invalid_field("line " + std::to_string(number_ + 1), "is too long");
        }
        line += static_cast<char>(byte);
    }
    if (byte == end_of_file) {
        BOOST_OUTCOME_TRY(check_end());
    }
    if (ended) return std::optional<std::string>{};
    if (!line.empty() && line.back() == '\r') line.pop_back();
    ++number_;
    return std::optional{std::move(line)};
}

std::uint64_t LineReader::bytes_done() const {
    return static_cast<std::uint64_t>(std::max<z_off_t>(gzoffset(file_.get()), 0));
}

// The end of what can be read may not be the end of what was compressed.
Result<void> LineReader::check_end() const {
    int code = Z_OK;
    const char* message = gzerror(file_.get(), &code);
    if (code == Z_OK || code == Z_STREAM_END) return boost::outcome_v2::success();
    return Error{Errc::unavailable, std::string{"the file is damaged: "} + message, "file"};
}

}  // namespace tools
