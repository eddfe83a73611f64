// One connection: reads its requests one after the other and answers each before the next.
#pragma once

#include "ingest/http/asio.h"
#include "ingest/http/connections.h"
#include "ingest/http/request.h"
#include "ingest/http/request_reader.h"
#include "ingest/http/response.h"
#include "ingest/http/router.h"
#include "ingest/http/server.h"
#include "ingest/http/stream.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace ingest::http {

// What the sessions of one server share. Kept alive by them, so that the server may go first.
struct ServerState {
    ServerState(ServerOptions server_options, Router server_router);

    ServerOptions options;
    Router router;
    Counters counters;
    Connections connections;
    std::uint64_t request_ids_drawn = 0;
    bool stopping = false;

    [[nodiscard]] std::string draw_request_id();
};

class Session {
  public:
    Session(std::shared_ptr<ServerState> state, Stream stream);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();

    // Runs until the connection ends; the session must live until then.
    [[nodiscard]] asio::awaitable<void> run();

    // The session's deadline has come: ends its wait. It answers 408 where a request was begun.
    void expire();

    // Ends the connection, whatever it is at.
    void close() { stream_.close(); }

    // As close(), and the session is in no list of the connections any more.
    void displace();

    [[nodiscard]] bool is_idle() const { return phase_ == Phase::idle; }

    [[nodiscard]] bool is_due(Connections::Ticks now) const {
        return deadline_ != 0 && deadline_ <= now;
    }

  private:
    // Each but serving has a deadline. In the first four the client is waited for, and the
    // connection may be displaced.
    enum class Phase { idle, header, body, lingering, serving, writing };
    enum class Received { request, refusal, nothing };
    enum class Next { request, linger, close };

    static Phase phase_of(RequestReader::Progress progress);
    static bool waits_for_client(Phase phase);
    [[nodiscard]] std::chrono::milliseconds timeout_of(Phase phase) const;
    void enter(Phase phase);

    [[nodiscard]] asio::awaitable<Next> exchange();
    [[nodiscard]] asio::awaitable<Received> receive();
    void identify_request();
    [[nodiscard]] Received after_failed_read();
    [[nodiscard]] asio::awaitable<Response> answer();
    [[nodiscard]] asio::awaitable<bool> send(Response& response, bool close);
    [[nodiscard]] asio::awaitable<void> linger();
    // Bytes committed to the reader; 0 when the connection or the wait has ended.
    [[nodiscard]] asio::awaitable<std::size_t> read();
    // Whether everything was written.
    [[nodiscard]] asio::awaitable<bool> write(std::string_view head, std::string_view body);

    std::shared_ptr<ServerState> state_;
    Stream stream_;
    RequestReader reader_;
    Request request_;
    // Kept here because a handler may do with its request as it likes.
    std::string peer_address_;
    std::string request_id_;
    bool is_head_ = false;
    std::string response_head_;
    Phase phase_ = Phase::serving;
    Connections::Ticks deadline_ = 0;  // 0: none
    bool has_expired_ = false;
    bool is_listed_ = true;
    Connections::Place place_;
};

}  // namespace ingest::http
