// The inputs that the tree keeps for a target.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

struct CorpusFile {
    std::string name;  // its path below tests/fuzz
    std::string bytes;
};

// An input to begin with that the program itself makes.
struct Seed {
    std::string name;
    std::string bytes;
};

// corpus/TARGET and crashes/TARGET, by name.
[[nodiscard]] std::vector<CorpusFile> corpus_of(std::string_view target);

}  // namespace fuzz
