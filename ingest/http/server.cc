#include "ingest/http/server.h"

#include "ingest/http/response_head.h"
#include "ingest/http/session.h"
#include "ingest/http/stream.h"
#include "ledger/base/assert.h"

#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace ingest::http {

namespace {

using Tcp = asio::ip::tcp;

// How long accepting rests after it failed.
constexpr std::chrono::milliseconds accept_rest{50};

void leave_run(const std::exception_ptr& error) {
    if (error) std::rethrow_exception(error);
}

bool is_descriptor_shortage(const boost::system::error_code& error) {
    return error == boost::system::errc::too_many_files_open ||
           error == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

// Accepts and sweeps. Its coroutines keep it alive until they have seen that it is closed.
class Server::Listener : public std::enable_shared_from_this<Listener> {
  public:
    Listener(const asio::any_io_executor& executor, ServerOptions options, Router router)
        : state_(std::make_shared<ServerState>(std::move(options), std::move(router))),
          acceptor_(executor),
          sweep_timer_(executor),
          rest_timer_(executor) {}

    [[nodiscard]] ledger::Result<void> open();
    void start();
    void stop();
    void close();

    [[nodiscard]] bool stopped() const { return state_->stopping && connections().size() == 0; }

    [[nodiscard]] const Counters& counters() const { return state_->counters; }

    [[nodiscard]] Endpoint local_endpoint() const;

  private:
    static asio::awaitable<void> accept(std::shared_ptr<Listener> self);
    static asio::awaitable<void> sweep(std::shared_ptr<Listener> self);

    void admit(Stream stream);
    void refuse(Stream stream);
    bool make_room();

    [[nodiscard]] Connections& connections() const { return state_->connections; }

    std::shared_ptr<ServerState> state_;
    Tcp::acceptor acceptor_;
    asio::steady_timer sweep_timer_;
    asio::steady_timer rest_timer_;
    Connections::Ticks stop_deadline_ = 0;
};

ledger::Result<void> Server::Listener::open() {
    boost::system::error_code error;
    const ServerOptions& options = state_->options;
    const auto address = asio::ip::make_address(options.address, error);
    if (error)
        return ledger::invalid_field("address", "'" + options.address + "' is no IP address.");
    const Tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(Tcp::acceptor::max_listen_connections, error);
    if (!error) return boost::outcome_v2::success();
    return ledger::Error{ledger::Errc::unavailable,
                         "Cannot listen on " + options.address + " port " +
                             std::to_string(options.port) + ": " + error.message() + ".",
                         {}};
}

void Server::Listener::start() {
    asio::co_spawn(acceptor_.get_executor(), accept(shared_from_this()), leave_run);
    asio::co_spawn(acceptor_.get_executor(), sweep(shared_from_this()), leave_run);
}

void Server::Listener::stop() {
    if (state_->stopping) return;
    state_->stopping = true;
    stop_deadline_ = connections().deadline_after(state_->options.stop_timeout);
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    rest_timer_.cancel();
    connections().close_idle();
}

void Server::Listener::close() {
    stop();
    connections().close_all();
}

Endpoint Server::Listener::local_endpoint() const {
    boost::system::error_code error;
    const auto endpoint = acceptor_.local_endpoint(error);
    if (error) return Endpoint{};
    return Endpoint{endpoint.address().to_string(), endpoint.port()};
}

asio::awaitable<void> Server::Listener::accept(std::shared_ptr<Listener> self) {
    while (!self->state_->stopping) {
        auto [error, socket] =
            co_await self->acceptor_.async_accept(asio::as_tuple(asio::use_awaitable));
        if (self->state_->stopping) break;
        if (!error) {
            self->admit(Stream(std::move(socket)));
            continue;
        }
        ++self->state_->counters.accept_failures;
        if (is_descriptor_shortage(error)) self->make_room();
        self->rest_timer_.expires_after(accept_rest);
        co_await self->rest_timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

asio::awaitable<void> Server::Listener::sweep(std::shared_ptr<Listener> self) {
    while (!self->stopped()) {
        self->sweep_timer_.expires_after(self->state_->options.sweep_period);
        co_await self->sweep_timer_.async_wait(asio::as_tuple(asio::use_awaitable));
        self->state_->counters.connections_timed_out += self->connections().sweep();
        if (self->state_->stopping && self->connections().now() >= self->stop_deadline_)
            self->connections().close_all();
    }
}

void Server::Listener::admit(Stream stream) {
    if (connections().size() >= state_->options.connections_max && !make_room()) {
        refuse(std::move(stream));
        return;
    }
    ++state_->counters.connections_accepted;
    auto session = std::make_shared<Session>(state_, std::move(stream));
    asio::co_spawn(acceptor_.get_executor(), session->run(),
                   [session](const std::exception_ptr& error) { leave_run(error); });
}

// Everyone is being served: says so without waiting for anything.
void Server::Listener::refuse(Stream stream) {
    ++state_->counters.connections_refused;
    ++state_->counters.responses_by_class[5];
    const std::string id = state_->draw_request_id();
    Response response =
        problem(503, "Service Unavailable", "All connections are in use; try again later.");
    response.headers.emplace_back("retry-after", "1");
    response.body = problem_text(response, id);
    std::string text;
    const Framing framing{false, true, id};
    append_response_head(text, response, framing);
    stream.write_at_once(text + response.body);
    stream.shutdown_send();
}

bool Server::Listener::make_room() {
    const bool made = connections().displace_longest_waiting();
    if (made) ++state_->counters.connections_displaced;
    return made;
}

ledger::Result<std::unique_ptr<Server>> Server::listen(const asio::any_io_executor& executor,
                                                       ServerOptions options, Router router) {
    LEDGER_ASSERT(options.connections_max > 0);
    auto listener = std::make_shared<Listener>(executor, std::move(options), std::move(router));
    BOOST_OUTCOME_TRY(listener->open());
    listener->start();
    return std::make_unique<Server>(std::move(listener));
}

Server::Server(std::shared_ptr<Listener> listener) : listener_(std::move(listener)) {}

Server::~Server() {
    listener_->close();
}

Endpoint Server::local_endpoint() const {
    return listener_->local_endpoint();
}

const Counters& Server::counters() const {
    return listener_->counters();
}

void Server::stop() {
    listener_->stop();
}

bool Server::stopped() const {
    return listener_->stopped();
}

}  // namespace ingest::http
