// A broker's address as the configuration names it.
#include "executors/http/base_url.h"

#include "executors/http/http_message.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <string>

namespace fuzz {

void base_url(Input input) {
    const auto url = executors::parse_base_url(input);
    if (!url) {
        law(url.error().code == ledger::Errc::invalid_input, "a bad address is invalid input");
        return;
    }
    const executors::BaseUrl& base = url.value();
    law(!base.host.empty() && !base.port.empty(), "there is somebody to connect to");
    law(base.path.empty() || (base.path.front() == '/' && base.path.back() != '/'),
        "a path begins with a slash and ends without");
    law(base.authority.find_first_of("@ \r\n") == std::string::npos,
        "the Host header holds neither a secret nor another line");
    const auto again =
        executors::parse_base_url((base.tls ? "https://" : "http://") + base.authority + base.path);
    law(again && again.value() == base, "an address put together again is the same");

    executors::HttpRequest request;
    request.target = base.path + "/orders";
    const auto text = executors::request_text(base, request);
    law(text.has_value(), "requests can be sent there");
    law(std::ranges::count(*text, '\n') == 4, "a request has the lines that it should have");
}

}  // namespace fuzz
