#include "ledger/text/json_value.h"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace json_value_test {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::text::JsonLimits;
using ledger::text::JsonValue;
using ledger::text::parse_json;
using Kind = JsonValue::Kind;

JsonValue parsed(const std::string& text, const JsonLimits& limits = {}) {
    INFO(text.substr(0, 200));
    auto result = parse_json(text, limits);
    if (result.has_error()) INFO(result.error().detail);
    REQUIRE(result.has_value());
    return std::move(result).value();
}

Error refusal(const std::string& text, const JsonLimits& limits = {}) {
    INFO(text.substr(0, 200));
    const auto result = parse_json(text, limits);
    REQUIRE(result.has_error());
    CHECK(result.error().code == Errc::invalid_input);
    CHECK_FALSE(result.error().detail.empty());
    return result.error();
}

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

// "[[[...]]]" of that many arrays.
std::string nested_arrays(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

// {"m0":0,"m1":0,...} with `last` as the last name.
std::string object_of(std::size_t count, const std::string& last) {
    std::string text = "{";
    for (std::size_t i = 0; i + 1 < count; ++i) text += "\"m" + std::to_string(i) + "\":0,";
    return text + "\"" + last + "\":0}";
}

}  // namespace

TEST_CASE("a document becomes a tree in its own order", "[base]") {
    const auto order = parsed(R"( {"b":[1,"two",null,{"c":true}],"a":false,"":{}} )");
    REQUIRE(order.is(Kind::object));
    REQUIRE(order.members().size() == 3);
    CHECK(order.members()[0].first == "b");
    CHECK(order.members()[1].first == "a");
    CHECK(order.members()[2].first.empty());

    const auto& items = order.find("b")->items();
    REQUIRE(items.size() == 4);
    CHECK(items[0] == JsonValue::make_number("1"));
    CHECK(items[1] == JsonValue::make_string("two"));
    CHECK(items[2] == JsonValue::make_null());
    CHECK(items[3].find("c")->boolean());
    CHECK_FALSE(order.find("a")->boolean());
    CHECK(order.find("")->members().empty());
}

TEST_CASE("a member that is not there is not found", "[base]") {
    CHECK(parsed(R"({"a":1})").find("A") == nullptr);
    CHECK(parsed("[1]").find("a") == nullptr);
    CHECK(parsed("null").find("") == nullptr);
}

TEST_CASE("a document may be a single value", "[base]") {
    CHECK(parsed("null").is(Kind::null));
    CHECK(parsed(" true ").boolean());
    CHECK(parsed("\t\"\"\r\n").text().empty());
    CHECK(parsed("7").text() == "7");
    CHECK(parsed("[]").items().empty());
}

