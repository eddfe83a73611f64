// One request to a server, and its answer as a result.
#pragma once

#include "ledger/base/result.h"

#include <string>

namespace tools {

struct ServerAddress {
    std::string url;
    std::string token;
};

// The body of a 2xx. A problem comes back as the error that it stands for; a server that cannot be
// reached, or does not answer, is unavailable. What was asked may then have been done or not.
[[nodiscard]] ledger::Result<std::string> post_to_server(const ServerAddress& server,
                                                         const std::string& target,
                                                         std::string body);

// Likewise a text, to that URL itself, of a server that need not be one of ours.
[[nodiscard]] ledger::Result<std::string> post_text(const std::string& url, std::string text);

// The error that a problem document of this status stands for.
[[nodiscard]] ledger::Error error_of_problem(unsigned status, const std::string& body);

// The first line of that file; an empty path gives COPYLEDGER_TOKEN, and where that is not set the
// first line of `otherwise`. invalid_input where there is no token.
[[nodiscard]] ledger::Result<std::string> read_token(const std::string& path,
                                                     const std::string& otherwise);

}  // namespace tools
