#include "executors/http/base_url.h"

#include "ledger/text/decimal.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace executors {

namespace urls = boost::urls;

namespace {

ledger::Error refused(std::string detail) {
    return ledger::invalid_field("base_url", std::move(detail));
}

bool is_port(std::string_view digits) {
    const auto port = ledger::text::parse_integer(digits);
    return port && port.value() > 0 && port.value() <= 65'535;
}

std::string without_trailing_slashes(std::string path) {
    while (!path.empty() && path.back() == '/') path.pop_back();
    return path;
}

}  // namespace

ledger::Result<BaseUrl> parse_base_url(std::string_view text) {
    const auto parsed = urls::parse_uri(urls::string_view{text.data(), text.size()});
    if (!parsed) return refused("not an absolute URL");
    const urls::url_view& url = *parsed;
    if (url.scheme() != "http" && url.scheme() != "https") return refused("neither http nor https");
    if (url.has_userinfo()) return refused("credentials do not belong in a URL");
    if (url.has_query() || url.has_fragment()) return refused("has a query or a fragment");
    if (url.encoded_host().empty()) return refused("names no host");
    if (url.has_port() && !is_port(url.port())) return refused("names no usable port");
    // Boost.URL takes what follows an IPv6 address for a path.
    const bool has_path = !url.encoded_path().empty();
    if (has_path && url.encoded_path().front() != '/') return refused("has no host and port");

    BaseUrl base;
    base.tls = url.scheme() == "https";
    base.host = url.host_address();
    base.authority = std::string{url.encoded_host()};
    base.port = base.tls ? "443" : "80";
    if (url.has_port() && url.port() != base.port) {
        base.port = std::string{url.port()};
        base.authority += ":" + base.port;
    }
    base.path = without_trailing_slashes(std::string{url.encoded_path()});
    return base;
}

}  // namespace executors
