// Where a server listens, as a person writes it.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>

namespace tools::settings {

struct ListenAddress {
    std::string host;
    std::uint16_t port = 0;
};

// "127.0.0.1:9090", "[::1]:0", "localhost:80". invalid_input naming "listen".
[[nodiscard]] ledger::Result<ListenAddress> parse_listen(const std::string& text);

}  // namespace tools::settings
