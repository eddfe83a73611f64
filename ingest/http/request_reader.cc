#include "ingest/http/request_reader.h"

#include "ingest/http/asio.h"
#include "ingest/http/request_target.h"
#include "ledger/base/assert.h"
#include "ledger/base/byte_size.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace ingest::http {

namespace beast = boost::beast;

namespace {

constexpr std::size_t buffer_bytes_first = 8 * ledger::kib;
constexpr std::size_t body_bytes_reserved_max = 64 * ledger::kib;
// "0 CRLF CRLF", the least that can still follow anywhere in a chunked body. Beast 1.81 asserts
// that it has as much once it has seen a final chunk's header, so it is never given less.
constexpr std::size_t chunked_rest_bytes_min = 5;

}  // namespace

// Beast does the framing; fields go straight into the request.
class RequestReader::Parser final : public beast::http::basic_parser<true> {
  public:
    Parser(Request& request, const ReaderLimits& limits) : request_(request) {
        header_limit(static_cast<std::uint32_t>(limits.header_bytes_max));
        body_limit(limits.body_bytes_max);
    }

    [[nodiscard]] bool http_1_0() const { return version_ == 10; }

    [[nodiscard]] bool target_is_valid() const { return target_is_valid_; }

  private:
    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                         int version, beast::error_code&) override {
        request_.method = method;
        version_ = version;
        target_is_valid_ = read_request_target(target, request_);
    }

    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code&) override {
        // Trailers come here too; as headers they could claim what nobody checked in front.
        if (!is_header_done()) request_.headers.add(name, value);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length,
                           beast::error_code&) override {
        const std::uint64_t announced = length.value_or(0);
        request_.body.reserve(std::min<std::uint64_t>(announced, body_bytes_reserved_max));
    }

    std::size_t on_body_impl(beast::string_view text, beast::error_code&) override {
        request_.body.append(text);
        return text.size();
    }

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view text,
                                   beast::error_code&) override {
        request_.body.append(text);
        return text.size();
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}

    void on_header_impl(beast::error_code&) override {}

    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}

    void on_finish_impl(beast::error_code&) override {}

    Request& request_;
    int version_ = 11;
    bool target_is_valid_ = false;
};

RequestReader::RequestReader(const ReaderLimits& limits)
    : limits_(limits), buffer_(std::min(buffer_bytes_first, limits.header_bytes_max)) {
    LEDGER_ASSERT(limits.header_bytes_max >= 64);
}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::space() {
    if (begin_ == end_) discard();
    if (end_ == buffer_.size() && begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, buffered());
        end_ = buffered();
        begin_ = 0;
    }
    if (end_ == buffer_.size())
        buffer_.resize(std::min(2 * buffer_.size(), limits_.header_bytes_max));
    LEDGER_ASSERT(end_ < buffer_.size());
    return std::span(buffer_).subspan(end_);
}

void RequestReader::commit(std::size_t bytes) {
    LEDGER_ASSERT(bytes <= buffer_.size() - end_);
    end_ += bytes;
}

void RequestReader::discard() {
    begin_ = end_ = 0;
}

RequestReader::Progress RequestReader::advance(Request& request) {
    if (parser_ && parser_->is_done()) parser_.reset();
    if (!parser_ && !begin_message(request)) return Progress::idle;
    while (!parser_->is_done()) {
        const bool in_header = !parser_->is_header_done();
        if (const auto stopped = parse_buffered()) return *stopped;
        if (!in_header) continue;
        if (!accept_header(request)) return Progress::refused;
        if (client_waits(request)) return Progress::expects_continue;
    }
    return Progress::complete;
}

