// Events as webhooks to a running server. An answer that does not come is no answer: the event is
// sent again, and the ledger knows it by its identity.
#include "executors/http/http_client.h"
#include "ledger/text/decimal.h"
#include "ledger/text/json_value.h"
#include "tools/import/import_command.h"
#include "tools/progress.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <memory>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace tools {

namespace asio = boost::asio;
using namespace ledger;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds webhook_timeout{10'000};
constexpr std::chrono::milliseconds pause_before_repeating{200};
constexpr std::chrono::seconds patience{120};  // with a server that does not answer

Result<std::string> read_token(const std::string& path) {
    std::string token;
    if (path.empty()) {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
        const char* given = std::getenv("COPYLEDGER_TOKEN");
        if (given != nullptr) token = given;
    } else {
        std::ifstream file{path};
        std::getline(file, token);
    }
    if (token.empty()) {
        return Error{Errc::invalid_input,
                     "a token is wanted: --token-file FILE or COPYLEDGER_TOKEN", "token"};
    }
    return token;
}

std::uint64_t number_of(const text::JsonValue& answer, std::string_view name) {
    const text::JsonValue* found = answer.find(name);
    if (found == nullptr || !found->is(text::JsonValue::Kind::number)) return 0;
    const auto parsed = text::parse_integer(found->text());
    return parsed ? static_cast<std::uint64_t>(parsed.value()) : 0;
}

// Shared by the workers, all on one thread.
struct Feed {
    asio::io_context context{1};
    std::unique_ptr<executors::HttpClient> client;
    executors::HttpRequest request;  // but for its body
    ImportSource* source = nullptr;
    std::uint32_t events_per_second = 0;
    steady_clock::time_point started = steady_clock::now();
    ImportSummary summary;
    std::optional<Error> error;
    ProgressBar bar{"importing"};
};

void count_answer(const executors::HttpResponse& response, ImportSummary& summary) {
    const auto answer = text::parse_json(response.body);
    if (response.status / 100 != 2 || !answer) {
        ++summary.refused;
        fmt::print(stderr, "refused with {}: {}\n", response.status, response.body);
        return;
    }
    const text::JsonValue* duplicate = answer.value().find("duplicate");
    if (duplicate != nullptr && duplicate->is(text::JsonValue::Kind::boolean) &&
        duplicate->boolean()) {
        ++summary.duplicates;
        return;
    }
    ++summary.recorded;
    summary.intended += number_of(answer.value(), "intended");
    summary.skipped += number_of(answer.value(), "skipped");
}

// 429 and 503 ask to come again; an unanswered request may or may not have been recorded.
bool is_final(const executors::HttpResult& result) {
    const auto* response = std::get_if<executors::HttpResponse>(&result);
    return response != nullptr && response->status != 429 && response->status != 503;
}

asio::awaitable<void> pause_until(steady_clock::time_point when) {
    asio::steady_timer timer{co_await asio::this_coro::executor, when};
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> send(Feed& feed, std::string body) {
    executors::HttpRequest request = feed.request;
    request.body = std::move(body);
    const auto give_up = steady_clock::now() + patience;
    while (steady_clock::now() < give_up) {
        const executors::HttpResult result = co_await feed.client->request(request);
        if (is_final(result)) {
            count_answer(std::get<executors::HttpResponse>(result), feed.summary);
            co_return;
        }
        co_await pause_until(steady_clock::now() + pause_before_repeating);
    }
    feed.error = Error{Errc::unavailable, "the server does not answer", "to"};
}

asio::awaitable<void> work(Feed& feed) {
    while (!feed.error) {
        const auto body = feed.source->next();
        if (!body) feed.error = body.error();
        if (!body || !body.value()) co_return;
        const std::uint64_t number = feed.summary.events++;
        if (feed.events_per_second > 0) {
            const std::chrono::nanoseconds due{number * 1'000'000'000U / feed.events_per_second};
            co_await pause_until(feed.started + due);
        }
        co_await send(feed, *body.value());
        feed.bar.update(feed.source->bytes_done(), feed.source->bytes_total());
    }
}

}  // namespace

Result<ImportSummary> import_over_http(const ImportCommand& command, ImportSource& source) {
    BOOST_OUTCOME_TRY(const std::string token, read_token(command.token_file));
    BOOST_OUTCOME_TRY(executors::BaseUrl base, executors::parse_base_url(command.url));
    Feed feed;
    executors::HttpClientOptions options;
    options.connections_max = command.connections;
    const std::string prefix = base.path;
    BOOST_OUTCOME_TRY(feed.client, executors::HttpClient::make(feed.context.get_executor(),
                                                               std::move(base), options));
    feed.request = {
        .method = executors::HttpMethod::post,
        .target = prefix + "/api/webhooks/blaze/order",
        .headers = {{"content-type", "application/json"}, {"authorization", "Bearer " + token}},
        .body = {},
        .timeout = webhook_timeout};
    feed.source = &source;
    feed.events_per_second = command.events_per_second;
    for (std::size_t i = 0; i < command.connections; ++i) {
        asio::co_spawn(feed.context, work(feed), [](const std::exception_ptr& failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
    feed.context.run();
    if (feed.error) return *feed.error;
    return feed.summary;
}

}  // namespace tools
