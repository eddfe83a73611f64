#include "executors/http/http_message.h"

#include <algorithm>
#include <string_view>

namespace executors {

namespace {

std::string_view name_of(HttpMethod method) {
    switch (method) {
        case HttpMethod::get:
            return "GET";
        case HttpMethod::post:
            return "POST";
        case HttpMethod::put:
            return "PUT";
        case HttpMethod::delete_:
            return "DELETE";
    }
    return "GET";
}

bool is_visible(char c) {
    return c > ' ' && c < '\x7f';
}

bool is_target(std::string_view text) {
    return !text.empty() && text.front() == '/' && std::ranges::all_of(text, is_visible);
}

// RFC 9110, 5.6.2: the characters of a token.
bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_visible(c) &&
               std::string_view{"\"(),/:;<=>?@[\\]{}"}.find(c) == std::string::npos;
    });
}

bool is_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return is_visible(c) || c == ' '; });
}

void append_header(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::optional<std::string> request_text(const BaseUrl& base, const HttpRequest& request) {
    if (!is_target(request.target)) return std::nullopt;
    std::string text;
    text.reserve(512 + request.body.size());
    text.append(name_of(request.method)).append(" ").append(request.target);
    text.append(" HTTP/1.1\r\n");
    append_header(text, "Host", base.authority);
    append_header(text, "User-Agent", "copyledger");
    for (const HttpHeader& header : request.headers) {
        if (!is_name(header.name) || !is_value(header.value)) return std::nullopt;
        append_header(text, header.name, header.value);
    }
    if (request.method != HttpMethod::get || !request.body.empty()) {
        append_header(text, "Content-Length", std::to_string(request.body.size()));
    }
    text.append("\r\n").append(request.body);
    return text;
}

}  // namespace executors
