// Makes requests of the bytes of one connection, without doing any input itself.
#pragma once

#include "ingest/http/request.h"
#include "ledger/base/byte_size.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/system/error_code.hpp>

namespace ingest::http {

struct ReaderLimits {
    std::size_t header_bytes_max =
        16 * ledger::kib;                      // request line and fields together; at least 64
    std::size_t body_bytes_max = ledger::mib;  // after the chunks are joined
};

// Why there is no request: what to answer before the connection is closed.
struct Refusal {
    int status = 400;
    std::string title;
    std::string detail;
};

// Usage: advance() until it wants bytes (idle, header, body), then read into space() and commit().
class RequestReader {
  public:
    enum class Progress {
        idle,              // no byte of a request is here
        header,            // part of a header is here
        body,              // the header is here and part of the body is missing
        expects_continue,  // as body, and the client waits for "100 Continue"; said once
        complete,          // the request is whole; the next advance() begins the next one
        refused,           // see refusal(); nothing more can be read from this connection
    };

    explicit RequestReader(const ReaderLimits& limits);
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;
    ~RequestReader();

    // Never empty while advance() wants bytes; valid until the next call.
    [[nodiscard]] std::span<char> space();
    void commit(std::size_t bytes);

    // The request is filled as its parts arrive; give the same one until it is complete or refused.
    [[nodiscard]] Progress advance(Request& request);

    void refuse(int status, std::string title, std::string detail);

    [[nodiscard]] const Refusal& refusal() const { return refusal_; }

    // Of the request just completed or refused.
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool http_1_0() const;

    // Bytes of the connection that nobody has looked at.
    [[nodiscard]] bool has_unread() const { return begin_ < end_; }

    // Forgets what is buffered, so that space() is large.
    void discard();

  private:
    class Parser;

    [[nodiscard]] bool begin_message(Request& request);
    [[nodiscard]] std::optional<Progress> parse_buffered();
    [[nodiscard]] bool accept_header(const Request& request);
    [[nodiscard]] bool client_waits(const Request& request) const;
    [[nodiscard]] Progress wait();
    Progress refused_for(const boost::system::error_code& error);
    Progress refused(int status, std::string title, std::string detail);

    [[nodiscard]] std::size_t buffered() const { return end_ - begin_; }

    ReaderLimits limits_;
    std::vector<char> buffer_;  // what is not yet parsed lies in [begin_, end_)
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t header_bytes_ = 0;    // of the current request's header, parsed so far
    std::unique_ptr<Parser> parser_;  // of the current request, or of the one just completed
    Refusal refusal_;
};

}  // namespace ingest::http
