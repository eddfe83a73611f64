// The request line's target taken apart: path, segments and query, percent-decoded.
#pragma once

#include "ingest/http/request.h"

#include <string_view>

namespace ingest::http {

// Fills path, segments and query from "/a/b?c=d" or "http://host/a/b?c=d". False, with the request
// half filled, when the target is neither (RFC 9112 3.2.1 and 3.2.2) or holds an encoded NUL.
[[nodiscard]] bool read_request_target(std::string_view target, Request& request);

}  // namespace ingest::http
