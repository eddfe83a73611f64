// A kill point does nothing until it is armed, and then it kills, at the pass that was named.
#include "ledger/base/kill_point.h"

#include "tests/processes/stage.h"

#include <csignal>
#include <string>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace torture {

using ledger::KillPoint;
using processes::Exit;

namespace {

// How a process ends that passes the point three times, and then exits with 5.
Exit end_after_three_passes(const std::string& setting, KillPoint point) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (!setting.empty() && !ledger::arm_kill_point(setting)) ::_exit(2);
        for (int pass = 0; pass < 3; ++pass) ledger::reached(point);
        ::_exit(5);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) return {.code = -1, .signal = WTERMSIG(status)};
    return {.code = WEXITSTATUS(status), .signal = 0};
}

std::string refusal_of(const std::string& setting) {
    const auto armed = ledger::arm_kill_point(setting);
    REQUIRE_FALSE(armed);
    CHECK(armed.error().field == "COPYLEDGER_KILL_AT");
    return armed.error().detail;
}

}  // namespace

TEST_CASE("a process dies at the armed point, at the pass that was named", "[torture]") {
    constexpr Exit killed{.code = -1, .signal = SIGKILL};
    constexpr Exit lived{.code = 5, .signal = 0};
    CHECK(end_after_three_passes("before-commit:1", KillPoint::before_commit) == killed);
    CHECK(end_after_three_passes("before-commit:3", KillPoint::before_commit) == killed);
    CHECK(end_after_three_passes("before-commit:4", KillPoint::before_commit) == lived);
    CHECK(end_after_three_passes("before-commit:1", KillPoint::after_commit) == lived);
    CHECK(end_after_three_passes("", KillPoint::before_commit) == lived);
}

TEST_CASE("a setting that names no point, or no pass, is refused and arms nothing", "[torture]") {
    CHECK(refusal_of("before-lunch:1").find("before-lunch") != std::string::npos);
    CHECK(refusal_of("before-lunch:1").find("before-commit") != std::string::npos);
    for (const std::string setting : {"before-commit", "before-commit:", "before-commit:0",
                                      "before-commit:-1", "before-commit:1x"}) {
        CHECK(refusal_of(setting).find("NAME:COUNT") != std::string::npos);
    }
    CHECK(refusal_of("none:1").find("'none'") != std::string::npos);
    ledger::reached(KillPoint::before_commit);
}

TEST_CASE("the server does not start with a point that is none", "[torture]") {
    const processes::Workspace workspace;
    const auto refused =
        processes::run({.arguments = {COPYLEDGER_PROGRAM, "serve", "--listen", "127.0.0.1:0"},
                        .directory = workspace.path(),
                        .error_file = workspace.file("serve.err"),
                        .environment = {"COPYLEDGER_KILL_AT=before-lunch:1"}});
    CHECK(refused.exit == Exit{.code = 2, .signal = 0});
    CHECK(refused.error.find("COPYLEDGER_KILL_AT: there is no 'before-lunch'") !=
          std::string::npos);
}

}  // namespace torture
