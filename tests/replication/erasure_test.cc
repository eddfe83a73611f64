#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::erasure_test {

namespace {

EraseSubject erasing(AccountNumber account, std::string why = "asked for by letter") {
    return {account, std::move(why)};
}

OpenAccount opening(const AccountIdentity& identity, std::optional<std::uint32_t> erasures = {}) {
    OpenAccount command;
    command.identity = identity;
    command.profile.name = "Asha";
    command.erasures = erasures;
    return command;
}

// A follower whose order is accepted by its broker, and whose account is closed.
struct ClosedWithOrder {
    Pair pair;

    ClosedWithOrder() {
        pair.world.reports_new();
        pair.world.starts(pair.order());
        pair.world.accepted(pair.order());
        pair.world.submit(CloseAccount{pair.follower});
    }

    Answer erases() { return pair.world.submit(erasing(pair.follower)); }
};

}  // namespace

TEST_CASE("a closed account's subject is erased once", "[replication]") {
    Pair pair;
    pair.world.submit(CloseAccount{pair.follower});
    const Answer erased = pair.world.submit(erasing(pair.follower));
    REQUIRE(only<SubjectErased>(erased) != nullptr);
    CHECK(only<SubjectErased>(erased)->account == pair.follower);
    CHECK(only<SubjectErased>(erased)->why == "asked for by letter");
    CHECK(pair.world.state().account(pair.follower)->erased);
    CHECK(pair.world.state().account(pair.follower)->erasures == 1);
    CHECK(pair.world.submit(erasing(pair.follower)).duplicate);
}

TEST_CASE("an account that is open keeps its subject", "[replication]") {
    Pair pair;
    CHECK(pair.world.submit(erasing(pair.follower)).refused == Errc::not_allowed);
    CHECK(pair.world.submit(erasing(pair.master)).refused == Errc::not_allowed);
    CHECK(pair.world.submit(erasing(AccountNumber{9})).refused == Errc::not_found);
    CHECK(pair.world.submit(erasing(AccountNumber{})).refused == Errc::not_found);
}

TEST_CASE("an erasure says why", "[replication]") {
    Pair pair;
    pair.world.submit(CloseAccount{pair.follower});
    CHECK(pair.world.submit(erasing(pair.follower, "")).refused == Errc::invalid_input);
    CHECK(pair.world.submit(erasing(pair.follower, std::string(1'025, 'x'))).refused ==
          Errc::invalid_input);
    CHECK(pair.world.submit(erasing(pair.follower, std::string(1'024, 'x'))).recorded());
}

TEST_CASE("an order that waits to be sent holds an erasure back", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.is_done(pair.order());
    pair.world.book_says(pair.order(),
                         {.status = OrdStatus::filled, .filled = 100, .average = 10'000});
    MasterSays reduces;
    reduces.order = "M-2";
    reduces.side = Side::sell;
    pair.world.reports_new(reduces);
    pair.world.submit(CloseAccount{pair.follower});
    CHECK(pair.world.submit(erasing(pair.follower)).refused == Errc::not_allowed);
    pair.world.reports_cancel(reduces);  // withdraws what was not sent
    CHECK(pair.world.submit(erasing(pair.follower)).recorded());
}

TEST_CASE("an order whose outcome is unknown holds an erasure back on every day", "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.starts(pair.order());
    pair.world.unknown(pair.order());
    pair.world.submit(CloseAccount{pair.follower});
    pair.world.passes(3 * ns_per_day);
    CHECK(pair.world.submit(erasing(pair.follower)).refused == Errc::not_allowed);
    pair.world.not_placed(pair.order());
    pair.world.reports_cancel();
    CHECK(pair.world.submit(erasing(pair.follower)).recorded());
}

TEST_CASE("an order that works holds an erasure back until it is done", "[replication]") {
    ClosedWithOrder given;
    CHECK(given.erases().refused == Errc::not_allowed);
    given.pair.world.book_says(given.pair.order(), {.status = OrdStatus::canceled});
    CHECK(given.erases().recorded());
}

TEST_CASE("an order that works holds an erasure back until its session ends", "[replication]") {
    ClosedWithOrder given;
    given.pair.world.passes(ns_per_day);
    CHECK(given.erases().recorded());
}

TEST_CASE("a master's own order that works holds his erasure back, a follower's does not",
          "[replication]") {
    Pair pair;
    pair.world.reports_new();
    pair.world.submit(CloseAccount{pair.master});
    CHECK(pair.world.submit(erasing(pair.master)).refused == Errc::not_allowed);
    pair.world.starts(pair.order());
    pair.world.accepted(pair.order());
    pair.world.reports_cancel();
    CHECK(pair.world.submit(erasing(pair.master)).recorded());
}

TEST_CASE("an account opened again after its erasure begins with another key", "[replication]") {
    Pair pair;
    const AccountIdentity identity = pair.world.state().account(pair.follower)->identity;
    for (std::uint32_t times = 1; times <= 2; ++times) {
        pair.world.submit(CloseAccount{pair.follower});
        CHECK(pair.world.submit(erasing(pair.follower)).recorded());
        CHECK(pair.world.submit(opening(identity)).recorded());
        CHECK_FALSE(pair.world.state().account(pair.follower)->erased);
        CHECK(pair.world.state().account(pair.follower)->erasures == times);
        CHECK(pair.world.submit(erasing(pair.follower)).refused == Errc::not_allowed);
    }
    CHECK(pair.world.repeated_ids() == 0);
}

TEST_CASE("what was sealed for a key that is destroyed meanwhile is refused", "[replication]") {
    Pair pair;
    const AccountIdentity identity = pair.world.state().account(pair.follower)->identity;
    pair.world.submit(CloseAccount{pair.follower});
    pair.world.submit(erasing(pair.follower));
    const auto opened_for = [&](std::uint32_t erasures) {
        return pair.world.submit(opening(identity, erasures));
    };
    CHECK(opened_for(0).refused == Errc::conflict);
    CHECK(opened_for(2).refused == Errc::conflict);
    CHECK(opened_for(1).recorded());
    const auto changed_for = [&](std::uint32_t erasures) {
        return pair.world.submit(
            ChangeAccount{.account = pair.follower, .erasures = erasures, .name = "sealed again"});
    };
    CHECK(changed_for(0).refused == Errc::conflict);
    CHECK(changed_for(1).recorded());
    const AccountIdentity other{AccountRole::follower, "iifl", "F-9", "F-9"};
    CHECK(pair.world.submit(opening(other, 1)).refused == Errc::conflict);
    CHECK(pair.world.submit(opening(other, 0)).recorded());
}

}  // namespace ledger::replication::test::erasure_test
