// A person's fields: sealed in the log, shown in answers, and gone once erased.
#include "ingest/credentials.h"
#include "tests/ingest/api_fixture.h"

#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace ingest::test::api_erasure_test {

namespace {

namespace fs = std::filesystem;

const std::string ravi = R"({"username":"f1","name":"Ravi Kumaran","email":"ravi@kumaran.example",)"
                         R"("credentials":{"appKey":"ravis-own-key","secretKey":"ravis-secret"}})";

// As an account was recorded before anything was sealed but the credentials, by another key.
ledger::Command plain_account(const ApiFixture& api) {
    ledger::OpenAccount open;
    open.identity = {ledger::AccountRole::follower, "blaze", "f1", "f1"};
    open.profile.name = "Ravi Kumaran";
    open.profile.email = "ravi@kumaran.example";
    open.profile.sealed_credentials =
        api.vault().seal({{"appKey", "ravis-own-key"}, {"secretKey", "ravis-secret"}},
                         credential_context("blaze", "f1"));
    open.profile.credential_hint = "-key";
    ledger::Command command;
    command.actor = "before";
    command.payload = std::move(open);
    return command;
}

const ledger::AccountProfile& last_profile(const std::vector<ledger::Event>& events) {
    return std::get<ledger::AccountChanged>(events.back().payload).profile;
}

std::string erasing(const std::string& account, const std::string& why = "asked for") {
    return R"({"account":")" + account + R"(","why":")" + why + R"("})";
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t keys_of(const ApiFixture& api) {
    if (!fs::exists(api.subjects_directory())) return 0;
    const fs::directory_iterator files{api.subjects_directory()};
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("a person's name, email and key hint are sealed in the log and shown in answers",
          "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const Answer created = admin.post("/api/followers", ravi);
    REQUIRE(created.status == 201);
    CHECK(member(created, "name") == "Ravi Kumaran");
    CHECK(member(created, "email") == "ravi@kumaran.example");
    CHECK(member(created, "credential_hint") == "-key");
    REQUIRE(admin.put("/api/followers/f1", R"({"email":"new@kumaran.example"})").status == 200);
    CHECK(member(admin.get("/api/followers/f1"), "email") == "new@kumaran.example");
    const std::string log = api.log_bytes();
    for (const std::string_view part : {"Ravi Kumaran", "kumaran", "ravis-", "-key"}) {
        INFO(part);
        CHECK_FALSE(holds(log, part));
    }
    CHECK(holds(log, "sealed:1:"));
    CHECK(keys_of(api) == 1);
}

TEST_CASE("a repeated request is a duplicate, another content a conflict, though both are sealed",
          "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    CHECK(admin.post("/api/followers", ravi).status == 200);
    CHECK(admin.post("/api/followers", R"({"username":"f1","name":"Other"})").status == 409);
    const std::string change = R"({"name":"Ravi K","credentials":{"appKey":"another-key"}})";
    CHECK(admin.put("/api/followers/f1", change).status == 200);
    CHECK(admin.put("/api/followers/f1", change).status == 200);
    CHECK(api.events().size() == 2);
}

TEST_CASE("a field that looks like a sealed text is refused by its name", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    const auto refused = [&](const std::string& path, const std::string& body) {
        const Answer answer = admin.post(path, body);
        CHECK(answer.status == 422);
        return member(answer, "field");
    };
    CHECK(refused("/api/followers", R"({"username":"f1","name":"sealed:1:x"})") == "name");
    CHECK(refused("/api/followers", R"({"username":"f1","email":"sealed:"})") == "email");
    CHECK(refused("/api/masters", R"({"master_name":"sealed:x","blaze_account_id":"M1"})") ==
          "master_name");
    REQUIRE(admin.post("/api/followers", R"({"username":"f1","name":"sealed"})").status == 201);
    CHECK(admin.put("/api/followers/f1", R"({"email":"sealed:1:x"})").status == 422);
}

TEST_CASE("an account from before is sealed with its next change, and a repetition is none",
          "[ingest]") {
    ApiFixture api{{}, ApiFixture::Writer::waiting};
    REQUIRE(api.sequencer().submit(plain_account(api), [](const auto&) {}));
    api.start_writer();
    ApiClient admin = api.client(Role::admin);
    CHECK(admin.post("/api/followers", ravi).status == 200);
    CHECK(api.events().size() == 1);
    REQUIRE(admin.put("/api/followers/f1", R"({"enabled":false})").status == 200);
    CHECK(api.events().size() == 2);
    const Answer shown = admin.get("/api/followers/f1");
    CHECK(member(shown, "name") == "Ravi Kumaran");
    CHECK(member(shown, "credential_hint") == "-key");
    const auto all = api.events();
    const ledger::AccountProfile& profile = last_profile(all);
    for (const std::string& text : {profile.name, profile.email, profile.credential_hint}) {
        CHECK(text.starts_with("sealed:1:"));
    }
    CHECK(api.subjects()
              .open(profile.sealed_credentials, credential_context("blaze", "f1"))
              .value()
              .at("secretKey") == "ravis-secret");
}

TEST_CASE("an erased person's fields are shown as erased, and their key is no more", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    REQUIRE(admin.post("/api/followers", R"({"username":"f2","name":"Asha"})").status == 201);
    REQUIRE(admin.remove("/api/followers/f1").status == 200);
    const Answer erased = admin.post("/api/subjects/erase", erasing("f1"));
    REQUIRE(erased.status == 200);
    CHECK(member(erased, "account_id") == "1");
    CHECK(member(erased, "erased") == "true");
    CHECK(member(erased, "duplicate") == "false");
    CHECK(api.count_events("SubjectErased") == 1);
    CHECK(keys_of(api) == 1);
    const Answer shown = admin.get("/api/followers/f1");
    for (const char* name : {"name", "email", "credential_hint"}) {
        CHECK(member(shown, name) == "(erased)");
    }
    CHECK(member(admin.get("/api/followers/f2"), "name") == "Asha");
    const Answer again = admin.post("/api/subjects/erase", erasing("1"));
    CHECK(again.status == 200);
    CHECK(member(again, "duplicate") == "true");
    CHECK(api.count_events("SubjectErased") == 1);
}

TEST_CASE("a repeated erasure destroys a key that a crash left", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    REQUIRE(admin.remove("/api/followers/f1").status == 200);
    const fs::path kept = api.subjects_directory() + "-kept";
    fs::copy(api.subjects_directory(), kept);
    REQUIRE(admin.post("/api/subjects/erase", erasing("f1")).status == 200);
    REQUIRE(keys_of(api) == 0);
    fs::copy(kept, api.subjects_directory());
    REQUIRE(member(admin.get("/api/followers/f1"), "name") == "Ravi Kumaran");
    CHECK(admin.post("/api/subjects/erase", erasing("f1")).status == 200);
    CHECK(keys_of(api) == 0);
    CHECK(member(admin.get("/api/followers/f1"), "name") == "(erased)");
}

TEST_CASE("an erasure that cannot destroy the key says so, and is recorded", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    REQUIRE(admin.remove("/api/followers/f1").status == 200);
    const fs::path key = fs::directory_iterator {
        api.subjects_directory()
        } -> path();
    fs::remove(key);
    fs::create_directory(key);
    const Answer failed = admin.post("/api/subjects/erase", erasing("f1"));
    CHECK(failed.status == 503);
    CHECK(api.count_events("SubjectErased") == 1);
    fs::remove(key);
    CHECK(admin.post("/api/subjects/erase", erasing("f1")).status == 200);
}

TEST_CASE("an account opened again after an erasure is another person's", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    REQUIRE(admin.remove("/api/followers/f1").status == 200);
    REQUIRE(admin.post("/api/subjects/erase", erasing("f1")).status == 200);
    const Answer opened = admin.post("/api/followers", ravi);
    CHECK(opened.status == 201);
    CHECK(member(opened, "name") == "Ravi Kumaran");
    const auto all = api.events();
    const auto& before = std::get<ledger::AccountOpened>(all.front().payload).profile;
    CHECK(api.subjects().read(before.name) == "(erased)");
    CHECK(api.subjects().read(last_profile(all).name) == "Ravi Kumaran");
    CHECK(last_profile(all).name != before.name);
    CHECK(keys_of(api) == 1);
}

TEST_CASE("an erasure of what is open, unknown or without a reason is refused", "[ingest]") {
    ApiFixture api;
    ApiClient admin = api.client(Role::admin);
    REQUIRE(admin.post("/api/followers", ravi).status == 201);
    const auto refused = [&](const std::string& body, int status) {
        const Answer answer = admin.post("/api/subjects/erase", body);
        CHECK(answer.status == status);
        return member(answer, "field");
    };
    CHECK(refused(erasing("f1"), 409) == "account");
    CHECK(refused(erasing("f9"), 404) == "account");
    CHECK(refused(R"({"why":"x"})", 422) == "account");
    CHECK(refused(R"({"account":"f1"})", 422) == "why");
    CHECK(refused(erasing("f1", ""), 422) == "why");
    CHECK(refused(R"({"account":"f1","why":"x","followerId":"f1"})", 422) == "followerId");
    ApiClient auditor = api.client(Role::auditor);
    CHECK(auditor.post("/api/subjects/erase", erasing("f1")).status == 403);
    CHECK(api.events().size() == 1);
    CHECK(member(admin.get("/api/followers/f1"), "name") == "Ravi Kumaran");
}

}  // namespace ingest::test::api_erasure_test
