// Masters, followers and links over HTTP.
#include "tests/ingest/api_fixture.h"

#include <string>

#include <catch2/catch.hpp>

namespace ingest::test::api_accounts_test {

namespace {

const std::string asha =
    R"({"master_name":"Asha Rao","email":"a@example.org","blaze_account_id":"M1",
        "blaze_api_key":"key-0123456789","blaze_api_secret":"secret-abcdef","password":"pw"})";

}  // namespace

TEST_CASE("a master is created once and answered the same again", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const Answer created = admin.post("/api/masters", asha);
    CHECK(created.status == 201);
    CHECK(created.headers.at("location") == "/api/masters/1");
    CHECK(member(created, "id") == "1");
    CHECK(member(created, "broker") == "blaze");
    CHECK(member(created, "broker_account") == "M1");
    CHECK(member(created, "username") == "M1");
    CHECK(member(created, "name") == "Asha Rao");
    CHECK(member(created, "credential_hint") == "6789");
    const Answer repeated = admin.post("/api/masters", asha);
    CHECK(repeated.status == 200);
    CHECK(repeated.body == created.body);
    CHECK(api.events().size() == 1);
    CHECK(api.events().front().actor.substr(0, 6) == "token/");
}

TEST_CASE("an account of the same code with other particulars is a conflict", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/masters", asha).status == 201);
    const Answer other =
        admin.post("/api/masters", R"({"master_name":"Else","broker_account":"M1"})");
    CHECK(other.status == 409);
    CHECK(member(other, "field") == "broker_account");
}

TEST_CASE("an account is found by its number and by its own code", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const Answer follower =
        admin.post("/api/followers",
                   R"({"username":"ravi","iifl_customer_code":"F77","scaling_factor":0.29})");
    REQUIRE(follower.status == 201);
    CHECK(member(follower, "scaling_factor") == "0.29");
    CHECK(member(follower, "name") == "ravi");
    for (const char* id : {"1", "ravi", "F77"}) {
        CHECK(admin.get("/api/followers/" + std::string{id}).body == follower.body);
    }
    CHECK(admin.get("/api/followers/2").status == 404);
    CHECK(admin.get("/api/masters/1").status == 404);
    CHECK(member(admin.get("/api/masters/nobody"), "field") == "id");
}

TEST_CASE("a follower's code is its username where it has no other", "[ingest]") {
    ApiFixture api;
    const Answer answer = api.client(Role::admin).post("/api/followers", R"({"username":"f1"})");
    CHECK(member(answer, "broker_account") == "f1");
    CHECK(member(answer, "scaling_factor") == "1");
}

TEST_CASE("PUT changes what it names and leaves the rest", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/masters", asha).status == 201);
    const Answer changed =
        admin.put("/api/masters/M1", R"({"email":"b@example.org","enabled":false})");
    CHECK(changed.status == 200);
    CHECK(member(changed, "email") == "b@example.org");
    CHECK(member(changed, "enabled") == "false");
    CHECK(member(changed, "name") == "Asha Rao");
    CHECK(member(changed, "credential_hint") == "6789");
    CHECK(admin.put("/api/masters/M1", R"({"username":"M1","broker":"blaze"})").status == 200);
    CHECK(api.events().size() == 2);
}

TEST_CASE("an account's identity never changes", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/masters", asha).status == 201);
    for (const std::string field : {"username", "broker", "broker_account"}) {
        const Answer answer = admin.put("/api/masters/1", "{\"" + field + R"(":"other"})");
        CHECK(answer.status == 409);
        CHECK(member(answer, "field") == field);
    }
}

TEST_CASE("DELETE closes an account, which keeps its place", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/masters", asha).status == 201);
    CHECK(member(admin.remove("/api/masters/1"), "closed") == "true");
    CHECK(member(admin.get("/api/masters/1"), "closed") == "true");
    CHECK(admin.remove("/api/masters/1").status == 200);
    CHECK(admin.put("/api/masters/1", R"({"name":"New"})").status == 409);
    const Answer again = admin.post("/api/masters", asha);
    CHECK(again.status == 201);
    CHECK(member(again, "id") == "1");
    CHECK(member(again, "closed") == "false");
}

