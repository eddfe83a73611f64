// One process holds a directory, others read beside it, and damage does not pass for data.
#include "tests/processes/stage.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace fs = std::filesystem;

namespace {

constexpr Exit clean{.code = 0, .signal = 0};
constexpr Exit cannot_open{.code = 3, .signal = 0};
constexpr Exit corrupt{.code = 4, .signal = 0};

void place_orders(const Stage& stage, int count) {
    HttpClient client = stage.admin();
    for (int i = 1; i <= count; ++i) {
        const std::string id = std::to_string(i);
        REQUIRE(client.post(webhook, webhook_body({{"order_id", id}})).status == 200);
    }
}

// The largest file of the log: where its records are.
std::string records_file(const std::string& data) {
    std::string largest;
    for (const auto& entry : fs::directory_iterator{data + "/log"}) {
        const std::string name = entry.path().filename();
        if (!name.ends_with(".log") && !name.ends_with(".sst")) continue;
        const bool larger = largest.empty() || entry.file_size() > fs::file_size(largest);
        if (larger) largest = entry.path();
    }
    return largest;
}

std::string copy_of(const Stage& stage) {
    const std::string copy = stage.workspace().file("copy");
    fs::remove_all(copy);
    fs::copy(stage.data(), copy, fs::copy_options::recursive);
    return copy;
}

}  // namespace

TEST_CASE("a second ledger on the same directory exits 3 and harms nothing", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    const Finished second = stage.cli({"serve", "--listen", "127.0.0.1:0"});
    CHECK(second.exit == cannot_open);
    CHECK(second.output.empty());
    CHECK_FALSE(second.error.empty());
    CHECK(stage.admin().post(webhook, webhook_body()).status == 200);
    CHECK(stage.ledger().stop() == clean);
}

TEST_CASE("SIGTERM ends both processes cleanly, with orders on their way too", "[processes]") {
    Stage stage{{.broker_toml = "[faults.place]\nlatency = { shape = \"fixed\", ms = 300 }\n"}};
    stage.open_accounts(3);
    place_orders(stage, 5);
    CHECK(stage.ledger().stop() == clean);
    CHECK(stage.cli({"replay", "--check"}).exit == clean);
    stage.ledger().start();
    stage.await_quiescence();
    CHECK(stage.cli({"witness", stage.broker_journal_path()}).exit == clean);
    CHECK(stage.broker_journal("accepted").size() == 15);
    CHECK(stage.ledger().stop() == clean);
    CHECK(stage.broker().stop() == clean);
}

TEST_CASE("every command that reads works beside the running ledger", "[processes]") {
    Stage stage;
    stage.open_accounts(2);
    place_orders(stage, 3);
    stage.await_quiescence();
    for (const char* command : {"events", "orders", "mappings", "positions", "pending", "accounts",
                                "links", "instruments", "audit", "summary", "replay", "doctor"}) {
        for (const char* format : {"table", "json", "jsonl", "csv"}) {
            INFO(command << " " << format);
            const Finished finished = stage.cli({command, "--output", format});
            INFO(finished.error);
            CHECK(finished.exit == clean);
        }
    }
    CHECK(stage.rows({"orders", "--role", "MASTER"}).size() == 3);
    CHECK(stage.rows({"orders", "--role", "FOLLOWER"}).size() == 6);
    CHECK(stage.rows({"accounts"}).size() == 3);
    const std::string order = stage.column({"mappings"}, "cl_ord_id").front();
    CHECK(stage.cli({"show", order}).exit == clean);
    CHECK(stage.cli({"show", "nothing"}).exit == Exit{.code = 1, .signal = 0});
    CHECK(stage.ledger().stop() == clean);
}

TEST_CASE("events --follow shows events as they come", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    Process follower{{.arguments = {COPYLEDGER_PROGRAM, "events", "--follow", "--output", "jsonl",
                                    "--data", stage.data(), "--kind", "MasterOrderReported"},
                      .directory = stage.workspace().path(),
                      .error_file = stage.workspace().file("follow.err")}};
    for (int i = 1; i <= 3; ++i) {
        const std::string id = std::to_string(i);
        const Answer answer = stage.admin().post(webhook, webhook_body({{"order_id", id}}));
        const auto row = ledger::text::parse_json(follower.read_line());
        REQUIRE(row.has_value());
        CHECK(member_of(row.value(), "event_id") == answer.member("event_id"));
        CHECK(member_of(row.value(), "broker_order_id") == id);
    }
}

TEST_CASE("a flipped byte anywhere in the records makes commands exit 4", "[processes]") {
    constexpr std::uint64_t places = 8;
    Stage stage;
    stage.open_accounts(3);
    place_orders(stage, 40);
    stage.await_quiescence();
    REQUIRE(stage.ledger().stop() == clean);
    const bool restarted = GENERATE(false, true);
    if (restarted) {  // what was in RocksDB's log is in sorted tables then
        stage.ledger().start();
        REQUIRE(stage.ledger().stop() == clean);
    }
    const std::uint64_t bytes = fs::file_size(records_file(stage.data()));
    for (std::uint64_t place = 0; place < places; ++place) {
        const std::string copy = copy_of(stage);
        REQUIRE(stage.cli_on(copy, {"replay", "--check"}).exit == clean);
        const std::uint64_t offset = bytes * (2 * place + 1) / (2 * places);
        flip_bit(records_file(copy), offset);
        INFO(records_file(copy) << " at " << offset << " of " << bytes);
        CHECK(stage.cli_on(copy, {"replay", "--check"}).exit == corrupt);
        CHECK(stage.cli_on(copy, {"events"}).exit == corrupt);
        CHECK(stage.cli_on(copy, {"audit", "verify"}).exit == corrupt);
        CHECK(stage.cli_on(copy, {"serve", "--listen", "127.0.0.1:0"}).exit == corrupt);
        if (restarted) continue;  // a view begins from a snapshot and reads no record before it
        CHECK(stage.cli_on(copy, {"orders"}).exit == corrupt);
    }
}

TEST_CASE("a log that lost its end does not pass for a whole one", "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    place_orders(stage, 10);
    stage.await_quiescence();
    REQUIRE(stage.ledger().stop() == clean);
    const std::string copy = copy_of(stage);
    const std::string records = records_file(copy);
    fs::resize_file(records, fs::file_size(records) / 2);
    CHECK(stage.cli_on(copy, {"replay", "--check"}).exit == corrupt);
    CHECK(stage.cli_on(copy, {"serve", "--listen", "127.0.0.1:0"}).exit == corrupt);
}

TEST_CASE("a directory without a ledger is told from a damaged one", "[processes]") {
    const Stage stage;
    const Finished finished = stage.cli_on(stage.workspace().file("none"), {"orders"});
    CHECK(finished.exit.code != 0);
    CHECK(finished.exit != corrupt);
    CHECK_FALSE(fs::exists(stage.workspace().file("none")));
}

}  // namespace processes
