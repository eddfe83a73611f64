#include "ingest/http/router.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::http::http_router_test {

namespace {

Handler nothing() {
    return [](Request&) -> asio::awaitable<Response> { co_return Response(); };
}

Router routes() {
    Router router;
    router.add("GET", "/", nothing());
    router.add("GET", "/api/masters", nothing());
    router.add("POST", "/api/masters", nothing());
    router.add("GET", "/api/masters/{id}", nothing());
    router.add("DELETE", "/api/masters/{id}", nothing());
    router.add("POST", "/api/masters/follow", nothing());
    router.add("DELETE", "/api/masters/{id}/followers/{follower_id}", nothing());
    return router;
}

Request request_for(const std::string& method, std::vector<std::string> segments) {
    Request request;
    request.method = method;
    request.segments = std::move(segments);
    return request;
}

std::string matched(const std::string& method, std::vector<std::string> segments) {
    const Router router = routes();
    Request request = request_for(method, std::move(segments));
    const auto match = router.match(request);
    return match.handler != nullptr ? std::string(request.route) : "not: " + match.allow;
}

}  // namespace

TEST_CASE("a route is found by method and path", "[ingest]") {
    CHECK(matched("GET", {}) == "/");
    CHECK(matched("GET", {"api", "masters"}) == "/api/masters");
    CHECK(matched("GET", {"api", "masters", "7"}) == "/api/masters/{id}");
}

TEST_CASE("a path's parameters are captured under their names", "[ingest]") {
    const Router router = routes();
    Request request = request_for("DELETE", {"api", "masters", "m 1", "followers", "f/2"});
    REQUIRE(router.match(request).handler != nullptr);
    CHECK(request.path_param("id") == "m 1");
    CHECK(request.path_param("follower_id") == "f/2");
}

TEST_CASE("an unknown path has no methods to allow", "[ingest]") {
    CHECK(matched("GET", {"api"}) == "not: ");
    CHECK(matched("GET", {"api", "masters", "7", "x"}) == "not: ");
    CHECK(matched("GET", {"api", "masters", "", "followers", "1"}) == "not: ");
}

TEST_CASE("a known path with another method says which it has", "[ingest]") {
    CHECK(matched("PUT", {"api", "masters"}) == "not: GET, HEAD, POST");
    CHECK(matched("PUT", {"api", "masters", "follow"}) == "not: DELETE, GET, HEAD, POST");
}

TEST_CASE("a literal segment wins where it has the method, else the parameter does", "[ingest]") {
    CHECK(matched("POST", {"api", "masters", "follow"}) == "/api/masters/follow");
    CHECK(matched("GET", {"api", "masters", "follow"}) == "/api/masters/{id}");
}

TEST_CASE("HEAD goes to GET's handler", "[ingest]") {
    CHECK(matched("HEAD", {"api", "masters"}) == "/api/masters");
}

}  // namespace ingest::http::http_router_test