TEST_CASE("a bad field of an account is refused by its name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const auto field_of = [&](const std::string& path, const std::string& body) {
        const Answer answer = admin.post(path, body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    const std::string masters = "/api/masters";
    const std::string followers = "/api/followers";
    CHECK(field_of(masters, R"({"blaze_account_id":"M1"})") == "master_name");
    CHECK(field_of(masters, R"({"master_name":"A"})") == "blaze_account_id");
    CHECK(field_of(masters, R"({"master_name":5,"blaze_account_id":"M1"})") == "master_name");
    CHECK(field_of(masters, R"({"master_name":"A","blaze_account_id":"M1","broker":"x"})") ==
          "broker");
    CHECK(field_of(masters, R"({"master_name":"A","blaze_account_id":"1","broker_account":"2"})") ==
          "blaze_account_id");
    CHECK(field_of(followers, "{}") == "username");
    CHECK(field_of(followers, R"({"username":"f","scaling_factor":-1})") == "scaling_factor");
    CHECK(field_of(followers, R"({"username":"f","enabled":"yes"})") == "enabled");
    CHECK(field_of(followers, R"({"username":"f","max_daily_loss":1000})") == "max_daily_loss");
    CHECK(field_of(followers, R"({"username":"f","credentials":{"appKey":1}})") ==
          "credentials.appKey");
    CHECK(api.events().empty());
}

TEST_CASE("half of a pair of secrets does not wipe out the other half", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/masters", asha).status == 201);
    const Answer answer = admin.put("/api/masters/1", R"({"blaze_api_secret":"new"})");
    CHECK(answer.status == 422);
    CHECK(member(answer, "field") == "blaze_api_key");
}

TEST_CASE("a link is made, changed, listed from both ends and removed", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const std::string links = "/api/masters/M1/followers";
    const Answer same = admin.post(links, R"({"follower_id":2})");
    CHECK(same.status == 200);
    CHECK(member(same, "scaling_factor") == "1");
    const Answer changed = admin.post(
        links,
        R"({"follower_id":"f1","scaling_factor":"1.5","active":false,"round_up_to_min_lot":true,
            "copy_strategy":"FIXED_RATIO"})");
    CHECK(changed.status == 201);
    CHECK(member(changed, "scaling_factor") == "1.5");
    CHECK(member(changed, "active") == "false");
    CHECK(member(changed, "round_up_to_min_lot") == "true");
    CHECK(admin.get(links).body.find(changed.body) != std::string::npos);
    CHECK(admin.get("/api/followers/f1/masters").body.find(changed.body) != std::string::npos);
    CHECK(admin.remove(links + "/f1").status == 204);
    CHECK(admin.remove(links + "/2").status == 204);
    CHECK(admin.get(links).body.find(R"({"rows":[],)") == 0);
}

TEST_CASE("a bad field of a link is refused by its name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    open_accounts(admin, 1);
    const auto refused = [&](const std::string& body, int status) {
        const Answer answer = admin.post("/api/masters/1/followers", body);
        CHECK(answer.status == status);
        return member(answer, "field");
    };
    CHECK(refused("{}", 422) == "follower_id");
    CHECK(refused(R"({"follower_id":"nobody"})", 404) == "follower_id");
    CHECK(refused(R"({"follower_id":"M1"})", 404) == "follower_id");
    CHECK(refused(R"({"follower_id":"f1","scaling_factor":0})", 422) == "scaling_factor");
    CHECK(refused(R"({"follower_id":"f1","active":1})", 422) == "active");
    CHECK(admin.post("/api/masters/9/followers", R"({"follower_id":"f1"})").status == 404);
    CHECK(admin.remove("/api/masters/1/followers/nobody").status == 404);
}

}  // namespace ingest::test::api_accounts_test
