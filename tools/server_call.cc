#include "tools/server_call.h"

#include "executors/http/http_client.h"
#include "ledger/base/overloaded.h"
#include "ledger/text/json_value.h"

#include <chrono>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace tools {

namespace asio = boost::asio;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

constexpr std::chrono::milliseconds answer_timeout{15'000};
constexpr std::chrono::milliseconds text_timeout{5'000};

std::string text_member(const ledger::text::JsonValue& object, std::string_view name) {
    const auto* found = object.find(name);
    const bool text = found != nullptr && found->is(ledger::text::JsonValue::Kind::string);
    return text ? found->text() : std::string{};
}

Errc code_of(unsigned status) {
    switch (status) {
        case 400:
        case 413:
        case 422:
            return Errc::invalid_input;
        case 404:
            return Errc::not_found;
        case 409:
            return Errc::conflict;
        case 401:
        case 403:
            return Errc::not_allowed;
        case 429:
            return Errc::overloaded;
        default:
            return Errc::unavailable;
    }
}

std::string first_line(const std::string& path) {
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    return line;
}

// All must outlive the context's run.
asio::awaitable<void> ask(executors::HttpClient& client, const executors::HttpRequest& request,
                          std::optional<executors::HttpResult>& result) {
    result = co_await client.request(request);
}

Result<std::string> answer_of(const executors::HttpResult& result) {
    using Answer = Result<std::string>;
    return std::visit(
        ledger::Overloaded{
            [](const executors::HttpResponse& response) -> Answer {
                if (response.status / 100 == 2) return response.body;
                return error_of_problem(response.status, response.body);
            },
            [](const executors::NotSent& e) -> Answer {
                return Error{Errc::unavailable, "the server cannot be reached: " + e.cause, {}};
            },
            [](const executors::Unanswered& e) -> Answer {
                return Error{Errc::unavailable,
                             "the server did not answer, and may have done it: " + e.cause,
                             {}};
            },
        },
        result);
}

// The request's target stands below the URL's path.
Result<std::string> post(const std::string& url, executors::HttpRequest request) {
    BOOST_OUTCOME_TRY(executors::BaseUrl base, executors::parse_base_url(url));
    request.target = base.path + request.target;
    if (request.target.empty()) request.target = "/";
    asio::io_context context{1};
    BOOST_OUTCOME_TRY(const auto client,
                      executors::HttpClient::make(context.get_executor(), std::move(base), {}));
    std::optional<executors::HttpResult> result;
    asio::co_spawn(context, ask(*client, request, result), [&](const std::exception_ptr& failure) {
        context.stop();  // the connection would rest for a while
        if (failure) std::rethrow_exception(failure);
    });
    context.run();
    return answer_of(*result);
}

}  // namespace

Error error_of_problem(unsigned status, const std::string& body) {
    const auto problem = ledger::text::parse_json(body);
    std::string detail = problem ? text_member(problem.value(), "detail") : "";
    if (detail.empty()) detail = "the server answered " + std::to_string(status);
    return Error{code_of(status), std::move(detail), {}};
}

Result<std::string> read_token(const std::string& path, const std::string& otherwise) {
    const char* given = std::getenv("COPYLEDGER_TOKEN");
    std::string token;
    if (!path.empty()) {
        token = first_line(path);
    } else if (given != nullptr) {
        token = given;
    } else {
        token = first_line(otherwise);
    }
    if (!token.empty()) return token;
    return ledger::invalid_field("token", "is wanted: --token-file FILE or COPYLEDGER_TOKEN");
}

Result<std::string> post_to_server(const ServerAddress& server, const std::string& target,
                                   std::string body) {
    return post(server.url, {.method = executors::HttpMethod::post,
                             .target = target,
                             .headers = {{"content-type", "application/json"},
                                         {"authorization", "Bearer " + server.token}},
                             .body = std::move(body),
                             .timeout = answer_timeout});
}

Result<std::string> post_text(const std::string& url, std::string text) {
    return post(url, {.method = executors::HttpMethod::post,
                      .target = "",
                      .headers = {{"content-type", "text/plain; charset=utf-8"}},
                      .body = std::move(text),
                      .timeout = text_timeout});
}

}  // namespace tools
