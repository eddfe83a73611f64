#include "tools/progress.h"

#include <catch2/catch.hpp>

namespace tools::progress_test {

TEST_CASE("a progress bar fills from nothing to all", "[tools]") {
    CHECK(progress_line("importing", 0, 8) == "importing [" + std::string(32, '.') + "] 0 %");
    CHECK(progress_line("importing", 2, 8) ==
          "importing [" + std::string(8, '#') + std::string(24, '.') + "] 25 %");
    CHECK(progress_line("importing", 8, 8) == "importing [" + std::string(32, '#') + "] 100 %");
}

TEST_CASE("a progress bar stays within its ends", "[tools]") {
    CHECK(progress_line("x", 9, 8) == progress_line("x", 8, 8));
    CHECK(progress_line("x", 3, 0) == progress_line("x", 0, 8));
}

}  // namespace tools::progress_test
