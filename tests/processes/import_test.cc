// A recorded order stream, through the same path as the webhooks.
#include "tests/processes/stage.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

const std::string recording =
    COPYLEDGER_SOURCE_DIR "/tests/data/lobster_aapl_2012-06-21_first40000.csv.gz";

std::size_t last_sequence(const Stage& stage) {
    return stage.rows({"events"}).size();
}

}  // namespace

TEST_CASE("a second import of the same file adds nothing", "[processes]") {
    Stage stage;
    stage.open_accounts(2, "0.5");
    REQUIRE(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    const std::vector<std::string> import{"import", recording, "--master", "M1", "--lines", "2000"};
    const auto first = stage.rows(import);
    REQUIRE(first.size() == 1);
    CHECK(member_of(first[0], "refused") == "0");
    CHECK(member_of(first[0], "duplicates") == "0");
    CHECK(member_of(first[0], "recorded") == member_of(first[0], "events"));
    CHECK(std::stoul(member_of(first[0], "recorded")) > 1000);
    const std::string before = stage.cli({"events"}).output;

    const auto second = stage.rows(import);
    REQUIRE(second.size() == 1);
    CHECK(member_of(second[0], "recorded") == "0");
    CHECK(member_of(second[0], "duplicates") == member_of(first[0], "recorded"));
    const bool same = stage.cli({"events"}).output == before;
    CHECK(same);
    CHECK(stage.cli({"replay", "--check"}).exit == Exit{.code = 0, .signal = 0});
}

TEST_CASE("an import over HTTP and one into the directory are the same events", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::vector<std::string> import{"import", recording, "--master", "M1", "--lines", "300"};
    std::vector<std::string> over_http = import;
    over_http.insert(over_http.end(),
                     {"--to", stage.ledger().url(), "--token-file", stage.data() + "/admin.token"});
    const auto first = stage.rows(over_http);
    REQUIRE(first.size() == 1);
    CHECK(member_of(first[0], "refused") == "0");
    REQUIRE(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    const std::size_t before = last_sequence(stage);

    const auto second = stage.rows(import);
    REQUIRE(second.size() == 1);
    CHECK(member_of(second[0], "recorded") == "0");
    CHECK(member_of(second[0], "duplicates") == member_of(first[0], "recorded"));
    CHECK(last_sequence(stage) == before);
}

}  // namespace processes
