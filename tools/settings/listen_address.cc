#include "tools/settings/listen_address.h"

#include "ledger/text/decimal.h"

#include <limits>
#include <string_view>

namespace tools::settings {

ledger::Result<ListenAddress> parse_listen(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0)
        return ledger::invalid_field("listen", "listen: '" + text + "' is not HOST:PORT");
    ListenAddress address;
    address.host = text.substr(0, colon);
    if (address.host == "localhost") address.host = "127.0.0.1";
    if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']')
        address.host = address.host.substr(1, address.host.size() - 2);
    const auto port = ledger::text::parse_integer(std::string_view{text}.substr(colon + 1));
    if (!port || port.value() < 0 || port.value() > std::numeric_limits<std::uint16_t>::max())
        return ledger::invalid_field("listen", "listen: the port of '" + text + "' is no port");
    address.port = static_cast<std::uint16_t>(port.value());
    return address;
}

}  // namespace tools::settings
