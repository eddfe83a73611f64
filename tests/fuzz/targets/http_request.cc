// The bytes that a client sends on one connection. However the network splits them, they are the
// same requests, and no request gets a line of its own into an answer.
#include "ingest/http/request_reader.h"
#include "ingest/http/response_head.h"
#include "ingest/http/router.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace fuzz {

namespace {

using namespace ingest::http;
using Progress = RequestReader::Progress;

// Small, so that short inputs reach them.
constexpr ReaderLimits limits{.header_bytes_max = 512, .body_bytes_max = 256};

Router make_router() {
    const Handler handler = [](Request&) -> asio::awaitable<Response> { co_return Response{}; };
    Router router;
    router.add("GET", "/", handler);
    router.add("POST", "/api/webhooks/blaze/order", handler);
    router.add("POST", "/api/trades", handler);
    router.add("GET", "/api/trades/{id}/events", handler);
    router.add("GET", "/api/trades/recent/events", handler);
    router.add("PUT", "/api/masters/{master}/followers/{follower}", handler);
    router.add("DELETE", "/api/masters/{master}/followers/{follower}", handler);
    return router;
}

std::string text_of(const Request& request) {
    std::string text = request.method + '\n' + request.path + '\n' + request.body;
    for (const std::string& segment : request.segments) text += '\n' + segment;
    for (const auto& [name, value] : request.query) text += '\n' + name + '=' + value;
    for (const char* name : {"host", "authorization", "content-type", "idempotency-key"}) {
        text += '\n' + std::string{request.headers.find(name).value_or("-")};
    }
    return text;
}

void check_route(Request& request) {
    static const Router router = make_router();
    const Router::Match match = router.match(request);
    if (match.handler == nullptr) {
        law(request.route.empty() && request.path_params.empty(), "no route has no parameters");
        return;
    }
    law(match.allow.empty() && !request.route.empty(), "a route that matches is named");
    for (const auto& [name, value] : request.path_params) {
        law(!name.empty() && !value.empty(), "a parameter of the path has a name and a value");
    }
}

// What the client chose stands in header fields of the answer.
void check_answer(const Request& request) {
    Response answer{400, request.path, request.body};
    answer.headers.emplace_back("location", request.path);
    for (const auto& [name, value] : request.query) answer.headers.emplace_back(name, value);
    std::string head;
    append_response_head(head, answer, Framing{.request_id = request.path});
    const auto lines = static_cast<std::size_t>(std::ranges::count(head, '\n'));
    const std::size_t own = answer.content_type.empty() ? 4 : 5;
    law(lines == own + answer.headers.size(), "an answer has the fields that it was given");
    law(head.find("\r\n\r\n") == head.size() - 4, "an answer's head has one end");
}

void check_request(Request& request) {
    law(request.body.size() <= limits.body_bytes_max, "a body is within its bound");
    law(request.path.find('\0') == std::string::npos, "no path holds a NUL");
    law(!request.method.empty() && !request.path.empty(), "a request has a method and a path");
    check_route(request);
    check_answer(request);
}

// How the network hands the bytes over: in pieces of these sizes, again and again.
struct Network {
    Input bytes;
    std::vector<std::size_t> pieces;
    std::size_t next_piece = 0;

    void feed(RequestReader& reader) {
        const auto space = reader.space();
        const std::size_t piece = pieces[next_piece++ % pieces.size()];
        const std::size_t size = std::min({space.size(), bytes.size(), piece});
        std::copy_n(bytes.begin(), size, space.begin());
        reader.commit(size);
        bytes.remove_prefix(size);
    }
};

// The requests that a session makes of it. When a bad one is refused, and as which of its faults,
// may depend on how much of it Beast sees at once.
std::vector<std::string> converse(Network network) {
    RequestReader reader(limits);
    Request request;
    std::vector<std::string> heard;
    while (true) {
        const Progress progress = reader.advance(request);
        if (progress == Progress::refused) {
            const int status = reader.refusal().status;
            law(status >= 400 && status < 600, "a refusal is an error");
            return heard;
        }
        if (progress == Progress::complete) {
            check_request(request);
            heard.push_back(text_of(request));
            if (!reader.keep_alive()) return heard;
            continue;
        }
        if (network.bytes.empty()) return heard;
        network.feed(reader);
    }
}

}  // namespace

void http_request(Input input) {
    const auto whole = converse({input, {input.size() + 1}});
    law(converse({input, {1}}) == whole, "byte by byte they are the same requests");
    law(converse({input, {3, 1, 7, 2}}) == whole, "in pieces they are the same requests");
}

}  // namespace fuzz
