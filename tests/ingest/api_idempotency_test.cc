#include "ingest/idempotency.h"
#include "tests/ingest/api_fixture.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::test::api_idempotency_test {

namespace {

const std::string webhook = "/api/webhooks/blaze/order";
const std::string followers = "/api/followers";

}  // namespace

TEST_CASE("a POST repeated under its key is answered as the first time", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const std::string body = R"({"username":"f1"})";
    const Answer first = admin.post_with_key(followers, body, "k-1");
    REQUIRE(first.status == 201);
    REQUIRE(admin.put("/api/followers/f1", R"({"email":"new@example.org"})").status == 200);
    // Without its key this would contradict the account as it is now.
    CHECK(admin.post(followers, body).status == 409);
    const Answer repeated = admin.post_with_key(followers, body, "k-1");
    CHECK(repeated.status == 200);
    CHECK(member(repeated, "id") == member(first, "id"));
    CHECK(api.events().size() == 2);
}

TEST_CASE("another body under the same key is a conflict", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post_with_key(followers, R"({"username":"f1"})", "k-1").status == 201);
    CHECK(admin.post_with_key(followers, R"({"username":"f2"})", "k-1").status == 409);
    CHECK(admin.get("/api/followers/f2").status == 404);
    CHECK(admin.post_with_key(followers, R"({"username":"f2"})", "k-2").status == 201);
}

TEST_CASE("a key is its caller's own and its path's", "[ingest]") {
    ApiFixture api;
    ApiClient one = api.client(Role::admin);
    ApiClient other = api.client(Role::admin);
    REQUIRE(one.post_with_key(followers, R"({"username":"f1"})", "k").status == 201);
    CHECK(other.post_with_key(followers, R"({"username":"f2"})", "k").status == 201);
    const std::string master = R"({"master_name":"A","broker_account":"M1"})";
    CHECK(one.post_with_key("/api/masters", master, "k").status == 201);
}

TEST_CASE("a webhook's key makes another body a conflict, whatever it tells", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer first = admin.post_with_key(webhook, webhook_body(), "w");
    REQUIRE(first.status == 200);
    const Answer repeated = admin.post_with_key(webhook, webhook_body(), "w");
    CHECK(member(repeated, "duplicate") == "true");
    CHECK(member(repeated, "event_id") == member(first, "event_id"));
    CHECK(member(repeated, "sequence") == member(first, "sequence"));
    const std::string other = webhook_body({{"order_id", R"("1002")"}});
    CHECK(admin.post_with_key(webhook, other, "w").status == 409);
    CHECK(admin.post(webhook, other).status == 200);
}

TEST_CASE("a key out of bounds is a 400", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const std::string body = R"({"username":"f1"})";
    CHECK(admin.post_with_key(followers, body, std::string(256, 'k')).status == 400);
    CHECK(admin.post_with_key(followers, body, "two words").status == 400);
    CHECK(admin.post_with_key(followers, body, "").status == 400);
    CHECK(admin.post_with_key(followers, body, "caf\xc3\xa9").status == 400);
    CHECK(admin.post_with_key(followers, body, "a\r\nIdempotency-Key: b").status == 400);
    CHECK(api.events().empty());
    CHECK(admin.post_with_key(followers, body, std::string(255, 'k')).status == 201);
}

TEST_CASE("what stands in the log for a body with secrets needs the vault's key", "[ingest]") {
    ApiFixture api;
    const std::string body = R"({"password":"1234"})";
    CHECK(keyed_digest_of(body, api.vault()) == keyed_digest_of(body, api.vault()));
    CHECK(keyed_digest_of(body, api.vault()) != digest_of(body));
    ApiFixture elsewhere;
    CHECK(keyed_digest_of(body, api.vault()) != keyed_digest_of(body, elsewhere.vault()));
}

}  // namespace ingest::test::api_idempotency_test
