// The house rules on whole files: their size, their guards, their words, and the coroutines whose
// captures die before they are done.
#include "tests/structure/source_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using structure::SourceFile;

namespace {

using Places = std::vector<std::string>;

// One home for what belongs together goes before a short file.
const std::map<std::string, std::size_t> long_files{
    {"ledger/model/event.h", 380},  // everything that can have happened
};

Places too_long(const std::vector<SourceFile>& files) {
    constexpr std::size_t lines_max = 300;
    Places found;
    for (const SourceFile& file : files) {
        if (file.path.starts_with("tests/")) continue;
        const auto allowed = long_files.find(file.path);
        const std::size_t max = allowed == long_files.end() ? lines_max : allowed->second;
        if (file.lines.size() > max) {
            found.push_back(file.path + ": " + std::to_string(file.lines.size()) + " lines");
        }
    }
    return found;
}

Places unguarded(const std::vector<SourceFile>& files) {
    Places found;
    for (const SourceFile& file : files) {
        if (!file.path.ends_with(".h")) continue;
        const auto guards = std::ranges::count(file.lines, "#pragma once");
        if (guards != 1) found.push_back(file.path);
    }
    return found;
}

// A header's names are everyone's; the core says whose word it uses.
Places names_taken_whole(const std::vector<SourceFile>& files) {
    static const std::regex directive{R"(^\s*using namespace (?!std::\w*literals))"};
    Places found;
    for (const SourceFile& file : files) {
        const bool core = file.path.starts_with("ledger/") || file.path.starts_with("ingest/") ||
                          file.path.starts_with("executors/");
        if (!core && !file.path.ends_with(".h")) continue;
        for (const std::string& line : file.lines) {
            if (std::regex_search(line, directive)) found.push_back(file.path + ": " + line);
        }
    }
    return found;
}

// Spelled apart, lest this file be among those that are looked for.
std::string word(const std::string& first, const std::string& second) {
    return first + second;
}

Places unfinished(const std::vector<SourceFile>& files) {
    static const std::regex words{"\\b(" + word("TO", "DO") + "|" + word("FIX", "ME") + "|" +
                                  word("XX", "X") + "|" + word("HA", "CK") + ")\\b"};
    Places found;
    for (const SourceFile& file : files) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            if (!std::regex_search(file.lines[i], words)) continue;
            found.push_back(file.path + ":" + std::to_string(i + 1) + ": " + file.lines[i]);
        }
    }
    return found;
}

std::string code_of(const SourceFile& file) {
    std::string code;
    for (const std::string& line : file.lines) code += structure::code_of(line) + '\n';
    return code;
}

std::size_t skip_blanks(std::string_view code, std::size_t at) {
    return std::min(code.find_first_not_of(" \n", at), code.size());
}

// Behind the bracket that closes the one at `at`; the end where none does.
std::size_t behind_pair(std::string_view code, std::size_t at, char open, char close) {
    std::size_t depth = 0;
    for (; at < code.size(); ++at) {
        if (code[at] == open) ++depth;
        if (code[at] == close && --depth == 0) return at + 1;
    }
    return code.size();
}

// A lambda that captures and returns an awaitable.
struct Coroutine {
    std::string name;           // of the variable that it is kept in; empty: none
    bool called_there = false;  // its body is followed by the call
};

// The lambda whose '[' is at `at`, if it is such a one.
std::optional<Coroutine> coroutine_at(const std::string& code, std::size_t at) {
    const std::size_t captures_end = behind_pair(code, at, '[', ']');
    if (skip_blanks(code, at + 1) + 1 == captures_end) return std::nullopt;
    const std::size_t parameters = skip_blanks(code, captures_end);
    if (parameters >= code.size() || code[parameters] != '(') return std::nullopt;
    const std::size_t returns = behind_pair(code, parameters, '(', ')');
    const std::size_t body = code.find_first_of("{;", returns);
    if (body == code.npos || code[body] != '{') return std::nullopt;
    static const std::regex awaitable{R"(^[\s\w]*->[\s\w:]*\bawaitable\s*<)"};
    const std::string between = code.substr(returns, body - returns);
    if (!std::regex_search(between, awaitable)) return std::nullopt;

    Coroutine found;
    static const std::regex kept{R"((\w+)\s*=\s*$)"};
    const std::string before =
        code.substr(at - std::min<std::size_t>(at, 80), std::min<std::size_t>(at, 80));
    if (std::smatch match; std::regex_search(before, match, kept)) found.name = match[1];
    const std::size_t next = skip_blanks(code, behind_pair(code, body, '{', '}'));
    found.called_there = next < code.size() && code[next] == '(';
    return found;
}

