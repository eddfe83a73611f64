#include "tests/structure/source_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string_view>

namespace structure {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 11> tops{"ledger", "projections", "ingest", "executors",
                                                "tools",  "tests",       "bench",  "cmake",
                                                "docs",   "schemas",     ".ci"};
constexpr std::array<std::string_view, 8> endings{".h",   ".cc", ".sh",   ".cmake",
                                                  ".txt", ".md", ".toml", ".fbs"};

bool is_source(const std::string& path) {
    return path.ends_with(".h") || path.ends_with(".cc");
}

bool is_written(const fs::path& path) {
    return std::ranges::find(endings, path.extension().string()) != endings.end();
}

SourceFile read_file(const fs::path& path, const fs::path& root) {
    SourceFile file{fs::relative(path, root).string(), {}};
    std::ifstream stream{path};
    for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
    return file;
}

std::vector<SourceFile> read_all() {
    const fs::path root{COPYLEDGER_SOURCE_DIR};
    std::vector<SourceFile> files;
    for (const char* single : {"run", "CMakeLists.txt", "README.md"}) {
        if (fs::exists(root / single)) files.push_back(read_file(root / single, root));
    }
    for (const std::string_view top : tops) {
        if (!fs::is_directory(root / top)) continue;
        for (const auto& entry : fs::recursive_directory_iterator{root / top}) {
            if (is_written(entry.path())) files.push_back(read_file(entry.path(), root));
        }
    }
    return files;
}

std::vector<Line> read_code() {
    std::vector<Line> code;
    for (const SourceFile& file : source_files()) {
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            code.push_back({file.path, i + 1, code_of(file.lines[i])});
        }
    }
    return code;
}

}  // namespace

std::string code_of(const std::string& line) {
    static const std::regex strings{R"("(\\.|[^"\\])*")"};
    const bool include = line.starts_with("#include");
    std::string code = include ? line : std::regex_replace(line, strings, "\"\"");
    return code.substr(0, code.find("//"));
}

const std::vector<Line>& lines_of_code() {
    static const std::vector<Line> lines = read_code();
    return lines;
}

const std::vector<SourceFile>& written_files() {
    static const std::vector<SourceFile> files = read_all();
    return files;
}

std::vector<SourceFile> source_files() {
    std::vector<SourceFile> files;
    std::ranges::copy_if(written_files(), std::back_inserter(files),
                         [](const SourceFile& file) { return is_source(file.path); });
    return files;
}

}  // namespace structure
