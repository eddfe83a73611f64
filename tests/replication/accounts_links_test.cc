#include "tests/replication/given.h"

#include <catch2/catch.hpp>

namespace ledger::replication::test::accounts_links_test {

namespace {

OpenAccount open_of(const std::string& code, std::string name = "Asha") {
    OpenAccount command;
    command.identity = {AccountRole::follower, "iifl", code, code};
    command.profile.name = std::move(name);
    return command;
}

AccountNumber follower_of(const Event& event) {
    return std::get<FollowerOrderIntended>(event.payload).follower;
}

}  // namespace

TEST_CASE("accounts are numbered from one in the order of opening", "[replication]") {
    World world;
    CHECK(world.opens_master().value() == 1);
    CHECK(world.opens_follower("F-1").value() == 2);
    CHECK(world.opens_follower("F-2").value() == 3);
}

TEST_CASE("opening an account again with the same particulars records nothing", "[replication]") {
    World world;
    CHECK(world.submit(open_of("C1")).recorded());
    CHECK(world.submit(open_of("C1")).duplicate);
    CHECK(world.log().size() == 1);
}

TEST_CASE("opening an account again with other particulars is a conflict", "[replication]") {
    World world;
    world.submit(open_of("C1", "Asha"));
    CHECK(world.submit(open_of("C1", "Binu")).refused == Errc::conflict);
}

TEST_CASE("one client code may be a master and a follower", "[replication]") {
    World world;
    OpenAccount master = open_of("C1");
    master.identity.role = AccountRole::master;
    CHECK(world.submit(open_of("C1")).recorded());
    CHECK(world.submit(master).recorded());
    CHECK(world.state().accounts.size() == 2);
}

TEST_CASE("a closed account opened again is the same account with its number", "[replication]") {
    World world;
    const AccountNumber number = only<AccountOpened>(world.submit(open_of("C1")))->account;
    CHECK(kinds(world.submit(CloseAccount{number})) == Kinds{"AccountClosed"});
    CHECK(world.submit(CloseAccount{number}).duplicate);
    CHECK(world.enables(number, false).refused == Errc::not_allowed);

    const Answer again = world.submit(open_of("C1", "Asha B"));
    REQUIRE(only<AccountChanged>(again) != nullptr);
    CHECK(only<AccountChanged>(again)->account == number);
    CHECK(world.state().account(number)->tradable());
    CHECK(world.state().account(number)->profile.name == "Asha B");
}

TEST_CASE("an account may close and open many times, each time an event of its own",
          "[replication]") {
    World world;
    const AccountNumber number = only<AccountOpened>(world.submit(open_of("C1")))->account;
    for (int i = 0; i < 3; ++i) {
        CHECK(world.submit(CloseAccount{number}).recorded());
        CHECK(world.submit(open_of("C1")).recorded());
    }
    CHECK(world.repeated_ids() == 0);
}

TEST_CASE("a change of nothing records nothing", "[replication]") {
    Pair pair;
    CHECK(pair.world.enables(pair.follower, true).duplicate);
    CHECK(pair.world.enables(pair.follower, false).recorded());
    CHECK(pair.world.enables(pair.follower, false).duplicate);
    CHECK(pair.world.links(pair.master, pair.follower).duplicate);
}

TEST_CASE("what names an unknown account is not found", "[replication]") {
    Pair pair;
    const AccountNumber nobody{9};
    CHECK(pair.world.enables(nobody, true).refused == Errc::not_found);
    CHECK(pair.world.submit(CloseAccount{nobody}).refused == Errc::not_found);
    CHECK(pair.world.links(nobody, pair.follower).refused == Errc::not_found);
    CHECK(pair.world.links(pair.master, AccountNumber{0}).refused == Errc::not_found);
    CHECK(pair.world.submit(RemoveLink{pair.master, nobody}).refused == Errc::not_found);
}

TEST_CASE("a link runs from a master to a follower and no other way", "[replication]") {
    Pair pair;
    CHECK(pair.world.links(pair.follower, pair.master).refused == Errc::invalid_input);
    CHECK(pair.world.links(pair.master, pair.master).refused == Errc::invalid_input);
}

TEST_CASE("a link without a ratio takes the follower's scaling factor", "[replication]") {
    World world;
    const AccountNumber master = world.opens_master();
    const AccountNumber follower = world.opens_follower("F-1", "0.5");
    world.submit(SetLink{.master = master, .follower = follower});
    CHECK(world.state().link(master, follower)->terms.ratio == Ratio{1, 2});
    // What the link has of its own it keeps.
    world.links(master, follower, {.ratio = "0.25"});
    world.submit(SetLink{.master = master, .follower = follower, .active = false});
    CHECK(world.state().link(master, follower)->terms.ratio == Ratio{1, 4});
    CHECK_FALSE(world.state().link(master, follower)->copies());
}

TEST_CASE("a removed link copies nothing until it is made again", "[replication]") {
    Pair pair;
    CHECK(pair.world.submit(RemoveLink{pair.master, pair.follower}).recorded());
    CHECK(pair.world.submit(RemoveLink{pair.master, pair.follower}).duplicate);
    CHECK(kinds(pair.world.reports_new({.order = "M-0"})) == Kinds{"MasterOrderReported"});
    CHECK(pair.world.links(pair.master, pair.follower).recorded());
    CHECK(only<FollowerOrderIntended>(pair.world.reports_new()) != nullptr);
    CHECK(pair.world.repeated_ids() == 0);
}

TEST_CASE("followers are decided for in the order of their numbers, not of their links",
          "[replication]") {
    World world;
    const AccountNumber master = world.opens_master();
    const AccountNumber first = world.opens_follower("F-1");
    const AccountNumber second = world.opens_follower("F-2");
    const AccountNumber third = world.opens_follower("F-3");
    for (const AccountNumber follower : {third, first, second}) world.links(master, follower);
    const Answer answer = world.reports_new();
    REQUIRE(answer.events.size() == 4);
    CHECK(follower_of(answer.events[1]) == first);
    CHECK(follower_of(answer.events[2]) == second);
    CHECK(follower_of(answer.events[3]) == third);
}

TEST_CASE("an instrument is defined once per change of its rules", "[replication]") {
    World world;
    const Instrument instrument{Segment::nse_derivatives, "35001", "NIFTY26NOVFUT"};
    CHECK(world.defines(instrument, 75).recorded());
    CHECK(world.defines(instrument, 75).duplicate);
    CHECK(world.defines(instrument, 65).recorded());
    CHECK(world.defines(instrument, 75).recorded());
    CHECK(world.defines(instrument, 0).refused == Errc::invalid_input);
    CHECK(world.repeated_ids() == 0);
}

}  // namespace ledger::replication::test::accounts_links_test
