// The erasure of a person: from a whole ledger, beside its server and without one.
#include "tests/processes/http_client.h"
#include "tests/processes/stage.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr Exit ends_well{.code = 0, .signal = 0};

// What is known of a follower, and what else is in a request and is no person's.
const std::string person_name = "Ravi Kumaraguruparan";
const std::string person_email = "ravi@kumaraguruparan.example";
const std::string person_key = "raviskey-4417";
const std::string person_secret = "ravissecret-8820";
const Texts personal{person_name, person_email, "kumaraguruparan", person_key, person_secret};

std::string person(const std::string& code) {
    return R"({"username":)" + json_string(code) + R"(,"name":)" + json_string(person_name) +
           R"(,"email":)" + json_string(person_email) + R"(,"credentials":{"appKey":)" +
           json_string(person_key) + R"(,"secretKey":)" + json_string(person_secret) + "}}";
}

// A follower P1 beside the others, who copies M1 and has traded; nothing of his is under way.
void trade_as_person(const Stage& stage) {
    HttpClient client = stage.admin();
    REQUIRE(client.post("/api/followers", person("P1")).status == 201);
    REQUIRE(client.post("/api/masters/M1/followers", R"({"follower_id":"P1"})").status == 201);
    for (const char* order : {"\"1\"", "\"2\""}) {
        REQUIRE(client.post(webhook, webhook_body({{"order_id", order}})).status == 200);
    }
    stage.await_quiescence();
}

// His orders end, with their master's.
void end_orders(const Stage& stage) {
    HttpClient client = stage.admin();
    for (const char* order : {"\"1\"", "\"2\""}) {
        const std::string cancel = webhook_body({{"order_id", order},
                                                 {"event_type", R"("order_cancelled")"},
                                                 {"status", R"("Cancelled")"}});
        REQUIRE(client.post(webhook, cancel).status == 200);
    }
    await("the end of every order", [&] {
        for (const std::string& status : stage.column({"orders", "--account", "P1"}, "status")) {
            if (status != "CANCELED" && status != "FILLED") return false;
        }
        return true;
    });
    stage.await_quiescence();
}

bool holds_any(const std::string& text) {
    for (const std::string& part : personal) {
        if (text.find(part) != std::string::npos) return true;
    }
    return false;
}

// Which of the files below the directory hold something personal.
Texts telling_files(const std::string& directory) {
    Texts found;
    for (const auto& entry : fs::recursive_directory_iterator{directory}) {
        if (entry.is_regular_file() && holds_any(file_text(entry.path()))) {
            found.push_back(entry.path());
        }
    }
    return found;
}

std::vector<std::string> keys_in(const std::string& directory) {
    std::vector<std::string> keys;
    for (const auto& entry : fs::directory_iterator{directory + "/subjects"}) {
        keys.push_back(entry.path().filename());
    }
    return keys;
}

// Everything that shows an account or its events, one text.
std::string all_shown(const Stage& stage) {
    std::string out;
    const std::string file = stage.workspace().file("shown");
    for (const Texts& command :
         {Texts{"accounts"}, Texts{"events"}, Texts{"orders"}, Texts{"show", "P1"},
          Texts{"events", "--account", "P1"}, Texts{"accounts", "--output", "csv"}}) {
        const Finished finished = stage.cli(command);
        INFO(finished.error);
        CHECK(finished.exit == ends_well);
        out += finished.output;
    }
    const std::string opened =
        stage.column({"events", "--kind", "AccountOpened"}, "event_id").back();
    out += stage.cli({"why", opened}).output;
    for (const char* format : {"jsonl", "csv", "fix"}) {
        REQUIRE(stage.cli({"audit", "export", "--format", format, "--out", file}).exit ==
                ends_well);
        out += file_text(file);
        fs::remove(file);
    }
    const std::string day = stage.column({"events"}, "recorded_at").front().substr(0, 10);
    const Finished report = stage.cli({"report", "--day", day, "--out", file});
    INFO(report.error);
    REQUIRE(report.exit == ends_well);
    out += file_text(file);
    fs::remove(file);
    return out;
}

}  // namespace

