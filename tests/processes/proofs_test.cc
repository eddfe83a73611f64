// Checkpoints of a running ledger, and proofs that are checked away from it.
#include "tests/processes/http_client.h"
#include "tests/processes/stage.h"

#include <filesystem>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes::proofs_test {

namespace {

namespace fs = std::filesystem;

constexpr Exit clean{.code = 0, .signal = 0};
constexpr Exit tampered{.code = 4, .signal = 0};

void place_orders(const Stage& stage, int count) {
    HttpClient client = stage.admin();
    for (int i = 1; i <= count; ++i) {
        const std::string id = "\"A-" + std::to_string(i) + "\"";
        REQUIRE(client.post(webhook, webhook_body({{"order_id", id}})).status == 200);
    }
}

}  // namespace

TEST_CASE("a running ledger signs its log, and `audit verify` finds it whole", "[processes]") {
    Stage stage;
    stage.open_accounts(2);
    place_orders(stage, 20);
    await("a checkpoint", [&] { return fs::exists(stage.data() + "/checkpoint"); });
    CHECK(stage.cli({"audit", "verify"}).exit == clean);
    stage.await_quiescence();
    REQUIRE(stage.ledger().stop() == clean);
    const Finished verified = stage.cli({"audit", "verify"});
    INFO(verified.error);
    CHECK(verified.exit == clean);
    CHECK(verified.error.find(" with the projections' digests)") != std::string::npos);
    CHECK(verified.error.find("(0 with") == std::string::npos);  // a slow run has several
    const auto kinds = stage.column({"events"}, "kind");
    CHECK(kinds.back() == "CheckpointSigned");
    CHECK(stage.cli({"audit", "checkpoint"}).output == file_text(stage.data() + "/checkpoint"));

    stage.ledger().start();
    place_orders(stage, 25);
    REQUIRE(stage.ledger().stop() == clean);
    CHECK(stage.cli({"audit", "verify"}).exit == clean);
    CHECK(stage.cli({"replay", "--check"}).exit == clean);
}

TEST_CASE("proofs of a running ledger hold without its directory", "[processes]") {
    Stage stage;
    stage.open_accounts(2);
    place_orders(stage, 5);
    stage.await_quiescence();
    const std::string former = stage.workspace().file("former");
    await("a checkpoint", [&] {
        const Answer answer = stage.admin().get("/api/audit/checkpoint");
        if (answer.status != 200) return false;
        stage.workspace().write("former", answer.body);
        return true;
    });
    const std::string event = stage.column({"events", "--kind", "LinkSet"}, "event_id").front();
    await("a proof", [&] {
        const Answer answer = stage.admin().get("/api/audit/proof?event=" + event);
        stage.workspace().write("over_http", answer.body);
        return answer.status == 200;
    });
    CHECK(stage.admin().get("/api/audit/proof?event=0123").status == 404);
    REQUIRE(stage.ledger().stop() == clean);

    const auto file = [&](const char* name) { return stage.workspace().file(name); };
    for (const std::vector<std::string>& make :
         {std::vector<std::string>{"prove", "--event", event, "--out", file("inclusion")},
          std::vector<std::string>{"prove", "--since", former, "--out", file("consistency")},
          std::vector<std::string>{"bundle", "--account", "F1", "--out", file("bundle")}}) {
        std::vector<std::string> arguments{"audit"};
        arguments.insert(arguments.end(), make.begin(), make.end());
        CHECK(stage.cli(arguments).exit == clean);
    }
    fs::copy_file(stage.data() + "/checkpoint.pub", file("log.pub"));
    for (const char* name : {"former", "over_http", "inclusion", "consistency", "bundle"}) {
        INFO(name << ": " << file_text(file(name)));
        const std::string nowhere = file("nowhere");
        CHECK(stage.cli_on(nowhere, {"audit", "check", file(name), "--pubkey", file("log.pub")})
                  .exit == clean);
    }
    const auto of_one = stage.cli({"audit", "check", file("bundle")});
    CHECK(of_one.output.find("F1") != std::string::npos);
    CHECK(of_one.output.find("F2") == std::string::npos);
    CHECK(stage.column({"audit", "check", file("over_http")}, "event_id").front() == event);
}

TEST_CASE("a checkpoint that is not this log's is found", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    REQUIRE(stage.ledger().stop() == clean);
    std::string text = file_text(stage.data() + "/checkpoint");
    text[text.find('\n') + 1] ^= 1;
    stage.workspace().write("other", text);
    CHECK(stage.cli({"audit", "verify", "--checkpoint", stage.workspace().file("other")}).exit ==
          tampered);
    CHECK(stage.cli({"audit", "check", stage.workspace().file("other")}).exit == tampered);
}

TEST_CASE("a key hands over to the next at a start", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const std::string first = stage.cli({"keygen"}).output;
    const std::string second = stage.cli({"keygen", "--rotate"}).output;
    CHECK(first != second);
    REQUIRE(stage.ledger().stop() == clean);
    stage.ledger().start();
    place_orders(stage, 1);
    REQUIRE(stage.ledger().stop() == clean);
    CHECK(file_text(stage.data() + "/checkpoint.pub") == first + second);
    CHECK(stage.cli({"keygen"}).output == second);
    stage.workspace().write("first.pub", first);
    stage.workspace().write("second.pub", second);
    CHECK(stage.cli({"audit", "verify"}).exit == clean);
    CHECK(stage
              .cli({"audit", "check", stage.data() + "/checkpoint", "--pubkey",
                    stage.workspace().file("second.pub")})
              .exit == clean);
    CHECK(stage
              .cli({"audit", "check", stage.data() + "/checkpoint", "--pubkey",
                    stage.workspace().file("first.pub")})
              .exit == tampered);
}

}  // namespace processes::proofs_test
