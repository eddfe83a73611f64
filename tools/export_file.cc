#include "tools/export_file.h"

#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tools {

namespace fs = std::filesystem;
using ledger::Errc;
using ledger::Result;

namespace {

constexpr std::size_t buffer_bytes = 1 << 20;

std::string part_of(const std::string& path) {
    return path + ".part";
}

std::string note_of(const std::string& path) {
    return path + ".part.next";
}

ledger::Error failed(std::string_view what, const std::string& path) {
    return ledger::os_error(Errc::unavailable, what, path);
}

Result<void> write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("cannot write", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return boost::outcome_v2::success();
}

// Written beside and renamed: it is whole or not there.
Result<void> write_note(const std::string& path, const ExportNote& note) {
    const std::string beside = note_of(path) + ".tmp";
    const ledger::UniqueFd fd{
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
    if (!fd.valid()) return failed("cannot create", beside);
    BOOST_OUTCOME_TRY(write_all(fd.get(), to_text(note), beside));
    if (std::rename(beside.c_str(), note_of(path).c_str()) != 0) {
        return failed("cannot rename", beside);
    }
    return boost::outcome_v2::success();
}

std::optional<ExportNote> read_note(const std::string& path) {
    std::ifstream file{note_of(path), std::ios::binary};
    if (!file) return std::nullopt;
    return parse_note(std::string{std::istreambuf_iterator<char>{file}, {}});
}

// Where to go on; the part must hold as much as the note says.
ExportNote resumed(const std::string& path, const ExportNote& start) {
    const auto note = read_note(path);
    if (!note || note->what != start.what) return start;
    std::error_code error;
    const auto bytes = fs::file_size(part_of(path), error);
    return error || bytes < note->bytes ? start : *note;
}

std::optional<std::uint64_t> number_in(const ledger::text::JsonValue& object,
                                       std::string_view name) {
    const auto* member = object.find(name);
    if (member == nullptr || !member->is(ledger::text::JsonValue::Kind::string)) return {};
    std::uint64_t value = 0;
    const std::string_view text = member->text();
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
    return whole ? std::optional{value} : std::nullopt;
}

}  // namespace

std::string to_text(const ExportNote& note) {
    std::string out;
    ledger::text::JsonWriter json{out};
    json.begin_object();
    json.member("what", note.what);
    json.member("last", std::to_string(note.last));
    json.member("next", std::to_string(note.next));
    json.member("records", std::to_string(note.records));
    json.member("bytes", std::to_string(note.bytes));
    json.end_object();
    return out + "\n";
}

std::optional<ExportNote> parse_note(std::string_view text) {
    using Kind = ledger::text::JsonValue::Kind;
    const auto parsed = ledger::text::parse_json(text);
    if (!parsed || !parsed.value().is(Kind::object)) return std::nullopt;
    const auto* what = parsed.value().find("what");
    const auto last = number_in(parsed.value(), "last");
    const auto next = number_in(parsed.value(), "next");
    const auto records = number_in(parsed.value(), "records");
    const auto bytes = number_in(parsed.value(), "bytes");
    const bool known = what != nullptr && what->is(Kind::string) && last && next;
    if (!known || !records || !bytes) return std::nullopt;
    return ExportNote{std::string{what->text()}, *last, *next, *records, *bytes};
}

Result<ExportFile> ExportFile::open(const std::string& path, const ExportNote& start) {
    ExportNote note = resumed(path, start);
    ledger::UniqueFd fd{::open(part_of(path).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)};
    if (!fd.valid()) return failed("cannot create", part_of(path));
    const auto bytes = static_cast<off_t>(note.bytes);
    // What lies behind the note is written again.
    if (::ftruncate(fd.get(), bytes) != 0 || ::lseek(fd.get(), bytes, SEEK_SET) != bytes) {
        return failed("cannot write", part_of(path));
    }
    return ExportFile{path, std::move(note), std::move(fd)};
}

Result<void> ExportFile::reached(std::uint64_t next, std::uint64_t records) {
    note_.next = next;
    note_.records = records;
    if (buffer_.size() < buffer_bytes) return boost::outcome_v2::success();
    BOOST_OUTCOME_TRY(flush());
    return write_note(path_, note_);
}

Result<void> ExportFile::flush() {
    BOOST_OUTCOME_TRY(write_all(fd_.get(), buffer_, part_of(path_)));
    note_.bytes += buffer_.size();
    buffer_.clear();
    return boost::outcome_v2::success();
}

Result<void> ExportFile::finish() {
    BOOST_OUTCOME_TRY(flush());
    if (::fsync(fd_.get()) != 0) return failed("cannot sync", part_of(path_));
    if (std::rename(part_of(path_).c_str(), path_.c_str()) != 0) {
        return failed("cannot rename", part_of(path_));
    }
    std::error_code ignored;  // a note without its part means nothing
    fs::remove(note_of(path_), ignored);
    return ledger::sync_parent_directory(path_);
}

}  // namespace tools