// Such a lambda is gone when its call returns, and the coroutine goes on without its captures:
// co_spawn must be given the lambda itself.
Places dying_captures(const std::vector<SourceFile>& files) {
    Places found;
    for (const SourceFile& file : files) {
        const std::string code = code_of(file);
        for (std::size_t at = code.find('['); at != code.npos; at = code.find('[', at + 1)) {
            const auto coroutine = coroutine_at(code, at);
            if (!coroutine) continue;
            const bool spawned = !coroutine->name.empty() &&
                                 std::regex_search(code, std::regex{R"(co_spawn\([^;{]*\b)" +
                                                                    coroutine->name + R"(\()"});
            if (coroutine->called_there || spawned) {
                const auto line =
                    1 +
                    std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n');
                found.push_back(file.path + ":" + std::to_string(line));
            }
        }
    }
    return found;
}

void expect_none(const Places& places) {
    for (const std::string& place : places) UNSCOPED_INFO(place);
    CHECK(places.empty());
}

SourceFile sample(std::string path, const std::string& text) {
    SourceFile file{std::move(path), {}};
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', begin)) {
        file.lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    file.lines.push_back(text.substr(begin));
    return file;
}

}  // namespace

TEST_CASE("no file is longer than a person reads in one go", "[structure]") {
    expect_none(too_long(structure::source_files()));
}

TEST_CASE("a file that may be long is one that is", "[structure]") {
    for (const auto& [path, lines] : long_files) {
        const auto files = structure::source_files();
        const auto found = std::ranges::find(files, path, &SourceFile::path);
        INFO(path);
        REQUIRE(found != files.end());
        CHECK(found->lines.size() > 300);
    }
}

TEST_CASE("every header is read once", "[structure]") {
    expect_none(unguarded(structure::source_files()));
}

TEST_CASE("no header and nothing of the core takes a namespace's names whole", "[structure]") {
    expect_none(names_taken_whole(structure::source_files()));
}

TEST_CASE("nothing is left for later", "[structure]") {
    REQUIRE(structure::written_files().size() > structure::source_files().size());
    expect_none(unfinished(structure::written_files()));
}

TEST_CASE("no coroutine outlives the lambda that holds its captures", "[structure]") {
    expect_none(dying_captures(structure::source_files()));
}

TEST_CASE("the checks of whole files find what they are for", "[structure]") {
    CHECK(too_long({sample("ledger/x.cc", std::string(300, '\n'))}).size() == 1);
    CHECK(too_long({sample("ledger/x.cc", std::string(299, '\n'))}).empty());
    CHECK(unguarded({sample("ledger/x.h", "// It needs a #pragma once.\n")}).size() == 1);
    CHECK(names_taken_whole({sample("tools/x.h", "  using namespace ledger;")}).size() == 1);
    CHECK(names_taken_whole({sample("tools/x.cc", "using namespace ledger;")}).empty());
    const std::string left = "# " + word("TO", "DO") + ": the rest\n# fine\n# " + word("FIX", "ME");
    CHECK(unfinished({sample("run", left)}).size() == 2);
    CHECK(unfinished({sample("run", "mktemp -d /tmp/run.XXXXXX")}).empty());
}

TEST_CASE("the check of captures knows what dies from what does not", "[structure]") {
    const std::vector<std::string> dying{
        "co_spawn(io, [&]() -> asio::awaitable<void> {\n co_return;\n}(), done);",
        "co_spawn(io, [this, x = f[0]](int n) mutable -> awaitable<int> { co_return n; }\n(3), d);",
        "auto work = [&x]() -> boost::asio::awaitable<void> { co_return; };\n"
        "co_spawn(io,\n         work(), done);",
    };
    const std::vector<std::string> living{
        "co_spawn(io, [&]() -> asio::awaitable<void> { co_return; }, done);",
        "co_spawn(io, [](int n) -> asio::awaitable<void> { co_return; }(3), done);",
        "co_spawn(io, [ ]() -> asio::awaitable<void> { co_return; }(), done);",
        "const int n = [&] { return 3; }();",
        "const int n = [&]() -> int { return 3; }();",
        "auto work = [&x]() -> asio::awaitable<void> { co_return; };\nco_spawn(io, work, done);",
        "const auto& row = rows[i]; run(); asio::awaitable<void> next() { co_return; }",
    };
    for (const std::string& code : dying) {
        INFO(code);
        CHECK(dying_captures({sample("ingest/x.cc", code)}).size() == 1);
    }
    for (const std::string& code : living) {
        INFO(code);
        CHECK(dying_captures({sample("ingest/x.cc", code)}).empty());
    }
}
