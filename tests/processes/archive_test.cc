// A ledger whose beginning is archived and dropped, killed on the way, goes on as if nothing were
// gone; and with the archive attached nothing is.
#include "tests/processes/http_client.h"
#include "tests/processes/stage.h"

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes::archive_test {

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr Exit clean{.code = 0, .signal = 0};
constexpr Exit cannot_read{.code = 3, .signal = 0};
constexpr Exit refused{.code = 6, .signal = 0};
constexpr Exit killed{.code = -1, .signal = SIGKILL};

std::string order(int number) {
    return webhook_body({{"order_id", json_string("A-" + std::to_string(number))}});
}

// A ledger at rest with a day's orders, and an archive of nearly all of it.
struct Given {
    Stage stage{{.ledger_toml = "[ledger]\nretention_years = 0\n"}};
    std::string archive = stage.workspace().file("old.archive");
    std::string config = stage.workspace().file("serve.toml");
    fs::path before = stage.workspace().file("before");

    Given() {
        stage.open_accounts(2);
        place(1, 60);
        stage.await_quiescence();
        REQUIRE(stage.ledger().stop() == clean);
        REQUIRE(stage.cli({"archive", "create", "--out", archive}).exit == clean);
        fs::copy(stage.data(), before, fs::copy_options::recursive);
    }

    void place(int first, int last) {
        HttpClient client = stage.admin();
        for (int i = first; i <= last; ++i) REQUIRE(client.post(webhook, order(i)).status == 200);
    }

    [[nodiscard]] Texts drop() const { return {"archive", "drop", "--config", config, archive}; }

    // The same answer as before anything was dropped.
    void check_same(const Texts& arguments) const {
        const Finished then = stage.cli_on(before.string(), arguments);
        const Finished now = stage.cli(arguments);
        INFO(arguments.front() << ": " << now.error);
        CHECK(then.exit == clean);
        CHECK(now.exit == clean);
        CHECK(now.output == then.output);
        CHECK_FALSE(now.output.empty());
    }

    void check_goes_on() {
        REQUIRE(stage.cli({"audit", "verify"}).exit == clean);
        for (const std::string view : {"orders", "mappings", "links", "audit"}) check_same({view});
        CHECK(stage.cli({"orders", "--as-of", "200"}).exit == cannot_read);
        stage.ledger().start();
        HttpClient client = stage.admin();
        REQUIRE(client.post(webhook, order(61)).status == 200);
        // Whether it is the order of then or another under its name, the archive alone tells.
        CHECK(client.post(webhook, order(1)).status == 503);
        stage.await_quiescence();
        CHECK(stage.broker_journal("accepted").size() == 2 * 61);
        REQUIRE(stage.ledger().stop() == clean);
        REQUIRE(stage.cli({"audit", "verify"}).exit == clean);
    }

    void check_attached() {
        REQUIRE(stage.cli({"archive", "attach", archive}).exit == clean);
        check_same({"orders", "--as-of", "200"});
        check_same({"events", "--to", "300"});
        check_same({"audit", "completeness", "--as-of", "300"});
        REQUIRE(stage.cli({"audit", "verify"}).exit == clean);
        REQUIRE(stage.cli({"replay", "--check"}).exit == clean);
        const std::string proof = stage.workspace().file("proof.json");
        REQUIRE(stage.cli({"audit", "prove", "--event", "17", "--out", proof}).exit == clean);
        CHECK(stage.cli({"audit", "check", proof}).exit == clean);
        stage.ledger().start();
        HttpClient client = stage.admin();
        const auto again = client.post(webhook, order(1));
        CHECK(again.status == 200);
        CHECK(again.body.find("\"duplicate\":true") != std::string::npos);
        CHECK(
            client.post(webhook, webhook_body({{"order_id", "\"A-1\""}, {"price", "1"}})).status ==
            409);
        REQUIRE(stage.ledger().stop() == clean);
    }
};

}  // namespace

TEST_CASE("a ledger goes on without the records that were archived, and with them again",
          "[processes]") {
    Given given;
    SECTION("dropped in one go") {
        CHECK(given.stage.cli({"archive", "drop", given.archive}).exit == refused);
        REQUIRE(given.stage.cli(given.drop()).exit == clean);
    }
    SECTION("killed when the log says so and has all of them") {
        REQUIRE(given.stage.cli_to_die("records-archived:1", given.drop()) == killed);
    }
    SECTION("killed when they are gone") {
        REQUIRE(given.stage.cli_to_die("records-dropped:1", given.drop()) == killed);
    }
    given.check_goes_on();
    given.check_attached();
}

TEST_CASE("killed before the log says so, a drop has not happened", "[processes]") {
    Given given;
    for (const std::string at : {"snapshot-created:1", "snapshot-placed:1", "before-commit:1"}) {
        REQUIRE(given.stage.cli_to_die(at, given.drop()) == killed);
        given.check_same({"orders", "--as-of", "200"});
        REQUIRE(given.stage.cli({"audit", "verify"}).exit == clean);
    }
    REQUIRE(given.stage.cli(given.drop()).exit == clean);
    given.check_goes_on();
}

TEST_CASE("nothing is dropped beside a running server", "[processes]") {
    Given given;
    given.stage.ledger().start();
    CHECK(given.stage.cli(given.drop()).exit == cannot_read);
    REQUIRE(given.stage.ledger().stop() == clean);
    given.check_same({"orders", "--as-of", "200"});
}

}  // namespace processes::archive_test
