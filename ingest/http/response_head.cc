#include "ingest/http/response_head.h"

#include "ledger/base/assert.h"

#include <array>
#include <charconv>
#include <cstddef>

#include <boost/beast/http/status.hpp>

namespace ingest::http {

namespace {

void append_decimal(std::string& out, std::size_t value) {
    std::array<char, 20> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    LEDGER_ASSERT(error == std::errc{});
    out.append(digits.data(), end);
}

void append_harmless(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        out.push_back(code < 0x20 || code == 0x7f ? ' ' : c);
    }
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    append_harmless(out, name);
    out.append(": ");
    append_harmless(out, value);
    out.append("\r\n");
}

void append_status_line(std::string& out, int status) {
    namespace beast = boost::beast::http;
    LEDGER_ASSERT(status >= 100 && status <= 599);
    const std::string_view reason =
        beast::obsolete_reason(beast::int_to_status(static_cast<unsigned>(status)));
    out.append("HTTP/1.1 ");
    append_decimal(out, static_cast<std::size_t>(status));
    out.append(" ").append(reason).append("\r\n");
}

}  // namespace

bool status_allows_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

void append_response_head(std::string& out, const Response& response, const Framing& framing) {
    append_status_line(out, response.status);
    if (status_allows_body(response.status)) {
        if (!response.content_type.empty())
            append_field(out, "content-type", response.content_type);
        out.append("content-length: ");
        append_decimal(out, response.body.size());
        out.append("\r\n");
    }
    append_field(out, "x-request-id", framing.request_id);
    // Keeping open is the default of HTTP/1.1 and has to be said in HTTP/1.0.
    if (framing.close) {
        out.append("connection: close\r\n");
    } else if (framing.http_1_0) {
        out.append("connection: keep-alive\r\n");
    }
    for (const auto& [name, value] : response.headers) append_field(out, name, value);
    out.append("\r\n");
}

}  // namespace ingest::http
