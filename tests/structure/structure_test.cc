// The house rules that a compiler does not check: who may include whom, and what may not be used
// where determinism is promised.
#include "tests/structure/source_files.h"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using structure::Line;
using structure::lines_of_code;

namespace {

bool lies_in(const std::string& file, const std::vector<std::string>& places) {
    return std::ranges::any_of(places,
                               [&](const std::string& place) { return file.starts_with(place); });
}

// A pattern that may not stand in `where`, `except` there.
struct Ban {
    std::string name;
    std::string pattern;
    std::vector<std::string> where;
    std::vector<std::string> except;
};

std::vector<std::string> violations(const Ban& ban, const std::vector<Line>& lines) {
    const std::regex pattern{ban.pattern};
    std::vector<std::string> found;
    for (const Line& line : lines) {
        if (!lies_in(line.file, ban.where) || lies_in(line.file, ban.except)) continue;
        if (!std::regex_search(line.text, pattern)) continue;
        found.push_back(line.file + ":" + std::to_string(line.number) + ": " + ban.name);
    }
    return found;
}

const std::vector<std::string> product{"ledger/", "projections/", "ingest/", "executors/"};
const std::vector<std::string> everything{"ledger/",    "projections/", "ingest/",
                                          "executors/", "tools/",       "bench/"};
const std::vector<std::string> deterministic{"ledger/replication/", "ledger/model/",
                                             "projections/"};

// For each layer what it may not include; what it may is what is left.
const std::vector<Ban> include_bans{
    {"base knows nothing above it",
     R"(#include "(?!ledger/(base|text)/))",
     {"ledger/base/", "ledger/text/"},
     {}},
    {"proofs stand on base alone",
     R"(#include "(?!ledger/(base|text|proof)/))",
     {"ledger/proof/"},
     {}},
    {"the model stands on base alone",
     R"(#include "(?!ledger/(base|text|model)/))",
     {"ledger/model/"},
     {}},
    {"the core stands on the model alone",
     R"(#include "(?!ledger/(base|text|model|replication)/))",
     {"ledger/replication/"},
     {}},
    {"the ledger knows nothing around it",
     R"(#include "(?!ledger/|schemas/events_generated))",
     {"ledger/"},
     {}},
    {"projections stand on the ledger",
     R"(#include "(?!ledger/|projections/))",
     {"projections/"},
     {}},
    {"ingest stands on the ledger", R"(#include "(?!ledger/|ingest/))", {"ingest/"}, {}},
    {"executors stand on the ledger", R"(#include "(?!ledger/|executors/))", {"executors/"}, {}},
    {"only the composition roots name a broker",
     R"(#include "executors/brokers/)",
     {"ledger/", "projections/", "ingest/", "executors/"},
     {"executors/brokers/"}},
    {"only the codec reads the schema",
     R"(#include .*(_generated\.h|flatbuffers/))",
     everything,
     {"ledger/log/record_"}},
    {"only rocksdb_* knows RocksDB", R"(#include <rocksdb/)", everything, {"ledger/log/rocksdb_"}},
    {"CLI11 is dear: the command line alone",
     R"(#include <CLI/)",
     everything,
     {"tools/cli_options.h"}},
    {"and so is what includes it",
     R"(#include "tools/cli_options)",
     everything,
     {"tools/cli.cc", "tools/cli_"}},
    {"toml++ is dear: one file", R"(#include <toml)", everything, {"tools/settings/"}},
    {"Beast stays in .cc files and in http",
     R"(#include <boost/beast)",
     everything,
     {"ingest/http/", "executors/http/"}},
};

const std::vector<Ban> token_bans{
    {"no ambient clock",
     R"((system_clock|steady_clock|high_resolution_clock)::now)",
     product,
     // Deadlines of sockets, and the port's own implementation.
     {"ingest/http/", "executors/http/", "executors/asio_scheduler."}},
    {"no ambient time",
     R"(\b(time|gettimeofday|clock_gettime|localtime|gmtime)\s*\()",
     product,
     {}},
    {"no ambient randomness", R"(\b(random_device|mt19937|rand|srand)\b)", product, {}},
    {"no environment", R"(\bgetenv\b)", product, {}},
    {"no sleeping", R"(\b(sleep_for|sleep_until|usleep)\s*\()", {"ledger/", "projections/"}, {}},
    {"no threads", R"(std::j?thread\b)", product, {}},
    {"no locks",
     R"(std::(mutex|scoped_lock|unique_lock|lock_guard|atomic)\b)",
     {"ledger/replication/", "ledger/model/", "projections/", "executors/"},
     {}},
    {"no floating point",
     R"(\b(float|double|stod|strtod|atof)\b)",
     {"ledger/", "projections/", "executors/"},
     {}},
    {"no hash order", R"(\bunordered_\w+)", deterministic, {}},
    {"no input or output",
     R"(#include <(iostream|fstream|cstdio|spdlog/|boost/asio))",
     {"ledger/replication/", "ledger/model/"},
     {}},
    {"no owning pointers by hand", R"(\bdelete\s+[a-z_])", product, {}},
    {"no coroutine whose failure is lost", R"(\bdetached\b)", everything, {}},
    {"g++ 12 frees a braced temporary in a co_await twice",
     R"(co_await\s+[\w:.>-]+\([^()]*\b[A-Z]\w*\{)",
     {"ledger/", "ingest/", "executors/", "tools/"},
     {}},
};

void expect_none(const std::vector<Ban>& bans) {
    for (const Ban& ban : bans) {
        const auto found = violations(ban, lines_of_code());
        for (const std::string& place : found) UNSCOPED_INFO(place);
        CHECK(found.empty());
    }
}

}  // namespace

TEST_CASE("every layer includes only what lies below it", "[structure]") {
    REQUIRE(lines_of_code().size() > 1000);
    expect_none(include_bans);
}

TEST_CASE("nothing ambient leaks in where determinism is promised", "[structure]") {
    expect_none(token_bans);
}

TEST_CASE("the checks of the structure find what they are for", "[structure]") {
    const std::vector<Line> bad{
        {"ledger/replication/x.cc", 1, "#include \"ledger/log/journal.h\""},
        {"projections/x.cc", 2, "#include \"ingest/queries.h\""},
        {"ledger/replication/x.cc", 3, "const auto now = std::chrono::system_clock::now();"},
        {"executors/x.cc", 4, "double price = 0;"},
        {"projections/x.cc", 5, "std::unordered_map<int, int> rows;"},
        {"tools/x.cc", 6, "asio::co_spawn(executor, run(), asio::detached);"},
        {"executors/x.cc", 7, "co_await gateway.place(account, PlaceRequest{a, b});"},
    };
    std::size_t caught = 0;
    for (const auto* bans : {&include_bans, &token_bans}) {
        for (const Ban& ban : *bans) caught += violations(ban, bad).size();
    }
    CHECK(caught == bad.size());
}
