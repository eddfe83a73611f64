// Thousands of clients that connect and say nothing.
#include "tests/processes/stage.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/resource.h>

namespace processes {

namespace {

// As many descriptors as the system lets this process have.
std::size_t descriptors_max() {
    rlimit limit{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &limit) == 0);
    return limit.rlim_cur;
}

}  // namespace

TEST_CASE("5,000 idle connections do not keep a webhook from its answer", "[processes]") {
    constexpr std::size_t wanted = 5'000;
    constexpr std::size_t kept_free = 100;  // for what else the test opens
    const std::size_t connections = std::min(wanted, descriptors_max() - kept_free);
    if (connections < wanted) WARN("only " << connections << " connections");
    Stage stage;
    stage.open_accounts(2);
    std::vector<Connection> idle;
    for (std::size_t i = 0; i < connections; ++i) {
        idle.emplace_back(stage.ledger().port());
        REQUIRE(idle.back().is_open());
        if (i % 1000 != 999) continue;
        const std::string id = std::to_string(i);
        CHECK(stage.admin().post(webhook, webhook_body({{"order_id", id}})).status == 200);
    }
    HttpClient client = stage.admin();
    CHECK(client.get("/health").member("status") == "healthy");
    CHECK(client.post(webhook, webhook_body()).status == 200);
    stage.await_quiescence();
    CHECK(stage.broker_journal("accepted").size() == 2 * (connections / 1000 + 1));
    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});
}

}  // namespace processes
