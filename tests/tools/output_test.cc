#include "tools/output.h"

#include <cstdlib>
#include <vector>

#include <catch2/catch.hpp>

namespace tools::output_test {

namespace {

using projections::Row;

// What is printed of the rows.
std::string printed(OutputFormat format, const std::vector<Row>& rows) {
    char* bytes = nullptr;
    std::size_t size = 0;
    std::FILE* out = ::open_memstream(&bytes, &size);
    REQUIRE(out != nullptr);
    const auto printer = RowPrinter::make(format, out);
    for (const Row& row : rows) printer->print(row);
    printer->finish();
    std::fclose(out);
    std::string text{bytes, size};
    std::free(bytes);
    return text;
}

Row row_of(const std::string& name, std::int64_t value) {
    Row row;
    row.text("name", name).integer("value", value).count("times", 2).boolean("done", true);
    return row;
}

Row texts(const std::string& first, const std::string& second) {
    Row row;
    row.text("first", first).text("second", second);
    return row;
}

std::string csv_line(const std::string& field) {
    Row row;
    row.text("f", field);
    const std::string text = printed(OutputFormat::csv, {row});
    REQUIRE(text.starts_with("f\r\n"));
    return text.substr(3);
}

}  // namespace

TEST_CASE("output formats are known by their names", "[tools]") {
    CHECK(parse_output_format("table") == OutputFormat::table);
    CHECK(parse_output_format("json") == OutputFormat::json);
    CHECK(parse_output_format("jsonl") == OutputFormat::jsonl);
    CHECK(parse_output_format("csv") == OutputFormat::csv);
    CHECK_FALSE(parse_output_format("CSV").has_value());
    CHECK_FALSE(parse_output_format("").has_value());
}

TEST_CASE("jsonl is an object a line, 64-bit integers as strings and counts as numbers",
          "[tools]") {
    CHECK(printed(OutputFormat::jsonl,
                  {row_of("a \"b\"\n", 9'007'199'254'740'993), row_of("\x01", -1)}) ==
          R"({"name":"a \"b\"\n","value":"9007199254740993","times":2,"done":true})"
          "\n"
          R"({"name":"\u0001","value":"-1","times":2,"done":true})"
          "\n");
    CHECK(printed(OutputFormat::jsonl, {}).empty());
}

TEST_CASE("json is one array of the same objects", "[tools]") {
    CHECK(printed(OutputFormat::json, {}) == "[]\n");
    CHECK(printed(OutputFormat::json, {row_of("a", 1)}) ==
          "[\n{\"name\":\"a\",\"value\":\"1\",\"times\":2,\"done\":true}\n]\n");
    CHECK(printed(OutputFormat::json, {texts("a", "b"), texts("c", "d")}) ==
          "[\n{\"first\":\"a\",\"second\":\"b\"},\n{\"first\":\"c\",\"second\":\"d\"}\n]\n");
}

TEST_CASE("csv quotes as RFC 4180 says", "[tools]") {
    CHECK(csv_line("plain") == "plain\r\n");
    CHECK(csv_line("with space") == "with space\r\n");
    CHECK(csv_line("a,b") == "\"a,b\"\r\n");
    CHECK(csv_line("say \"hi\"") == "\"say \"\"hi\"\"\"\r\n");
    CHECK(csv_line("two\nlines") == "\"two\nlines\"\r\n");
    CHECK(csv_line("carriage\rreturn") == "\"carriage\rreturn\"\r\n");
    CHECK(csv_line("ends in a line\n") == "\"ends in a line\n\"\r\n");
    CHECK(csv_line("") == "\"\"\r\n");
}

TEST_CASE("csv has one header, and a new one where the columns change", "[tools]") {
    CHECK(printed(OutputFormat::csv, {texts("a", "b"), texts("", "c\n"), row_of("d", 1)}) ==
          "first,second\r\na,b\r\n\"\",\"c\n\"\r\nname,value,times,done\r\nd,1,2,true\r\n");
    CHECK(printed(OutputFormat::csv, {}).empty());
}

TEST_CASE("a table has columns as wide as their widest cell", "[tools]") {
    CHECK(printed(OutputFormat::table, {texts("a", "b"), texts("longest", "c")}) ==
          "first    second\n"
          "a        b\n"
          "longest  c\n");
}

TEST_CASE("a table of other columns stands by itself", "[tools]") {
    CHECK(printed(OutputFormat::table, {texts("a", ""), row_of("b", 1)}) ==
          "first  second\n"
          "a\n"
          "name  value  times  done\n"
          "b     1      2      true\n");
}

TEST_CASE("a table without rows says so", "[tools]") {
    CHECK(printed(OutputFormat::table, {}) == "(none)\n");
}

TEST_CASE("a long cell is clipped, but not the last one of a line", "[tools]") {
    const std::string fits(48, 'x');
    const std::string longer(60, 'y');
    CHECK(printed(OutputFormat::table, {texts(fits, longer), texts(longer, fits)}) ==
          "first" + std::string(45, ' ') + "second\n" + fits + "  " + longer + "\n" +
              std::string(45, 'y') + "...  " + fits + "\n");
}

TEST_CASE("characters beyond ASCII take one column and are never cut in two", "[tools]") {
    std::string rupees;
    for (int i = 0; i < 50; ++i) rupees += "\u20b9";
    CHECK(printed(OutputFormat::table, {texts("\u20b9", "a"), texts("four", "b")}) ==
          "first  second\n\u20b9      a\nfour   b\n");
    CHECK(printed(OutputFormat::table, {texts(rupees, "a")}) ==
          "first" + std::string(45, ' ') + "second\n" + rupees.substr(0, 135) + "...  a\n");
}

TEST_CASE("a broker's text cannot break a table's lines or steer the terminal", "[tools]") {
    CHECK(printed(OutputFormat::table, {texts("a\nb", "\x1b[2Jc\r\x7f")}) ==
          "first  second\n"
          "a?b    ?[2Jc??\n");
}

TEST_CASE("a table that is longer than the printer holds is still whole", "[tools]") {
    constexpr std::size_t rows = 2500;
    const std::string text =
        printed(OutputFormat::table, std::vector<Row>(rows, texts("cell", "other")));
    std::size_t cells = 0;
    for (std::size_t at = text.find("cell"); at != text.npos; at = text.find("cell", at + 1)) {
        ++cells;
    }
    CHECK(cells == rows);
}

}  // namespace tools::output_test
