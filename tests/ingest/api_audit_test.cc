// Checkpoints and proofs over HTTP; what is in them the Queries port decides.
#include "tests/ingest/api_fixture.h"

#include <catch2/catch.hpp>

namespace ingest::test::api_audit_test {

TEST_CASE("the checkpoint is plain text, as it was signed", "[ingest]") {
    ApiFixture api;
    const Answer answer = api.client(Role::auditor).get("/api/audit/checkpoint");
    CHECK(answer.status == 200);
    CHECK(answer.body == "a checkpoint\n");
}

TEST_CASE("an event's proof is asked for by its name", "[ingest]") {
    ApiFixture api;
    ApiClient auditor = api.client(Role::auditor);
    const Answer answer = auditor.get("/api/audit/proof?event=17");
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"proof_of":"17"})");
    CHECK(auditor.get("/api/audit/proof?event=none").status == 404);
    for (const char* path : {"/api/audit/proof", "/api/audit/proof?event="}) {
        const Answer refused = auditor.get(path);
        CHECK(refused.status == 422);
        CHECK(member(refused, "field") == "event");
    }
}

TEST_CASE("proofs are for those who may read everything", "[ingest]") {
    ApiFixture api;
    for (const char* path : {"/api/audit/checkpoint", "/api/audit/proof?event=1"}) {
        CHECK(api.client(Role::ingest).get(path).status == 403);
        CHECK(api.client_with("").get(path).status == 401);
    }
}

}  // namespace ingest::test::api_audit_test