// A step of the parser; what keeps it from another, if anything does.
std::optional<RequestReader::Progress> RequestReader::parse_buffered() {
    const bool in_header = !parser_->is_header_done();
    const bool in_chunks = !in_header && parser_->chunked();
    if (buffered() < (in_chunks ? chunked_rest_bytes_min : 1)) return wait();
    beast::error_code error;
    const std::size_t parsed =
        parser_->put(asio::const_buffer(buffer_.data() + begin_, buffered()), error);
    begin_ += parsed;
    if (in_header) header_bytes_ += parsed;
    if (error == beast::http::error::need_more) return wait();
    if (error || header_bytes_ > limits_.header_bytes_max) return refused_for(error);
    return std::nullopt;
}

// False when there is no byte of a request yet.
bool RequestReader::begin_message(Request& request) {
    // Empty lines in front of a request are ignored (RFC 9112 2.2).
    while (begin_ < end_ && (buffer_[begin_] == '\r' || buffer_[begin_] == '\n')) ++begin_;
    if (begin_ == end_) {
        discard();
        return false;
    }
    request.clear();
    header_bytes_ = 0;
    parser_ = std::make_unique<Parser>(request, limits_);
    return true;
}

// What RFC 9112 asks of a server beyond the grammar; false when the request is refused.
bool RequestReader::accept_header(const Request& request) {
    const auto refuse_with = [this](int status, std::string title, std::string detail) {
        refuse(status, std::move(title), std::move(detail));
        return false;
    };
    if (!parser_->target_is_valid())
        return refuse_with(400, "Bad Request", "The request target is no valid path and query.");
    const std::size_t hosts = request.headers.count("host");
    if (hosts > 1 || (hosts == 0 && !parser_->http_1_0()))
        return refuse_with(400, "Bad Request", "There must be exactly one Host field.");
    const std::size_t codings = request.headers.count("transfer-encoding");
    if (codings > 0 && parser_->http_1_0())
        return refuse_with(400, "Bad Request", "HTTP/1.0 has no Transfer-Encoding.");
    const auto coding = request.headers.find("transfer-encoding").value_or("chunked");
    if (codings > 1 || !equals_ignoring_case(coding, "chunked"))
        return refuse_with(501, "Not Implemented", "The only transfer coding here is chunked.");
    const auto expectation = request.headers.find("expect").value_or("100-continue");
    if (!parser_->http_1_0() && !equals_ignoring_case(expectation, "100-continue"))
        return refuse_with(417, "Expectation Failed", "The only expectation met is 100-continue.");
    return true;
}

// Whether the client holds its body back until it is told to continue.
bool RequestReader::client_waits(const Request& request) const {
    return !parser_->is_done() && !parser_->http_1_0() && !has_unread() &&
           request.headers.find("expect").has_value();
}

// The request needs more bytes; refused when there is no room left that it could have them in.
RequestReader::Progress RequestReader::wait() {
    if (!parser_->is_header_done()) {
        if (header_bytes_ + buffered() < limits_.header_bytes_max) return Progress::header;
        return refused_for(beast::http::error::header_limit);
    }
    if (buffered() < limits_.header_bytes_max) return Progress::body;
    return refused(400, "Bad Request", "A chunk's header or the trailer is larger than allowed.");
}

RequestReader::Progress RequestReader::refused_for(const boost::system::error_code& error) {
    if (error == beast::http::error::body_limit)
        return refused(413, "Content Too Large", "The body is larger than allowed.");
    if (error && error != beast::http::error::header_limit)
        return refused(400, "Bad Request", "Malformed HTTP: " + error.message() + ".");
    return refused(431, "Request Header Fields Too Large",
                   "The request line and header fields are larger than allowed.");
}

RequestReader::Progress RequestReader::refused(int status, std::string title, std::string detail) {
    refuse(status, std::move(title), std::move(detail));
    return Progress::refused;
}

void RequestReader::refuse(int status, std::string title, std::string detail) {
    refusal_ = Refusal{status, std::move(title), std::move(detail)};
}

bool RequestReader::keep_alive() const {
    return parser_ && parser_->is_done() && parser_->keep_alive();
}

bool RequestReader::http_1_0() const {
    return parser_ && parser_->http_1_0();
}

}  // namespace ingest::http
