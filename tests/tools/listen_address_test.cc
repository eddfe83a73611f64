#include "tools/settings/listen_address.h"

#include <vector>

#include <catch2/catch.hpp>

namespace tools::settings::listen_address_test {

TEST_CASE("a listening address is a host and a port", "[tools]") {
    struct Case {
        const char* text;
        const char* host;
        std::uint16_t port;
    };

    const std::vector<Case> cases{
        {"127.0.0.1:9090", "127.0.0.1", 9090}, {"[::1]:0", "::1", 0},
        {"localhost:80", "127.0.0.1", 80},     {"0.0.0.0:65535", "0.0.0.0", 65535},
        {"[fe80::1]:8080", "fe80::1", 8080},
    };
    for (const auto& [text, host, port] : cases) {
        INFO(text);
        const auto address = parse_listen(text);
        REQUIRE(address.has_value());
        CHECK(address.value().host == host);
        CHECK(address.value().port == port);
    }
}

TEST_CASE("what is no listening address is refused by the name of the setting", "[tools]") {
    for (const char* text : {"", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                             "127.0.0.1:-1", "127.0.0.1:http", "127.0.0.1:1.5", "h: 80"}) {
        INFO(text);
        const auto address = parse_listen(text);
        REQUIRE_FALSE(address.has_value());
        CHECK(address.error().code == ledger::Errc::invalid_input);
        CHECK(address.error().field == "listen");
    }
}

}  // namespace tools::settings::listen_address_test
