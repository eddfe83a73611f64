#include "tests/fuzz/corpus.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace fuzz {

namespace {

namespace fs = std::filesystem;

const fs::path home{COPYLEDGER_SOURCE_DIR "/tests/fuzz"};

void add_files(const fs::path& directory, std::vector<CorpusFile>& out) {
    if (!fs::is_directory(directory)) return;
    for (const fs::directory_entry& entry : fs::directory_iterator{directory}) {
        std::ifstream file{entry.path(), std::ios::binary};
        std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        out.push_back({fs::relative(entry.path(), home).string(), std::move(bytes)});
    }
}

}  // namespace

std::vector<CorpusFile> corpus_of(std::string_view target) {
    std::vector<CorpusFile> files;
    for (const char* kind : {"corpus", "crashes"}) add_files(home / kind / target, files);
    std::ranges::sort(files, {}, &CorpusFile::name);
    return files;
}

}  // namespace fuzz
