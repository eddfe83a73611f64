// HTTP requests, and the three ways in which one can end. Headers and bodies hold secrets: none of
// them is ever copied into a cause (I14).
#pragma once

#include "executors/http/base_url.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace executors {

enum class HttpMethod { get, post, put, delete_ };

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    HttpMethod method = HttpMethod::get;
    std::string target;  // origin form: path and query
    std::vector<HttpHeader> headers;
    std::string body;                         // JSON or whatever `headers` say; its length is added
    std::chrono::milliseconds timeout{7000};  // for everything: waiting, connecting, answering
};

struct HttpResponse {
    unsigned status = 0;
    std::vector<HttpHeader> headers;
    std::string body;
};

// Not one byte of the request left: the server cannot have acted on it.
struct NotSent {
    std::string cause;
};

// Some or all of the request may have left and no whole answer came: the server may have acted.
struct Unanswered {
    std::string cause;
};

using HttpResult = std::variant<HttpResponse, NotSent, Unanswered>;

// The bytes of the request. Nothing where the target or a header holds a character that would end
// its line, which is how a foreign value would smuggle in a second request.
[[nodiscard]] std::optional<std::string> request_text(const BaseUrl& base,
                                                      const HttpRequest& request);

}  // namespace executors
