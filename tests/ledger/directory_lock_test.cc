#include "ledger/log/directory_lock.h"

#include "tests/ledger/journal_fixture.h"

#include <csignal>
#include <optional>

#include <catch2/catch.hpp>
#include <unistd.h>

namespace directory_lock_test {

using namespace ledger;
using namespace ledger::log;
using ledger::log::test::Child;
using ledger::log::test::ScratchDirectory;
using ledger::log::test::tell_parent;

TEST_CASE("child: holds the lock of its directory", "[.]") {
    const auto lock = DirectoryLock::acquire("lock");
    tell_parent(lock ? std::to_string(::getpid()) : lock.error().detail);
    char ignored = 0;
    while (::read(STDIN_FILENO, &ignored, 1) > 0) continue;
    ::_exit(0);
}

TEST_CASE("a lock held by another process is refused with its process id", "[ledger]") {
    const ScratchDirectory scratch;
    Child child("child: holds the lock of its directory", scratch.path());
    const auto pid = child.read_line();
    REQUIRE(pid.has_value());
    const auto refused = DirectoryLock::acquire(scratch.path() + "/lock");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::unavailable);
    CHECK_THAT(refused.error().detail, Catch::Contains("(pid " + *pid + ")"));
}

TEST_CASE("a lock is free again when its holder was killed", "[ledger]") {
    const ScratchDirectory scratch;
    Child child("child: holds the lock of its directory", scratch.path());
    REQUIRE(child.read_line().has_value());
    child.kill_now();
    CHECK(child.wait() == -SIGKILL);
    CHECK(DirectoryLock::acquire(scratch.path() + "/lock"));
}

TEST_CASE("a lock is free again when its object is gone", "[ledger]") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/lock";
    {
        const auto held = DirectoryLock::acquire(path);
        REQUIRE(held);
        CHECK_FALSE(DirectoryLock::acquire(path));
    }
    CHECK(DirectoryLock::acquire(path));
}

}  // namespace directory_lock_test
