// The sources of the repository as the structure's tests read them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace structure {

struct Line {
    std::string file;  // from the repository's root
    std::size_t number = 0;
    std::string text;
};

// What counts is code: comments may speak of anything, and so may texts. The line without its
// comment and the insides of its strings; an #include as it is.
[[nodiscard]] std::string code_of(const std::string& line);

// Of every .h and .cc file, as code_of() has them.
[[nodiscard]] const std::vector<Line>& lines_of_code();

struct SourceFile {
    std::string path;  // from the repository's root
    std::vector<std::string> lines;
};

// Everything that people write, as it stands: sources, scripts, build files, schemas, documents.
[[nodiscard]] const std::vector<SourceFile>& written_files();

// Every .h and .cc file among them.
[[nodiscard]] std::vector<SourceFile> source_files();

}  // namespace structure
