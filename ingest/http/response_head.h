// The bytes in front of a response's body: status line and header fields (RFC 9112).
#pragma once

#include "ingest/http/response.h"

#include <string>
#include <string_view>

namespace ingest::http {

struct Framing {
    bool http_1_0 = false;  // the request's version
    bool close = false;     // the connection ends with this response
    std::string_view request_id;
};

// Appends the head, the empty line included, to `out`. Control characters in a handler's fields
// become blanks, so that input echoed in a field cannot start another one.
void append_response_head(std::string& out, const Response& response, const Framing& framing);

// 1xx, 204 and 304 have neither body nor content-length (RFC 9110 6.4.1, 8.6).
[[nodiscard]] bool status_allows_body(int status);

}  // namespace ingest::http
