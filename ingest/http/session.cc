#include "ingest/http/session.h"

#include "ingest/http/response_head.h"
#include "ledger/base/assert.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ingest::http {

namespace {

constexpr std::string_view continue_text = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::size_t request_id_bytes_max = 64;

// What may be repeated in a header, a log and a JSON text without a second thought.
bool is_sane_token(std::string_view text) {
    const auto is_sane = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '_' || c == '.' || c == ':';
    };
    return !text.empty() && text.size() <= request_id_bytes_max &&
           std::ranges::all_of(text, is_sane);
}

// Takes the last `bytes` off head and body together.
void withhold(std::size_t bytes, std::string_view& head, std::string_view& body) {
    const std::size_t of_body = std::min(bytes, body.size());
    body.remove_suffix(of_body);
    head.remove_suffix(std::min(bytes - of_body, head.size()));
}

}  // namespace

ServerState::ServerState(ServerOptions server_options, Router server_router)
    : options(std::move(server_options)),
      router(std::move(server_router)),
      connections(options.sweep_period) {}

std::string ServerState::draw_request_id() {
    return options.request_id_prefix + "-" + std::to_string(++request_ids_drawn);
}

Session::Session(std::shared_ptr<ServerState> state, Stream stream)
    : state_(std::move(state)),
      stream_(std::move(stream)),
      reader_({state_->options.header_bytes_max, state_->options.body_bytes_max}),
      place_(state_->connections.add(*this)) {
    peer_address_ = stream_.peer_address();
    ++state_->counters.connections_open;
}

Session::~Session() {
    if (is_listed_) state_->connections.remove(place_);
    --state_->counters.connections_open;
}

void Session::expire() {
    has_expired_ = true;
    deadline_ = 0;
    if (phase_ == Phase::header || phase_ == Phase::body) {
        stream_.cancel();
    } else {
        stream_.close();
    }
}

void Session::displace() {
    is_listed_ = false;
    stream_.close();
}

Session::Phase Session::phase_of(RequestReader::Progress progress) {
    switch (progress) {
        case RequestReader::Progress::idle:
            return Phase::idle;
        case RequestReader::Progress::header:
            return Phase::header;
        case RequestReader::Progress::body:
        case RequestReader::Progress::expects_continue:
            return Phase::body;
        case RequestReader::Progress::complete:
        case RequestReader::Progress::refused:
            break;
    }
    return Phase::serving;
}

bool Session::waits_for_client(Phase phase) {
    return phase != Phase::serving && phase != Phase::writing;
}

std::chrono::milliseconds Session::timeout_of(Phase phase) const {
    const ServerOptions& options = state_->options;
    switch (phase) {
        case Phase::idle:
            return options.idle_timeout;
        case Phase::header:
            return options.header_timeout;
        case Phase::body:
            return options.body_timeout;
        case Phase::lingering:
            return options.linger_timeout;
        case Phase::writing:
            return options.write_timeout;
        case Phase::serving:
            break;
    }
    return std::chrono::milliseconds::zero();
}

void Session::enter(Phase phase) {
    LEDGER_ASSERT(is_listed_);
    if (waits_for_client(phase)) {
        state_->connections.waits_for_client(place_);
    } else if (waits_for_client(phase_)) {
        state_->connections.serves(place_);
    }
    phase_ = phase;
    deadline_ = phase == Phase::serving ? 0 : state_->connections.deadline_after(timeout_of(phase));
}

asio::awaitable<void> Session::run() {
    Next next = Next::request;
    while (next == Next::request) next = co_await exchange();
    if (next == Next::linger) co_await linger();
    stream_.close();
}

