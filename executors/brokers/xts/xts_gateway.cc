#include "executors/brokers/xts/xts_gateway.h"

#include <utility>

namespace executors {

namespace asio = boost::asio;

namespace {

constexpr std::string_view interactive = "/interactive";
// A refused token means that the request was not looked at. Only then is it sent a second time.
constexpr int tokens_tried_max = 2;

Refused not_sent(std::string text, bool retryable) {
    return Refused{.code = "NOT_SENT", .text = std::move(text), .retryable = retryable};
}

Refused cannot_be_said(const ledger::Error& error) {
    return not_sent(error.field + " " + error.detail, false);
}

xts::RawAnswer raw(const HttpResponse& response) {
    return {.status = response.status, .body = response.body};
}

// Bare, without a scheme's name.
void authorize(HttpRequest& request, const xts::Session& session) {
    request.headers.push_back({"authorization", session.token});
}

XtsLoginOptions login_options(const std::string& base_path, std::chrono::milliseconds timeout) {
    XtsLoginOptions options;
    options.target = base_path + "/user/session";
    options.timeout = timeout;
    return options;
}

}  // namespace

ledger::Result<std::unique_ptr<XtsGateway>> XtsGateway::make(const asio::any_io_executor& executor,
                                                             const XtsOptions& options) {
    BOOST_OUTCOME_TRY(BaseUrl base, parse_base_url(options.base_url));
    std::string path = base.path;
    if (!path.ends_with(interactive)) path.append(interactive);
    HttpClientOptions http_options;
    http_options.connections_max = options.connections_max;
    http_options.ca_file = options.ca_file;
    BOOST_OUTCOME_TRY(auto http, HttpClient::make(executor, std::move(base), http_options));
    return std::make_unique<XtsGateway>(executor, std::move(http), std::move(path),
                                        options.timeout);
}

XtsGateway::XtsGateway(const asio::any_io_executor& executor, std::unique_ptr<HttpClient> http,
                       std::string base_path, std::chrono::milliseconds timeout)
    : http_(std::move(http)),
      base_path_(std::move(base_path)),
      timeout_(timeout),
      sessions_(executor, *http_, login_options(base_path_, timeout_)) {}

asio::awaitable<Outcome> XtsGateway::place(const BrokerAccount& account,
                                           const PlaceRequest& request) {
    auto body = xts::place_body(account, request);
    if (!body) co_return cannot_be_said(body.error());
    HttpRequest post = request_to(HttpMethod::post, "/orders", std::move(body.value()));
    const xts::Expected expected{.cl_ord_id = request.cl_ord_id.view(), .broker_order_id = {}};
    co_return co_await submit(account, std::move(post), expected);
}

asio::awaitable<Outcome> XtsGateway::modify(const BrokerAccount& account,
                                            const ModifyRequest& request) {
    auto body = xts::modify_body(account, request);
    if (!body) co_return cannot_be_said(body.error());
    HttpRequest put = request_to(HttpMethod::put, "/orders", std::move(body.value()));
    const xts::Expected expected{.cl_ord_id = request.cl_ord_id.view(),
                                 .broker_order_id = request.broker_order_id};
    co_return co_await submit(account, std::move(put), expected);
}

asio::awaitable<Outcome> XtsGateway::cancel(const BrokerAccount& account,
                                            const CancelRequest& request) {
    const auto target = xts::cancel_target(account, request);
    if (!target) co_return cannot_be_said(target.error());
    HttpRequest del = request_to(HttpMethod::delete_, target.value(), {});
    const xts::Expected expected{.cl_ord_id = request.cl_ord_id.view(),
                                 .broker_order_id = request.broker_order_id};
    co_return co_await submit(account, std::move(del), expected);
}

asio::awaitable<Book> XtsGateway::order_book(const BrokerAccount& account) {
    for (int tried = 0; tried < tokens_tried_max; ++tried) {
        const XtsLogin login = co_await sessions_.get(account);
        if (const auto* refused = std::get_if<Refused>(&login)) {
            co_return BookUnread{refused->code + " " + refused->text};
        }
        const auto& session = std::get<XtsSessionPtr>(login);
        xts::BookAnswer answer = co_await read_book(account, *session);
        if (auto* book = std::get_if<BookRead>(&answer)) co_return std::move(*book);
        if (auto* unread = std::get_if<BookUnread>(&answer)) {
            co_return BookUnread{without_secrets(std::move(unread->cause), account, session)};
        }
        sessions_.drop(account, session);
    }
    co_return BookUnread{"the broker refuses the tokens that it gives"};
}

asio::awaitable<Outcome> XtsGateway::submit(const BrokerAccount& account, HttpRequest request,
                                            xts::Expected expected) {
    Refused refused_token;
    for (int tried = 0; tried < tokens_tried_max; ++tried) {
        const XtsLogin login = co_await sessions_.get(account);
        if (const auto* refused = std::get_if<Refused>(&login)) co_return *refused;
        const auto& session = std::get<XtsSessionPtr>(login);
        xts::OrderAnswer answer = co_await send_order(request, *session, expected);
        if (auto* accepted = std::get_if<Accepted>(&answer)) co_return std::move(*accepted);
        if (auto* unknown = std::get_if<Unknown>(&answer)) co_return std::move(*unknown);
        if (auto* refused = std::get_if<Refused>(&answer)) {
            refused->text = without_secrets(std::move(refused->text), account, session);
            co_return std::move(*refused);
        }
        auto& invalid = std::get<xts::SessionInvalid>(answer);
        refused_token.code = std::move(invalid.code);
        refused_token.text = without_secrets(std::move(invalid.text), account, session);
        refused_token.retryable = true;
        sessions_.drop(account, session);
    }
    co_return refused_token;
}

asio::awaitable<xts::OrderAnswer> XtsGateway::send_order(HttpRequest request,
                                                         const xts::Session& session,
                                                         xts::Expected expected) {
    authorize(request, session);
    const HttpResult result = co_await http_->request(request);
    if (const auto* failed = std::get_if<NotSent>(&result)) co_return not_sent(failed->cause, true);
    if (const auto* failed = std::get_if<Unanswered>(&result)) co_return Unknown{failed->cause};
    co_return xts::parse_order_answer(raw(std::get<HttpResponse>(result)), expected);
}

asio::awaitable<xts::BookAnswer> XtsGateway::read_book(const BrokerAccount& account,
                                                       const xts::Session& session) {
    HttpRequest request = request_to(HttpMethod::get, xts::book_target(account, session), {});
    authorize(request, session);
    const HttpResult result = co_await http_->request(request);
    if (const auto* failed = std::get_if<NotSent>(&result)) co_return BookUnread{failed->cause};
    if (const auto* failed = std::get_if<Unanswered>(&result)) co_return BookUnread{failed->cause};
    co_return xts::parse_book_answer(raw(std::get<HttpResponse>(result)));
}

HttpRequest XtsGateway::request_to(HttpMethod method, std::string_view target,
                                   std::string json) const {
    HttpRequest request;
    request.method = method;
    request.target = base_path_ + std::string{target};
    request.timeout = timeout_;
    request.body = std::move(json);
    if (!request.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    return request;
}

}  // namespace executors
