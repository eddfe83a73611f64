// A record that turns out damaged while the ledger runs: the process says where, and ends.
#include "tests/processes/stage.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>

namespace processes {

namespace fs = std::filesystem;

namespace {

// More than one block of a table: a start reads the last record, and keeps its block in memory.
constexpr int orders = 60;
constexpr std::uint64_t in_the_first_block = 100;

// The tables of records and of indexes alike: whatever is read first is damaged.
void damage_tables(const std::string& data) {
    int damaged = 0;
    for (const auto& entry : fs::directory_iterator{data + "/log"}) {
        if (entry.path().extension() != ".sst") continue;
        flip_bit(entry.path(), in_the_first_block);
        ++damaged;
    }
    REQUIRE(damaged > 0);
}

}  // namespace

TEST_CASE("a record found damaged while the ledger runs ends it with 4, and it says where",
          "[processes]") {
    Stage stage;
    stage.open_accounts(1);
    for (int i = 1; i <= orders; ++i) {
        const std::string id = std::to_string(i);
        REQUIRE(stage.admin().post(webhook, webhook_body({{"order_id", id}})).status == 200);
    }
    stage.await_quiescence();
    // The next life has in tables what this one had in RocksDB's log, and begins with a snapshot.
    REQUIRE(stage.ledger().stop().code == 0);
    stage.ledger().start();
    damage_tables(stage.data());
    HttpClient client = stage.admin();
    SECTION("by the writer: a webhook is repeated") {
        CHECK(client.post(webhook, webhook_body({{"order_id", "1"}})).status != 200);
    }
    SECTION("by a reader: events are asked for") {
        CHECK(client.get("/api/events").status != 200);
    }
    CHECK(stage.ledger().wait() == Exit{.code = 4, .signal = 0});
    const std::string told = stage.ledger().told();
    INFO(told);
    CHECK(told.find("the ledger stops") != std::string::npos);
    CHECK(told.find(".sst") != std::string::npos);
}

}  // namespace processes