asio::awaitable<Session::Next> Session::exchange() {
    const Received received = co_await receive();
    if (received == Received::nothing) co_return Next::close;
    enter(Phase::serving);
    identify_request();
    const bool refused = received == Received::refusal;
    Response response;
    if (refused) {
        const Refusal& refusal = reader_.refusal();
        response = problem(refusal.status, refusal.title, refusal.detail);
    } else {
        response = co_await answer();
    }
    // Looked at after the answer: the server may have begun to stop meanwhile.
    const bool close = refused || !reader_.keep_alive() || state_->stopping;
    const bool sent = co_await send(response, close);
    if (sent && !close) co_return Next::request;
    // Closing over bytes that were not read resets the connection and may take the answer with it.
    co_return sent && (refused || reader_.has_unread()) ? Next::linger : Next::close;
}

void Session::identify_request() {
    const auto id = request_.headers.find("x-request-id");
    request_id_ = id && is_sane_token(*id) ? std::string(*id) : state_->draw_request_id();
    is_head_ = request_.method == "HEAD";
    request_.request_id = request_id_;
    request_.peer_address = peer_address_;
}

asio::awaitable<Session::Received> Session::receive() {
    for (;;) {
        const RequestReader::Progress progress = reader_.advance(request_);
        if (progress == RequestReader::Progress::complete) co_return Received::request;
        if (progress == RequestReader::Progress::refused) co_return Received::refusal;
        if (progress == RequestReader::Progress::expects_continue) {
            const bool written = co_await write(continue_text, {});
            if (!written) co_return Received::nothing;
        }
        const Phase phase = phase_of(progress);
        if (phase != phase_) enter(phase);
        const std::size_t bytes = co_await read();
        if (bytes == 0) co_return after_failed_read();
    }
}

Session::Received Session::after_failed_read() {
    if (!has_expired_ || !stream_.is_open()) return Received::nothing;
    has_expired_ = false;
    reader_.refuse(408, "Request Timeout", "The request did not arrive in time.");
    return Received::refusal;
}

asio::awaitable<Response> Session::answer() {
    const Router::Match match = state_->router.match(request_);
    if (match.handler != nullptr) co_return co_await (*match.handler)(request_);
    if (match.allow.empty())
        co_return problem(404, "Not Found", "There is nothing at " + request_.path + ".");
    Response response = problem(405, "Method Not Allowed",
                                request_.path + " does not answer " + request_.method + ".");
    response.headers.emplace_back("allow", match.allow);
    co_return response;
}

// "response" belongs to the caller's frame, which outlives this one.
asio::awaitable<bool> Session::send(Response& response, bool close) {
    if (response.problem) response.body = problem_text(response, request_id_);
    const Framing framing{reader_.http_1_0(), close, request_id_};
    response_head_.clear();
    append_response_head(response_head_, response, framing);
    ++state_->counters.responses_by_class[static_cast<std::size_t>(response.status / 100)];
    const bool has_body = status_allows_body(response.status) && !is_head_;
    std::string_view body = has_body ? std::string_view(response.body) : std::string_view();
    std::string_view head = response_head_;
    withhold(response.withheld_bytes, head, body);
    const bool written = co_await write(head, body);
    // Without its end the message says nothing about where the next one would begin.
    const bool whole = response.withheld_bytes == 0;
    co_return written&& whole;
}

asio::awaitable<bool> Session::write(std::string_view head, std::string_view body) {
    enter(Phase::writing);
    const auto [error, bytes] = co_await stream_.write(head, body);
    state_->counters.bytes_out += bytes;
    enter(Phase::serving);
    co_return !error;
}

asio::awaitable<std::size_t> Session::read() {
    const auto [error, bytes] = co_await stream_.read_some(reader_.space());
    state_->counters.bytes_in += bytes;
    // The wait may have been ended when the bytes were on their way already.
    if (error || has_expired_ || !stream_.is_open()) co_return 0;
    reader_.commit(bytes);
    co_return bytes;
}

asio::awaitable<void> Session::linger() {
    stream_.shutdown_send();
    enter(Phase::lingering);
    std::size_t dropped = 0;
    while (dropped < state_->options.linger_bytes_max) {
        reader_.discard();
        const std::size_t bytes = co_await read();
        if (bytes == 0) break;
        dropped += bytes;
    }
}

}  // namespace ingest::http