TEST_CASE("a number stays the text it was", "[base]") {
    for (const std::string text :
         {"0", "-0", "1405.05", "1405.050", "-1405.05", "1100000000000000001",
          "9223372036854775807", "9223372036854775808", "-9223372036854775809",
          "18446744073709551616", "123456789012345678901234567890.123456789012345678901234567890",
          "0.1", "1e5", "1E+05", "-2.50e-10", "1e400", "1e-400", "0.0"}) {
        INFO(text);
        CHECK(parsed(text) == JsonValue::make_number(text));
        CHECK(parsed("[" + text + "]").items().at(0).text() == text);
        CHECK(parsed("{\"px\": " + text + " }").find("px")->text() == text);
    }
    const std::string long_number(10'000, '7');
    CHECK(parsed("[" + long_number + ",1]").items().at(0).text() == long_number);
}

TEST_CASE("an exponent beyond 32 bits is refused", "[base]") {
    CHECK(parsed("[1e2000000000]").items().at(0).text() == "1e2000000000");
    CHECK(parsed("[1e-2000000000]").items().at(0).text() == "1e-2000000000");
    refusal("[1e99999999999]");
    refusal("[1e-99999999999]");
}

TEST_CASE("a string is unescaped", "[base]") {
    CHECK(parsed(R"("\"\\\/\b\f\n\r\t")").text() == "\"\\/\b\f\n\r\t");
    CHECK(parsed(R"("\u20b9\u00E9A")").text() ==
          "\xE2\x82\xB9\xC3\xA9"
          "A");
    CHECK(parsed(R"("\ud83d\udcc8")").text() == "\xF0\x9F\x93\x88");
    CHECK(parsed(R"("a\u0000b")").text() == std::string{"a\0b", 3});
    CHECK(parsed("\"\xE2\x82\xB9\"").text() == "\xE2\x82\xB9");
}

TEST_CASE("a long string is whole however it is escaped", "[base]") {
    const auto plain = repeated("0123456789", 2'000);
    CHECK(parsed('"' + plain + '"').text() == plain);
    CHECK(parsed('"' + repeated("0123456789\\n", 2'000) + '"').text() ==
          repeated("0123456789\n", 2'000));
    const auto members =
        parsed("{\"" + repeated("k\\t", 5'000) + "\":\"" + plain + "\"}").members();
    CHECK(members.at(0).first == repeated("k\t", 5'000));
    CHECK(members.at(0).second.text() == plain);
}

TEST_CASE("anything but JSON is refused", "[base]") {
    for (const std::string text : {"",
                                   " ",
                                   "{",
                                   "}",
                                   "[",
                                   "[1",
                                   "[1,",
                                   "{\"a\"",
                                   "{\"a\":",
                                   "{\"a\":1",
                                   "{\"a\":1,",
                                   "\"a",
                                   "nul",
                                   "tru",
                                   "True",
                                   "NULL",
                                   "undefined",
                                   "[1,]",
                                   "[,1]",
                                   "[1 2]",
                                   "{\"a\":1,}",
                                   "{,}",
                                   "{a:1}",
                                   "{'a':1}",
                                   "{1:1}",
                                   "{\"a\" 1}",
                                   R"({"a":1 "b":2})",
                                   "// c\n1",
                                   "/* c */ 1",
                                   "[1]//",
                                   "#",
                                   "NaN",
                                   "Infinity",
                                   "-Infinity",
                                   "-",
                                   "+1",
                                   "01",
                                   "-01",
                                   ".5",
                                   "1.",
                                   "1.e1",
                                   "1e",
                                   "1e+",
                                   "0x10",
                                   "1_000",
                                   "\"\t\"",
                                   "\"\n\"",
                                   R"("\x41")",
                                   R"("\'")",
                                   R"("\u12")",
                                   R"("\u12G4")",
                                   "\"\\",
                                   "\xEF\xBB\xBF{}"}) {
        refusal(text);
    }
    refusal(std::string{"\"a\0b\"", 5});
    refusal(std::string{"1\0", 2});
}

TEST_CASE("bytes after the value are refused", "[base]") {
    for (const std::string text : {"1 2", "{}{}", "[] x", "null,", "true]", R"("a""b")", "1\n2"}) {
        refusal(text);
    }
    CHECK(parsed("{} \r\n\t").is(Kind::object));
    CHECK(refusal("[1] x").detail.find("at byte 4") != std::string::npos);
}

TEST_CASE("an incomplete document is refused wherever it ends", "[base]") {
    const std::string whole =
        R"({"id":"1100000000000000001","px":1405.05,"qty":-1e2,"ok":true,"no":[null,"\u20b9",{}]})";
    for (std::size_t length = 0; length < whole.size(); ++length) refusal(whole.substr(0, length));
    CHECK(parsed(whole).members().size() == 5);
}

TEST_CASE("invalid UTF-8 is refused in values and names", "[base]") {
    for (const std::string text :
         {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3(", "\xE2\x82", "\xE2(\xA1",
          "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
        refusal('"' + text + '"');
        refusal("\"0123456789abcdef" + text + "0123456789abcdef\"");
        refusal("\"\\n" + text + '"');
        refusal("{\"" + text + "\":1}");
    }
}

TEST_CASE("half a surrogate pair is refused", "[base]") {
    for (const std::string text : {R"("\ud800")", R"("\udc00")", R"("\ud83dx")", R"("\ud83d\n")",
                                   R"("\ud83d\ud83d")", R"("\udcc8\ud83d")"}) {
        refusal(text);
    }
}

TEST_CASE("a name repeated within one object is refused and named", "[base]") {
    CHECK(refusal(R"({"qty":1,"px":2,"qty":1})").field == "qty");
    CHECK(refusal(R"({"orders":[{"id":1},{"id":2,"id":2}]})").field == "id");
    CHECK(refusal(R"({"id":1,"\u0069d":2})").field == "id");
    CHECK(refusal(R"({"":1,"":2})").field.empty());
    CHECK(parsed(R"({"id":1,"Id":2,"in":{"id":3},"of":[{"id":4},{"id":5}]})").members().size() ==
          4);
}

TEST_CASE("a repeated name is found in objects of every size", "[base]") {
    for (std::size_t count = 2; count < 40; ++count) {
        CHECK(refusal(object_of(count, "m0")).field == "m0");
        CHECK(refusal(object_of(count, "m" + std::to_string(count - 2))).field ==
              "m" + std::to_string(count - 2));
        CHECK(parsed(object_of(count, "last")).members().size() == count);
    }
}

TEST_CASE("nesting is bounded", "[base]") {
    CHECK(parsed(nested_arrays(32)).is(Kind::array));
    refusal(nested_arrays(33));
    refusal(nested_arrays(500'000));
    CHECK(parsed(repeated("{\"a\":[", 16) + repeated("]}", 16)).is(Kind::object));
    refusal(repeated("{\"a\":[", 16) + "{}" + repeated("]}", 16));
    CHECK(parsed("[[],[],[]]", {.depth_max = 2}).items().size() == 3);
    refusal("[[],[[]]]", {.depth_max = 2});
    CHECK(parsed("1", {.depth_max = 0}).text() == "1");
    refusal("[]", {.depth_max = 0});
}

TEST_CASE("the size is bounded", "[base]") {
    const JsonLimits limits;
    const auto longest = '"' + std::string(limits.bytes_max - 2, 'x') + '"';
    CHECK(longest.size() == 1 << 20);
    CHECK(parsed(longest).text().size() == limits.bytes_max - 2);
    refusal(longest + ' ');
    CHECK(parsed("[1]", {.bytes_max = 3}).items().size() == 1);
    refusal("[12]", {.bytes_max = 3});
}

TEST_CASE("the number of values is bounded, containers included", "[base]") {
    CHECK(parsed(R"([1,{"a":null},"s"])", {.values_max = 5}).items().size() == 3);
    CHECK(refusal(R"([1,{"a":null},"s"])", {.values_max = 4}).detail == "more than 4 values");
    CHECK(refusal("[[],[],{}]", {.values_max = 3}).detail == "more than 3 values");
    const auto most = "[" + repeated("0,", 99'998) + "0]";
    CHECK(parsed(most).items().size() == 99'999);
    refusal("[" + repeated("0,", 99'999) + "0]");
}

}  // namespace json_value_test
