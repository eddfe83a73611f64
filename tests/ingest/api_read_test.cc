// Views over HTTP: filters, pages, limits.
#include "tests/ingest/api_fixture.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::test::api_read_test {

TEST_CASE("pages follow one another until the last", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 3);
    std::string rows;
    std::string cursor;
    int pages = 0;
    do {
        const Answer page =
            admin.get("/api/followers?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        REQUIRE(page.status == 200);
        CHECK(member(page, "sequence") == "7");
        rows += page.body;
        cursor = member(page, "next");
        ++pages;
    } while (!cursor.empty());
    CHECK(pages == 2);
    for (const char* name : {"f1", "f2", "f3"}) {
        CHECK(rows.find("\"username\":\"" + std::string{name} + "\"") != std::string::npos);
    }
    CHECK(rows.find("MASTER") == std::string::npos);
}

TEST_CASE("each view answers rows, next and sequence", "[ingest]") {
    ApiFixture api;
    ApiClient auditor = api.client(Role::auditor);
    for (const char* path : {"/api/events", "/api/orders", "/api/positions", "/api/pending",
                             "/api/trades/mappings", "/api/masters", "/api/followers"}) {
        const Answer answer = auditor.get(path);
        CHECK(answer.status == 200);
        CHECK(answer.body == R"({"rows":[],"next":null,"sequence":"0"})");
    }
}

TEST_CASE("filters reach the view, and unknown ones are refused by their name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 2);
    const Answer links = admin.get("/api/events?kind=LinkSet");
    CHECK(links.body.find("AccountOpened") == std::string::npos);
    CHECK(links.body.find(R"("sequence":"5")") != std::string::npos);
    const Answer unknown = admin.get("/api/events?colour=red");
    CHECK(unknown.status == 422);
    CHECK(member(unknown, "field") == "colour");
}

TEST_CASE("an answer as of the past says which instant it is from", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const Answer answer = admin.get("/api/orders?as_of=2");
    CHECK(answer.status == 200);
    CHECK(member(answer, "as_of_sequence") == "3");
    CHECK(member(answer, "as_of_time") == "2027-01-15T08:00:00.000000000Z");
    CHECK(answer.body.find(R"("valid_at":null)") != std::string::npos);
    CHECK(admin.get("/api/orders").body.find("as_of") == std::string::npos);
    for (const char* query : {"as_of=", "as_of=1&as_of=2", "valid_at="}) {
        const Answer refused = admin.get("/api/orders?" + std::string{query});
        CHECK(refused.status == 422);
    }
    CHECK(member(admin.get("/api/orders?valid_at="), "field") == "valid_at");
}

TEST_CASE("an auditor asks for reasons and for completeness, an ingester does not", "[ingest]") {
    ApiFixture api;
    ApiClient auditor = api.client(Role::auditor);
    CHECK(auditor.get("/api/audit/why/B-1").body == R"({"report":"why","id":"B-1"})");
    CHECK(auditor.get("/api/audit/completeness?from=3&to=9").body ==
          R"({"report":"completeness","from":"3","to":"9"})");
    CHECK(member(auditor.get("/api/audit/why/B-1?id=B-2"), "field") == "id");
    ApiClient ingester = api.client(Role::ingest);
    CHECK(ingester.get("/api/audit/why/B-1").status == 403);
    CHECK(ingester.get("/api/audit/completeness").status == 403);
}

TEST_CASE("a limit beyond the bounds is refused", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    CHECK(admin.get("/api/events?limit=1000").status == 200);
    for (const char* limit : {"0", "1001", "-1", "ten", "", "99999999999999999999"}) {
        const Answer answer = admin.get("/api/events?limit=" + std::string{limit});
        CHECK(answer.status == 422);
        CHECK(member(answer, "field") == "limit");
    }
}

TEST_CASE("the URL cannot widen what the path narrows", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    CHECK(member(admin.get("/api/masters?role=FOLLOWER"), "field") == "role");
    CHECK(member(admin.get("/api/masters/1/followers?master=2"), "field") == "master");
    CHECK(member(admin.get("/api/events?kind=a&kind=b"), "field") == "kind");
    std::string many = "/api/events?a0=0";
    for (int i = 1; i < 20; ++i) many += "&a" + std::to_string(i) + "=0";
    CHECK(admin.get(many).status == 422);
}

}  // namespace ingest::test::api_read_test
