// Looking back through the real program: the past as it was shown when it was the present.
#include "tests/processes/stage.h"

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace {

const std::string recorded_flow =
    COPYLEDGER_SOURCE_DIR "/tests/data/lobster_aapl_2012-06-21_first40000.csv.gz";

const std::vector<std::string> view_names{"orders",   "mappings", "positions", "pending",
                                          "accounts", "links",    "limits",    "audit"};

std::string read_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void import_lines(const Stage& stage, int lines) {
    const auto imported =
        stage.rows({"import", recorded_flow, "--master", "M1", "--lines", std::to_string(lines)});
    REQUIRE(member_of(imported.at(0), "refused") == "0");
}

std::string last_event(const Stage& stage, std::string_view member) {
    return member_of(stage.rows({"events"}).back(), member);
}

// Every view as the command line shows it.
std::map<std::string, std::string> shown(const Stage& stage,
                                         const std::vector<std::string>& as_of = {}) {
    std::map<std::string, std::string> views;
    for (const std::string& name : view_names) {
        std::vector<std::string> command{name};
        command.insert(command.end(), as_of.begin(), as_of.end());
        views[name] = stage.cli(command).output;
    }
    return views;
}

}  // namespace

TEST_CASE("I12 the past is shown as it was shown when it was the present", "[processes]") {
    Stage stage{{.broker_toml = {}, .ledger_toml = "[ledger]\nsnapshot_every_events = 300\n"}};
    stage.open_accounts(2, "0.5");
    REQUIRE(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
    import_lines(stage, 300);
    const std::string sequence = last_event(stage, "sequence");
    const std::string time = last_event(stage, "recorded_at");
    const auto then = shown(stage);
    CHECK(then.at("orders").size() > 1000);

    import_lines(stage, 1500);
    stage.ledger().start();
    stage.await_quiescence();
    CHECK(shown(stage) != then);
    CHECK(shown(stage, {"--as-of", sequence}) == then);
    CHECK(shown(stage, {"--as-of", time}) == then);
    CHECK(shown(stage, {"--as-of", sequence, "--valid-at", time}) == then);

    const auto page = stage.admin().get("/api/positions?as_of=" + sequence);
    CHECK(page.status == 200);
    const auto parsed = ledger::text::parse_json(page.body);
    REQUIRE(parsed.has_value());
    CHECK(member_of(parsed.value(), "as_of_sequence") == sequence);
    CHECK(member_of(parsed.value(), "as_of_time") == time);
}

TEST_CASE("an auditor's commands answer beside a running server", "[processes]") {
    Stage stage;
    stage.open_accounts(2, "0.5");
    REQUIRE(stage.admin().post(webhook, webhook_body()).status == 200);
    stage.await_quiescence();
    const std::string order = stage.column({"orders", "--role", "FOLLOWER"}, "cl_ord_id").at(0);

    const auto why = stage.cli({"why", order});
    CHECK(why.exit == Exit{.code = 0, .signal = 0});
    for (const char* kind :
         {"MasterOrderReported", "FollowerOrderIntended", "AttemptStarted", "AttemptAccepted"}) {
        CHECK(why.output.find(kind) != std::string::npos);
    }
    const auto over_http = stage.admin().get("/api/audit/why/" + order);
    CHECK(over_http.body + "\n" == why.output);

    const auto complete = stage.rows({"audit", "completeness"});
    CHECK(member_of(complete.at(0), "expected") == "2");
    CHECK(member_of(complete.at(0), "findings") == "0");
    const auto before = stage.cli({"audit", "completeness", "--as-of", "2"});
    CHECK(before.exit == Exit{.code = 0, .signal = 0});

    const auto changed = stage.cli({"diff", "--from", "1"});
    CHECK(changed.output.find(R"("what":"link")") != std::string::npos);
    CHECK(changed.output.find(R"("what":"order")") != std::string::npos);
}

TEST_CASE("an export makes the same bytes again, and a report is a page", "[processes]") {
    Stage stage{{.broker_toml = {}, .ledger_toml = "[calendar]\nutc_offset = \"+00:00\"\n"}};
    stage.open_accounts(1);
    REQUIRE(stage.admin().post(webhook, webhook_body()).status == 200);
    stage.await_quiescence();
    const std::string to = last_event(stage, "sequence");
    const std::string day = last_event(stage, "recorded_at").substr(0, 10);
    for (const char* format : {"jsonl", "csv", "fix"}) {
        std::string bytes;
        for (const char* name : {"first", "second"}) {
            const std::string path = stage.workspace().file(std::string{format} + name);
            const auto done =
                stage.cli({"audit", "export", "--format", format, "--out", path, "--to", to});
            CHECK(done.exit == Exit{.code = 0, .signal = 0});
            const std::string written = read_file(path);
            CHECK_FALSE(written.empty());
            CHECK((bytes.empty() || written == bytes));
            bytes = written;
        }
    }
    CHECK(read_file(stage.workspace().file("jsonlfirst")) ==
          stage.cli({"events", "--to", to}).output);

    const std::string page = stage.workspace().file("day.html");
    const auto reported = stage.cli({"report", "--day", day, "--account", "F1", "--out", page});
    CHECK(reported.exit == Exit{.code = 0, .signal = 0});
    CHECK(read_file(page).starts_with("<!DOCTYPE html>"));
}

}  // namespace processes
