#include "executors/brokers/xts/xts_sessions.h"

#include "ledger/base/overloaded.h"

#include <utility>

namespace executors {

namespace asio = boost::asio;
using ledger::Overloaded;

namespace {

// Without a session no order leaves, so this is always NOT_SENT.
Refused no_session(std::string cause) {
    return Refused{
        .code = "NOT_SENT", .text = "no session: " + std::move(cause), .retryable = true};
}

XtsLogin login_of(xts::LoginAnswer answer, const BrokerAccount& account) {
    return std::visit(
        Overloaded{
            [](xts::Session session) -> XtsLogin {
                return std::make_shared<const xts::Session>(std::move(session));
            },
            [&](Refused refused) -> XtsLogin {
                refused.text = without_secrets(std::move(refused.text), account, nullptr);
                return refused;
            },
            [](Unknown unknown) -> XtsLogin { return no_session(std::move(unknown.cause)); }},
        std::move(answer));
}

void erase_secret(std::string& text, const std::string& secret) {
    if (secret.empty()) return;
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 1)) {
        text.replace(at, secret.size(), "*");
    }
}

}  // namespace

asio::awaitable<XtsLogin> XtsSessions::get(const BrokerAccount& account) {
    Desk& desk = desk_of(account.account);
    if (desk.logging_in) co_return co_await wait_for_login(desk);
    if (desk.session && desk.credentials == account.credentials) co_return desk.session;
    desk.logging_in = true;
    desk.credentials = account.credentials;
    const XtsLogin login = co_await log_in(account);
    const auto* session = std::get_if<XtsSessionPtr>(&login);
    desk.session = session ? *session : nullptr;
    desk.last_login = login;
    desk.logging_in = false;
    desk.waiters.wake_all();
    co_return login;
}

void XtsSessions::drop(const BrokerAccount& account, const XtsSessionPtr& refused) {
    Desk& desk = desk_of(account.account);
    if (desk.session == refused) desk.session = nullptr;
}

XtsSessions::Desk& XtsSessions::desk_of(std::uint64_t account) {
    auto& desk = desks_[account];
    if (!desk) desk = std::make_unique<Desk>(executor_, options_.waiters_max);
    return *desk;
}

asio::awaitable<XtsLogin> XtsSessions::wait_for_login(Desk& desk) {
    const TimePoint deadline = time_after(executor_, options_.timeout);
    const WaitQueue::Wake wake = co_await desk.waiters.wait(deadline);
    if (wake == WaitQueue::Wake::full) co_return no_session("too many wait for the login");
    if (wake == WaitQueue::Wake::timed_out) co_return no_session("no login in time");
    co_return desk.last_login;
}

asio::awaitable<XtsLogin> XtsSessions::log_in(const BrokerAccount& account) {
    auto body = xts::login_body(account);
    if (!body) co_return Refused{.code = "NOT_SENT", .text = body.error().detail};
    HttpRequest request;
    request.method = HttpMethod::post;
    request.target = options_.target;
    request.timeout = options_.timeout;
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = std::move(body.value());
    const HttpResult result = co_await http_.request(request);
    if (const auto* failed = std::get_if<NotSent>(&result)) co_return no_session(failed->cause);
    if (const auto* failed = std::get_if<Unanswered>(&result)) co_return no_session(failed->cause);
    const auto& response = std::get<HttpResponse>(result);
    const xts::RawAnswer raw{.status = response.status, .body = response.body};
    co_return login_of(xts::parse_login_answer(raw), account);
}

std::string without_secrets(std::string text, const BrokerAccount& account,
                            const XtsSessionPtr& session) {
    for (const auto& [name, secret] : account.credentials) erase_secret(text, secret);
    if (session) erase_secret(text, session->token);
    return text;
}

}  // namespace executors
