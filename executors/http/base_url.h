// The part of a broker's address that its configuration names: scheme, host, port, path prefix.
#pragma once

#include "ledger/base/result.h"

#include <string>
#include <string_view>

namespace executors {

struct BaseUrl {
    bool tls = false;
    std::string host;       // without brackets where it is an IPv6 address
    std::string port;       // a number; the scheme's own where the text names none
    std::string authority;  // what the Host header says
    std::string path;       // "" or "/prefix", never with a slash at its end

    friend bool operator==(const BaseUrl&, const BaseUrl&) = default;
};

// http or https, a host, no user, query or fragment: those are refused (invalid_input), because a
// secret in a URL ends up in somebody's log.
[[nodiscard]] ledger::Result<BaseUrl> parse_base_url(std::string_view text);

}  // namespace executors
