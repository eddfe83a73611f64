#include "ingest/authorise.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ingest {

namespace {

std::span<const Role> roles_of(Access access) {
    static constexpr std::array readers{Role::admin, Role::auditor};
    static constexpr std::array administrators{Role::admin};
    static constexpr std::array reporters{Role::admin, Role::ingest};
    switch (access) {
        case Access::open:
            return {};
        case Access::read:
            return readers;
        case Access::administer:
            return administrators;
        case Access::report:
            return reporters;
    }
    return {};
}

// RFC 6750 2.1; the scheme's name in any case of letters (RFC 9110 11.1).
std::optional<std::string_view> bearer_token(std::string_view authorization) {
    constexpr std::string_view scheme = "Bearer ";
    if (!http::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    authorization.remove_prefix(scheme.size());
    const auto begin = std::min(authorization.find_first_not_of(' '), authorization.size());
    return authorization.substr(begin);
}

std::optional<std::string_view> token_of(const http::Request& request) {
    if (const auto authorization = request.headers.find("authorization")) {
        return bearer_token(*authorization);
    }
    return request.headers.find("x-qa-secret");
}

http::Response unauthorized(std::string detail, std::string challenge) {
    http::Response response = http::problem(401, "Unauthorized", std::move(detail));
    response.headers.emplace_back("www-authenticate", std::move(challenge));
    return response;
}

http::Response forbidden(Role role, std::span<const Role> allowed) {
    std::string roles;
    for (const Role one : allowed) {
        if (!roles.empty()) roles += " or ";
        roles += to_text(one);
    }
    return http::problem(403, "Forbidden",
                         "This needs the role " + roles + "; the token's role is " +
                             std::string{to_text(role)} + ".");
}

}  // namespace

std::variant<Caller, http::Response> authorise(const http::Request& request, TokenStore& tokens,
                                               Access access) {
    if (access == Access::open) return Caller{};
    const auto token = token_of(request);
    if (!token) {
        return unauthorized("A token is needed: Authorization: Bearer TOKEN.",
                            R"(Bearer realm="copyledger")");
    }
    auto caller = tokens.verify(*token);
    if (!caller) {
        return unauthorized("The token is unknown or revoked.",
                            R"(Bearer realm="copyledger", error="invalid_token")");
    }
    const auto allowed = roles_of(access);
    if (std::ranges::find(allowed, caller->role) == allowed.end()) {
        return forbidden(caller->role, allowed);
    }
    return std::move(*caller);
}

}  // namespace ingest
