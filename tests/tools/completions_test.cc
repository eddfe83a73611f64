#include "tools/completions.h"

#include "tests/tools/tool_fixture.h"

#include <array>
#include <cstdio>
#include <cstdlib>

#include <catch2/catch.hpp>

namespace tools::test::completions_test {

namespace {

const std::vector<std::string> commands{"serve", "summary", "show", "events"};

// What bash offers for the words of a command line, the last of them unfinished.
std::string offered(const std::string& words, int index) {
    const TemporaryDirectory directory;
    const std::string script =
        directory.file("offer.sh", completions_for("bash", commands) + "COMP_WORDS=(" + words +
                                       ")\nCOMP_CWORD=" + std::to_string(index) +
                                       "\n_copyledger\nprintf '%s ' \"${COMPREPLY[@]}\"\n");
    std::FILE* shell = ::popen(("bash --norc " + script).c_str(), "r");
    REQUIRE(shell != nullptr);
    std::string said;
    std::array<char, 256> part{};
    while (std::fgets(part.data(), static_cast<int>(part.size()), shell) != nullptr) {
        said += part.data();
    }
    CHECK(::pclose(shell) == 0);
    return said;
}

}  // namespace

TEST_CASE("bash completes the name of a command", "[tools]") {
    CHECK(offered("copyledger s", 1) == "serve summary show ");
    CHECK(offered("copyledger ev", 1) == "events ");
    CHECK(offered("copyledger x", 1) == " ");
}

TEST_CASE("bash completes files after the command", "[tools]") {
    CHECK(offered("copyledger import /etc/host", 2).find("/etc/hostname") != std::string::npos);
}

TEST_CASE("every shell's script names every command", "[tools]") {
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const std::string script = completions_for(shell, commands);
        CHECK(script.find("serve summary show events") != std::string::npos);
        CHECK(script.ends_with('\n'));
    }
    CHECK(completions_for("zsh", commands).starts_with("#compdef copyledger\n"));
    CHECK(completions_for("fish", commands).starts_with("complete -c copyledger "));
}

}  // namespace tools::test::completions_test
