#include "ingest/http/response.h"
#include "ingest/http/response_head.h"
#include "ledger/text/json_value.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::http::http_response_test {

namespace {

std::string head_of(const Response& response, const Framing& framing) {
    std::string head;
    append_response_head(head, response, framing);
    return head;
}

}  // namespace

TEST_CASE("a problem is a JSON document with the request's id", "[ingest]") {
    Response response = problem(422, "Unprocessable", "quantity \"x\" is no number", "quantity");
    response.problem->members.emplace_back("limit", "100");
    CHECK(response.content_type == "application/problem+json");
    const auto document = ledger::text::parse_json(problem_text(response, "req-7"));
    REQUIRE(document);
    CHECK(document.value().find("type")->text() == "about:blank");
    CHECK(document.value().find("title")->text() == "Unprocessable");
    CHECK(document.value().find("status")->text() == "422");
    CHECK(document.value().find("detail")->text() == "quantity \"x\" is no number");
    CHECK(document.value().find("field")->text() == "quantity");
    CHECK(document.value().find("limit")->text() == "100");
    CHECK(document.value().find("request_id")->text() == "req-7");
}

TEST_CASE("a problem without a field names none", "[ingest]") {
    const auto text = problem_text(problem(404, "Not Found", "No such order."), "req-1");
    CHECK(ledger::text::parse_json(text).value().find("field") == nullptr);
}

TEST_CASE("a response's head has its length, type and request id", "[ingest]") {
    CHECK(head_of(json_response(200, "{}"), {false, false, "req-1"}) ==
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n"
          "x-request-id: req-1\r\n\r\n");
}

TEST_CASE("the head says how the connection goes on", "[ingest]") {
    const Response response(204, {}, {});
    CHECK(head_of(response, {false, true, "r"}) ==
          "HTTP/1.1 204 No Content\r\nx-request-id: r\r\nconnection: close\r\n\r\n");
    CHECK(head_of(response, {true, false, "r"}) ==
          "HTTP/1.1 204 No Content\r\nx-request-id: r\r\nconnection: keep-alive\r\n\r\n");
}

TEST_CASE("input repeated in a field cannot begin another field", "[ingest]") {
    Response response(204, {}, {});
    response.headers.emplace_back("location", "/x\r\nset-cookie: a=b");
    CHECK(head_of(response, {false, false, "r"}) ==
          "HTTP/1.1 204 No Content\r\nx-request-id: r\r\nlocation: /x  set-cookie: a=b\r\n\r\n");
}

}  // namespace ingest::http::http_response_test
