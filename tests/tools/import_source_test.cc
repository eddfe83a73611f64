#include "tools/import/import_source.h"

#include "tests/tools/tool_fixture.h"

#include <fstream>
#include <iterator>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::test::import_source_test {

namespace {

using Bodies = std::vector<std::string>;

constexpr std::string_view two_orders =
    "34200.5,1,7,10,1000000,1\n"
    "34200.6,5,0,10,1000000,1\n"
    "34200.7,1,8,20,1000000,-1\n";

ImportOptions options_of(const std::string& file) {
    ImportOptions options;
    options.file = file;
    options.account = "M1";
    return options;
}

// All bodies of a file, or the first error.
ledger::Result<Bodies> read_all(const ImportOptions& options) {
    BOOST_OUTCOME_TRY(const auto source, ImportSource::open(options));
    Bodies bodies;
    while (true) {
        BOOST_OUTCOME_TRY(auto body, source->next());
        if (!body) return bodies;
        bodies.push_back(*std::move(body));
    }
}

Bodies bodies_of(const ImportOptions& options) {
    auto bodies = read_all(options);
    if (!bodies) FAIL(bodies.error().field << " " << bodies.error().detail);
    return std::move(bodies).value();
}

ledger::Error error_of(const ImportOptions& options) {
    const auto bodies = read_all(options);
    REQUIRE_FALSE(bodies.has_value());
    return bodies.error();
}

}  // namespace

TEST_CASE("a compressed file reads as the plain one does", "[tools]") {
    const TemporaryDirectory directory;
    const auto plain = directory.file("lobster_2012-06-21.csv", two_orders);
    const auto compressed = directory.gzip_file("lobster_2012-06-21.csv.gz", two_orders);
    const Bodies bodies = bodies_of(options_of(plain));
    REQUIRE(bodies.size() == 2);
    CHECK(member(bodies[0], "order_id") == "7");
    CHECK(member(bodies[1], "order_id") == "8");
    CHECK(member(bodies[1], "sequence") == "3");
    CHECK(bodies_of(options_of(compressed)) == bodies);
}

TEST_CASE("line ends of Windows, empty lines and a missing last line end are all the same",
          "[tools]") {
    const TemporaryDirectory directory;
    const auto file = directory.file("lobster_2012-06-21.csv",
                                     "34200.5,1,7,10,1000000,1\r\n\r\n\n34200.7,1,8,20,1000000,-1");
    const Bodies bodies = bodies_of(options_of(file));
    REQUIRE(bodies.size() == 2);
    CHECK(member(bodies[1], "sequence") == "4");
}

TEST_CASE("the date of a LOBSTER file is the one in its name unless another is given", "[tools]") {
    const TemporaryDirectory directory;
    ImportOptions options = options_of(directory.file("AAPL_2012-06-21_lobster.csv", two_orders));
    CHECK(member(bodies_of(options).front(), "event_time") == "2012-06-21T13:30:00.500000000Z");
    options.date = "2013-07-01";
    CHECK(member(bodies_of(options).front(), "event_time") == "2013-07-01T13:30:00.500000000Z");

    ImportOptions nameless = options_of(directory.file("lobster_2012-6-21.csv", two_orders));
    CHECK(error_of(nameless).field == "date");
    nameless.date = "2012-06-21";
    CHECK(bodies_of(nameless).size() == 2);
}

TEST_CASE("an import reads no more lines than it is told to", "[tools]") {
    const TemporaryDirectory directory;
    ImportOptions options = options_of(directory.file("lobster_2012-06-21.csv", two_orders));
    const std::vector<std::size_t> bodies_by_lines{0, 1, 1, 2, 2};
    for (std::size_t lines = 0; lines < bodies_by_lines.size(); ++lines) {
        options.lines_max = lines;
        CHECK(bodies_of(options).size() == bodies_by_lines[lines]);
    }
}

TEST_CASE("each line of a jsonl file is a body as it stands", "[tools]") {
    const TemporaryDirectory directory;
    const std::string first = R"({"event_type": "order_placed", "quantity": 1.50})";
    const auto file = directory.gzip_file("events.jsonl.gz", first + "\n\n{}\n");
    CHECK(bodies_of(options_of(file)) == Bodies{first, "{}"});
}

TEST_CASE("a line of a jsonl file that is no object is refused by its number", "[tools]") {
    const TemporaryDirectory directory;
    const std::string nul{"{}\n\0{}\n", 7};
    for (const std::string& bytes :
         {std::string{"{}\n[1]\n"}, std::string{"{}\n{\"a\":1"}, std::string{"{}\n{} {}\n"}, nul}) {
        const auto error = error_of(options_of(directory.file("events.jsonl", bytes)));
        CHECK(error.code == ledger::Errc::invalid_input);
        CHECK(error.field == "line 2");
    }
}

TEST_CASE("a line longer than a request may be is refused before it is held", "[tools]") {
    constexpr std::size_t line_bytes_max = 1 << 20;
    const TemporaryDirectory directory;
    const std::string blanks(line_bytes_max - 2, ' ');
    CHECK(bodies_of(options_of(directory.file("whole.jsonl", "{" + blanks + "}\n"))).size() == 1);
    const auto file = directory.gzip_file("long.jsonl.gz", "{}\n{ " + blanks + "}\n");
    CHECK(error_of(options_of(file)).field == "line 2");
}

TEST_CASE("a compressed file that was cut off or damaged is not taken for its end", "[tools]") {
    const TemporaryDirectory directory;
    std::string lines;
    for (int i = 0; i < 5000; ++i) lines += "{\"order\":" + std::to_string(i * 7919 % 5003) + "}\n";
    std::ifstream stream{directory.gzip_file("whole.jsonl.gz", lines), std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{stream}, {}};

    const auto cut = directory.file("cut.jsonl.gz", bytes.substr(0, bytes.size() / 2));
    CHECK(error_of(options_of(cut)).code == ledger::Errc::unavailable);
    bytes[bytes.size() - 6] ^= 0x10;  // within the checksum at the end
    const auto damaged = directory.file("damaged.jsonl.gz", bytes);
    CHECK(error_of(options_of(damaged)).code == ledger::Errc::unavailable);
}

TEST_CASE("the format is the one that is named, else the one of the file's name", "[tools]") {
    const TemporaryDirectory directory;
    ImportOptions options = options_of(directory.file("events.txt", "{}\n"));
    CHECK(error_of(options).field == "format");
    options.format = "jsonl";
    CHECK(bodies_of(options) == Bodies{"{}"});
    options.format = "csv";
    CHECK(error_of(options).field == "format");
}

TEST_CASE("a file that is not there, or is a directory, cannot be opened", "[tools]") {
    const TemporaryDirectory directory;
    for (const std::string& path : {directory.path() + "/lobster.csv", directory.path()}) {
        ImportOptions options = options_of(path);
        options.format = "jsonl";
        CHECK(error_of(options).code == ledger::Errc::unavailable);
    }
}

TEST_CASE("how far an import has come goes from nothing to the whole file", "[tools]") {
    const TemporaryDirectory directory;
    const auto source =
        ImportSource::open(options_of(directory.file("lobster_2012-06-21.csv", two_orders)));
    REQUIRE(source.has_value());
    CHECK(source.value()->bytes_total() == two_orders.size());
    CHECK(source.value()->bytes_done() == 0);
    while (source.value()->next().value()) {
    }
    CHECK(source.value()->bytes_done() == two_orders.size());
}

}  // namespace tools::test::import_source_test