TEST_CASE("an erased person is in no file, and the log still holds", "[processes]") {
    Stage stage{
        {.broker_toml = "[[accounts]]\nclient_id = \"P1\"\napp_key = " + json_string(person_key) +
                        "\nsecret_key = " + json_string(person_secret) + "\n",
         .ledger_toml = "[ledger]\nsnapshot_every_events = 10\n"}};
    stage.open_accounts(1);
    trade_as_person(stage);
    CHECK(telling_files(stage.data()).empty());
    CHECK(holds_any(all_shown(stage)));

    const Texts erase{"subject", "erase", "P1", "--why", "letter of today"};
    CHECK(stage.cli(erase).exit.code == 6);  // it is open
    end_orders(stage);
    HttpClient client = stage.admin();
    REQUIRE(client.call("DELETE", "/api/followers/P1").status == 200);
    REQUIRE(keys_in(stage.data()).size() == 3);
    const auto told = stage.rows(erase);
    REQUIRE(told.size() == 1);
    CHECK(keys_in(stage.data()).size() == 2);
    CHECK(Texts{member_of(told[0], "event_id")} ==
          stage.column({"events", "--kind", "SubjectErased"}, "event_id"));
    CHECK(stage.column({"events", "--kind", "SubjectErased"}, "why") == Texts{"letter of today"});
    CHECK(member_of(client.get("/api/followers/P1").json(), "name") == "(erased)");
    CHECK(client.get("/api/events?kind=AccountOpened").body.find("(erased)") != std::string::npos);
    CHECK(client.get("/api/followers/F1").body.find("(erased)") == std::string::npos);

    REQUIRE(stage.ledger().stop() == ends_well);
    CHECK(telling_files(stage.workspace().file("data")).empty());
    const std::string after = all_shown(stage);
    CHECK_FALSE(holds_any(after));
    CHECK(after.find("(erased)") != std::string::npos);
    const Finished verified = stage.cli({"audit", "verify"});
    INFO(verified.error);
    CHECK(verified.exit == ends_well);
    CHECK(stage.cli({"replay", "--check"}).exit == ends_well);
    CHECK(stage.cli({"audit", "completeness"}).exit == ends_well);
}

TEST_CASE("a key that a crash kept from its erasure is destroyed at the next start",
          "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    REQUIRE(stage.admin().call("DELETE", "/api/followers/F1").status == 200);
    stage.ledger().kill();
    const std::string subjects = stage.data() + "/subjects";
    const std::string kept = stage.workspace().file("kept");
    fs::copy(subjects, kept);
    REQUIRE(stage.cli({"subject", "erase", "F1", "--why", "asked for"}).exit == ends_well);
    CHECK(keys_in(stage.data()).size() == 1);
    fs::copy(kept, subjects, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    REQUIRE(keys_in(stage.data()).size() == 2);

    stage.ledger().start();
    CHECK(keys_in(stage.data()).size() == 1);
    CHECK(member_of(stage.admin().get("/api/followers/F1").json(), "name") == "(erased)");
    CHECK(member_of(stage.admin().get("/api/masters/M1").json(), "name") == "Asha");

    // A backup of then has no key of theirs either, and one may do without any.
    const std::string backup = stage.workspace().file("backup");
    REQUIRE(stage.cli({"backup", backup}).exit == ends_well);
    CHECK(keys_in(backup).size() == 1);
    const std::string bare = stage.workspace().file("bare");
    REQUIRE(stage.cli({"backup", bare, "--without-subject-keys"}).exit == ends_well);
    CHECK_FALSE(fs::exists(bare + "/subjects"));
    CHECK(stage.cli_on(bare, {"audit", "verify"}).exit == ends_well);
    CHECK(stage.cli_on(bare, {"accounts"}).output.find("Asha") == std::string::npos);
}

TEST_CASE("an erasure that cannot be is refused with what stands against it", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const auto refused = [&](const Texts& more, int code, std::string_view reason) {
        Texts command{"subject", "erase"};
        command.insert(command.end(), more.begin(), more.end());
        const Finished finished = stage.cli(command);
        INFO(finished.error);
        CHECK(finished.exit.code == code);
        CHECK(finished.error.find(reason) != std::string::npos);
    };
    refused({"F1", "--why", "x"}, 6, "not closed");
    refused({"F9", "--why", "x"}, 1, "no such account");
    refused({"F1"}, 2, "--why");
    refused({"--why", "x"}, 2, "ACCOUNT");
    CHECK(stage.column({"events", "--kind", "SubjectErased"}, "event_id").empty());
    CHECK(keys_in(stage.data()).size() == 2);
}

}  // namespace processes
