// Somebody changes a file of a ledger that does not run: whoever looks is told, and so is whoever
// starts it.
#include "tests/processes/http_client.h"
#include "tests/processes/stage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace processes::tampering_test {

namespace {

namespace fs = std::filesystem;

constexpr Exit clean{.code = 0, .signal = 0};
constexpr Exit tampered{.code = 4, .signal = 0};

// One bit in the middle.
void flip(const fs::path& file) {
    std::string bytes = file_text(file.string());
    REQUIRE_FALSE(bytes.empty());
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

std::vector<std::string> files_in(const fs::path& directory, const std::string& part_of_name) {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator{directory}) {
        const std::string name = entry.path().filename().string();
        if (name.find(part_of_name) != std::string::npos) found.push_back(name);
    }
    std::ranges::sort(found);
    return found;
}

// A ledger that ran twice, and a copy of its directory of the day before.
struct Given {
    Stage stage;
    fs::path data{stage.data()};
    fs::path whole{stage.workspace().file("whole")};
    fs::path yesterday{stage.workspace().file("yesterday")};

    Given() {
        stage.open_accounts(2);
        place_orders(1, 40);
        fs::copy(data, yesterday, fs::copy_options::recursive);
        stage.ledger().start();
        place_orders(41, 80);
        fs::copy(data, whole, fs::copy_options::recursive);
    }

    void place_orders(int first, int last) {
        HttpClient client = stage.admin();
        for (int i = first; i <= last; ++i) {
            const std::string id = "\"A-" + std::to_string(i) + "\"";
            REQUIRE(client.post(webhook, webhook_body({{"order_id", id}})).status == 200);
        }
        stage.await_quiescence();
        REQUIRE(stage.ledger().stop() == clean);
    }

    void restore() const {
        fs::remove_all(data);
        fs::copy(whole, data, fs::copy_options::recursive);
    }

    // What `serve` says until it ends by itself.
    [[nodiscard]] Exit start() {
        try {
            stage.ledger().start();
        } catch (const std::runtime_error&) {
            return stage.ledger().wait();
        }
        return stage.ledger().ends_within(patience) ? stage.ledger().wait() : Exit{};
    }

    // `change` is made twice: verifying changes nothing, but starting might.
    void check_told(const std::string& what, const std::function<void()>& change,
                    const std::string& names) {
        INFO(what);
        restore();
        change();
        const Finished verified = stage.cli({"audit", "verify"});
        INFO(verified.output << verified.error);
        CHECK(verified.exit == tampered);
        CHECK((verified.output + verified.error).find(names) != std::string::npos);
        const std::size_t said = stage.ledger().told().size();
        CHECK(start() == tampered);
        const std::string told = stage.ledger().told().substr(said);
        INFO(told);
        CHECK(told.find(names) != std::string::npos);
    }
};

}  // namespace

TEST_CASE("a changed file is told of by `audit verify` and by `serve`", "[processes]") {
    Given given;
    REQUIRE(given.stage.cli({"audit", "verify"}).exit == clean);
    const auto flipped = [&](const std::string& file, const std::string& names) {
        given.check_told(
            file, [&] { flip(given.data / file); }, names);
    };
    const auto tables = files_in(given.whole / "log", ".sst");
    REQUIRE(tables.size() >= 3);
    for (const std::string& table : tables) flipped("log/" + table, table);
    flipped("log/" + files_in(given.whole / "log", "MANIFEST").front(), "MANIFEST");
    flipped("log/CURRENT", "CURRENT");
    flipped("tree", "tree");
    flipped("checkpoint", "checkpoint");
    flipped("snapshots/" + files_in(given.whole / "snapshots", ".snapshot").back(), ".snapshot");
}

TEST_CASE("files of another day are told of by `audit verify` and by `serve`", "[processes]") {
    Given given;
    const auto put_back = [&](const std::string& name) {
        fs::remove_all(given.data / name);
        fs::copy(given.yesterday / name, given.data / name, fs::copy_options::recursive);
    };
    given.check_told(
        "the log alone", [&] { put_back("log"); }, "head record");
    given.check_told(
        "the log and its head",
        [&] {
            put_back("log");
            put_back("head");
        },
        "the log has only");
}

}  // namespace processes::tampering_test
