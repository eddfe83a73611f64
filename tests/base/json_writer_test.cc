#include "ledger/text/json_writer.h"

#include "ledger/text/json_value.h"

#include <limits>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace json_writer_test {

namespace {

using ledger::text::JsonWriter;
using ledger::text::parse_json;

std::string written(std::string_view text) {
    std::string out;
    JsonWriter{out}.string(text);
    return out;
}

}  // namespace

TEST_CASE("members and items are separated, names and values paired", "[base]") {
    std::string out = "data: ";
    JsonWriter json{out};
    json.begin_object();
    json.member("symbol", "INFY");
    json.member_number("count", -3);
    json.member_integer("seq", std::numeric_limits<std::int64_t>::min());
    json.member_boolean("live", true);
    json.key("price"), json.number_text("1405.05");
    json.key("parent"), json.null();
    json.key("legs"), json.begin_array();
    json.number(1), json.boolean(false), json.string("x"), json.null();
    json.begin_object(), json.end_object();
    json.begin_array(), json.end_array();
    json.end_array();
    json.member("last", "");
    json.end_object();
    CHECK(out == R"(data: {"symbol":"INFY","count":-3,"seq":"-9223372036854775808","live":true,)"
                 R"("price":1405.05,"parent":null,"legs":[1,false,"x",null,{},[]],"last":""})");
}

TEST_CASE("the extreme 64-bit numbers are written whole", "[base]") {
    std::string out;
    JsonWriter json{out};
    json.begin_array();
    json.number(std::numeric_limits<std::int64_t>::min());
    json.number(std::numeric_limits<std::int64_t>::max());
    json.end_array();
    CHECK(out == "[-9223372036854775808,9223372036854775807]");
}

TEST_CASE("values on the top level follow one another without a separator", "[base]") {
    std::string out;
    JsonWriter json{out};
    json.begin_object(), json.end_object();
    out += '\n';
    json.string("next");
    CHECK(out == "{}\n\"next\"");
}

TEST_CASE("quotes, backslashes and control characters are escaped", "[base]") {
    CHECK(written("a\"b\\c/d") == R"("a\"b\\c/d")");
    CHECK(written("\b\f\n\r\t") == R"("\b\f\n\r\t")");
    CHECK(written(std::string_view{"\0\x01\x1F\x7F", 4}) == "\"\\u0000\\u0001\\u001f\x7F\"");
    std::string out;
    JsonWriter json{out};
    json.begin_object();
    json.member("na\"me\n", "");
    json.end_object();
    CHECK(out == R"({"na\"me\n":""})");
}

TEST_CASE("valid UTF-8 is kept as it is", "[base]") {
    for (const std::string text :
         {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xE2\x82\xB9", "\xED\x9F\xBF", "\xEE\x80\x80",
          "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF0\x9F\x93\x88", "\xF4\x8F\xBF\xBF"}) {
        CHECK(written(text) == '"' + text + '"');
    }
}

TEST_CASE("each byte of invalid UTF-8 becomes one replacement character", "[base]") {
    const std::string bad = "\xEF\xBF\xBD";
    CHECK(written("a\x80z") == "\"a" + bad + "z\"");
    CHECK(written("\xFF") == '"' + bad + '"');
    CHECK(written("\xC0\xAF") == '"' + bad + bad + '"');
    CHECK(written("\xE0\x9F\xBF") == '"' + bad + bad + bad + '"');
    CHECK(written("\xED\xA0\x80") == '"' + bad + bad + bad + '"');
    CHECK(written("\xF0\x8F\xBF\xBF") == '"' + bad + bad + bad + bad + '"');
    CHECK(written("\xF4\x90\x80\x80") == '"' + bad + bad + bad + bad + '"');
    CHECK(written("\xF5\x80\x80\x80") == '"' + bad + bad + bad + bad + '"');
    CHECK(written("\xE2\x82") == '"' + bad + bad + '"');
    CHECK(written("\xE2\x82\"") == '"' + bad + bad + "\\\"\"");
    CHECK(written("\xE2\xE2\x82\xB9") == '"' + bad + "\xE2\x82\xB9\"");
}

TEST_CASE("any bytes make a string the strict reader accepts", "[base]") {
    rc::prop("and keeps unchanged where it holds no replacement", [] {
        const auto leads = rc::gen::element('\xC2', '\xE0', '\xE2', '\xED', '\xF0', '\xF4');
        const auto text = *rc::gen::container<std::string>(
            rc::gen::oneOf(rc::gen::arbitrary<char>(), leads, rc::gen::inRange('\x80', '\xFF')));
        const auto parsed = parse_json(written(text));
        RC_ASSERT(parsed.has_value());
        if (parsed.value().text().find("\xEF\xBF\xBD") == std::string::npos) {
            RC_ASSERT(parsed.value().text() == text);
        }
    });
}

}  // namespace json_writer_test
