// What a handler answers. The server adds framing, x-request-id and the text of problems.
#pragma once

#include "ingest/http/request.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingest::http {

// An error as RFC 9457 describes it, with the type "about:blank".
struct Problem {
    std::string title;
    std::string detail;
    std::string field;                // the input field at fault, empty where there is none
    std::vector<NamedValue> members;  // further members, written as JSON strings
};

struct Response {
    // With constructors this is no aggregate: g++ 12 destroys braced aggregates in co_await twice.
    Response() = default;

    Response(int status_code, std::string type, std::string text)
        : status(status_code), content_type(std::move(type)), body(std::move(text)) {}

    int status = 200;
    std::string content_type;  // empty: the field is left out
    std::string body;
    // Not content-length, content-type, connection or x-request-id: these are the server's.
    std::vector<NamedValue> headers;
    // When set, the server writes it as the body: only the server knows the request's id.
    std::optional<Problem> problem;
    // That many bytes at the end of the message (all of it where there are fewer) are not sent, and
    // the connection is closed: a server that fails in the middle, for simulators.
    std::size_t withheld_bytes = 0;
};

// `body` is complete JSON text.
[[nodiscard]] Response json_response(int status, std::string body);

[[nodiscard]] Response problem(int status, std::string title, std::string detail,
                               std::string field = {});

// The JSON text of a response's problem; requires response.problem.
[[nodiscard]] std::string problem_text(const Response& response, std::string_view request_id);

}  // namespace ingest::http
