#include "tools/export_file.h"

#include "tests/tools/tool_fixture.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

namespace tools::test::export_file_test {

namespace {

namespace fs = std::filesystem;

// More than is kept in memory.
std::string line(std::uint64_t sequence) {
    return std::to_string(sequence) + std::string(300'000, '.') + "\n";
}

// Writes the lines from where the file is until before `stop`.
void write_until(ExportFile& file, std::uint64_t stop) {
    for (std::uint64_t at = file.note().next; at < stop; ++at) {
        file.write(line(at));
        REQUIRE(file.reached(at + 1, at).has_value());
    }
}

const ExportNote start{"jsonl day=2026-11-21", 20, 1, 0, 0};

}  // namespace

TEST_CASE("a note is read as it was written", "[tools]") {
    const ExportNote note{"fix account=\"F1\"", 18'446'744'073'709'551'615U, 7, 12, 1'000'000};
    CHECK(parse_note(to_text(note)) == note);
    for (const char* text : {"", "{}", "[]", R"({"what":"x","last":"1","next":"x"})",
                             R"({"what":"x","last":"1","next":"1","records":"1","bytes":1})"}) {
        CHECK_FALSE(parse_note(text).has_value());
    }
}

TEST_CASE("an export that was interrupted goes on to the same bytes", "[tools]") {
    const TemporaryDirectory directory;
    const std::string whole = directory.path() + "/whole";
    const std::string parts = directory.path() + "/parts";
    {
        auto file = ExportFile::open(whole, start);
        REQUIRE(file.has_value());
        write_until(file.value(), 21);
        REQUIRE(file.value().finish().has_value());
    }
    for (const std::uint64_t stop : {std::uint64_t{6}, std::uint64_t{13}, std::uint64_t{14}}) {
        auto file = ExportFile::open(parts, start);
        REQUIRE(file.has_value());
        write_until(file.value(), stop);
        CHECK_FALSE(fs::exists(parts));
    }
    auto file = ExportFile::open(parts, start);
    REQUIRE(file.has_value());
    CHECK(file.value().note().next > 5);
    CHECK(file.value().note().last == 20);
    write_until(file.value(), 21);
    REQUIRE(file.value().finish().has_value());
    CHECK(bytes_of(parts) == bytes_of(whole));
    CHECK_FALSE(fs::exists(parts + ".part"));
    CHECK_FALSE(fs::exists(parts + ".part.next"));
}

TEST_CASE("another export does not go on with what it finds", "[tools]") {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/out";
    {
        auto file = ExportFile::open(path, start);
        REQUIRE(file.has_value());
        write_until(file.value(), 10);
    }
    REQUIRE(fs::exists(path + ".part.next"));
    ExportNote other = start;
    other.what = "csv";
    auto file = ExportFile::open(path, other);
    REQUIRE(file.has_value());
    CHECK(file.value().note() == other);
    CHECK(fs::file_size(path + ".part") == 0);
}

TEST_CASE("a part that is shorter than its note says is begun anew", "[tools]") {
    const TemporaryDirectory directory;
    const std::string path = directory.path() + "/out";
    {
        auto file = ExportFile::open(path, start);
        REQUIRE(file.has_value());
        write_until(file.value(), 10);
    }
    fs::resize_file(path + ".part", 100);
    const auto file = ExportFile::open(path, start);
    REQUIRE(file.has_value());
    CHECK(file.value().note() == start);
}

TEST_CASE("a file that cannot be created is said to be so", "[tools]") {
    const TemporaryDirectory directory;
    const auto file = ExportFile::open(directory.path() + "/nowhere/out", start);
    REQUIRE_FALSE(file.has_value());
    CHECK(file.error().code == ledger::Errc::unavailable);
}

}  // namespace tools::test::export_file_test
