#include "ingest/tokens.h"

#include "tests/ingest/api_fixture.h"

#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <sys/stat.h>

namespace ingest::test::tokens_test {

namespace {

std::string content(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

unsigned mode_of(const std::string& path) {
    struct stat status {};

    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

class Tokens {
  public:
    [[nodiscard]] TokenStore open() { return TokenStore::open(directory.path(), clock).value(); }

    [[nodiscard]] std::string path(const std::string& name) const {
        return directory.path() + "/" + name;
    }

    TemporaryDirectory directory;
    SteadyClock clock;
};

}  // namespace

TEST_CASE("a token is known by its secret and tells its role", "[ingest]") {
    Tokens tokens;
    TokenStore store = tokens.open();
    const NewToken auditor = store.create(Role::auditor).value();
    const NewToken ingest = store.create(Role::ingest).value();
    CHECK(auditor.token.substr(0, 3) == "cl_");
    CHECK(auditor.token.size() == 46);
    CHECK(auditor.token != ingest.token);
    REQUIRE(store.verify(auditor.token));
    CHECK(store.verify(auditor.token)->role == Role::auditor);
    CHECK(store.verify(auditor.token)->token_id == auditor.id);
    CHECK(store.verify(ingest.token)->role == Role::ingest);
    CHECK_FALSE(store.verify(""));
    CHECK_FALSE(store.verify("cl_nonsense"));
    CHECK_FALSE(store.verify(auditor.token + "A"));
    CHECK_FALSE(store.verify(std::string(1'000'000, 'A')));
}

TEST_CASE("the token file holds no secret and nobody else may read it", "[ingest]") {
    Tokens tokens;
    TokenStore store = tokens.open();
    const NewToken token = store.create(Role::admin).value();
    const std::string text = content(tokens.path("tokens"));
    CHECK(text.find(token.id) != std::string::npos);
    CHECK(text.find(token.token) == std::string::npos);
    CHECK(text.find(token.token.substr(3)) == std::string::npos);
    CHECK(mode_of(tokens.path("tokens")) == 0600);
}

TEST_CASE("a new token is known to another store of the directory at once", "[ingest]") {
    Tokens tokens;
    TokenStore server = tokens.open();
    const NewToken token = tokens.open().create(Role::auditor).value();
    CHECK(server.verify(token.token));
}

TEST_CASE("a token revoked by another process is refused within a second", "[ingest]") {
    Tokens tokens;
    TokenStore server = tokens.open();
    const NewToken token = server.create(Role::auditor).value();
    REQUIRE(server.verify(token.token));
    REQUIRE(tokens.open().revoke(token.id));
    tokens.clock.advance(TokenStore::recheck_period_ns);
    CHECK_FALSE(server.verify(token.token));
    CHECK(tokens.open().revoke("0123").error().code == ledger::Errc::not_found);
}

TEST_CASE("tokens survive the process that made them", "[ingest]") {
    Tokens tokens;
    const NewToken token = tokens.open().create(Role::ingest).value();
    TokenStore later = tokens.open();
    REQUIRE(later.verify(token.token));
    CHECK(later.records().front().created_at_ns == tokens.clock.now_ns());
}

TEST_CASE("a token file that cannot be trusted lets nobody in", "[ingest]") {
    Tokens tokens;
    TokenStore server = tokens.open();
    const NewToken token = server.create(Role::admin).value();
    REQUIRE(server.verify(token.token));

    SECTION("because it is damaged") {
        std::ofstream(tokens.path("tokens"), std::ios::app) << "who ADMIN 00ff\n";
        CHECK(TokenStore::open(tokens.directory.path(), tokens.clock).error().code ==
              ledger::Errc::corrupt);
    }
    SECTION("because others may write it") {
        std::ofstream(tokens.path("tokens"), std::ios::app) << "# a remark\n";
        REQUIRE(::chmod(tokens.path("tokens").c_str(), 0666) == 0);
        CHECK(TokenStore::open(tokens.directory.path(), tokens.clock).error().code ==
              ledger::Errc::not_allowed);
    }
    tokens.clock.advance(TokenStore::recheck_period_ns);
    CHECK_FALSE(server.verify(token.token));
}

TEST_CASE("the first start writes an admin token and no later one does", "[ingest]") {
    Tokens tokens;
    TokenStore store = tokens.open();
    const auto path = store.ensure_admin_token();
    REQUIRE(path);
    CHECK(path.value() == tokens.path("admin.token"));
    CHECK(mode_of(tokens.path("admin.token")) == 0600);
    std::string token = content(tokens.path("admin.token"));
    REQUIRE(token.back() == '\n');
    token.pop_back();
    REQUIRE(store.verify(token));
    CHECK(store.verify(token)->role == Role::admin);
    CHECK_FALSE(store.ensure_admin_token().value().has_value());
    CHECK_FALSE(tokens.open().ensure_admin_token().value().has_value());
    CHECK(content(tokens.path("admin.token")) == token + "\n");
}

TEST_CASE("tokens made at the same time by several processes are all kept", "[ingest]") {
    Tokens tokens;
    std::vector<std::string> made(4);
    std::vector<std::thread> makers;
    for (std::string& token : made) {
        makers.emplace_back([&] { token = tokens.open().create(Role::auditor).value().token; });
    }
    for (std::thread& maker : makers) maker.join();
    TokenStore store = tokens.open();
    for (const std::string& token : made) CHECK(store.verify(token));
}

TEST_CASE("token records read back as they were written", "[ingest]") {
    TokenRecord good;
    good.id = "00ff";
    good.role = Role::follower;
    good.hash.fill(0xa5);
    good.created_at_ns = 1'800'000'000'123'456'789;
    TokenRecord revoked = good;
    revoked.id = "11ee";
    revoked.revoked_at_ns = good.created_at_ns + 1;
    const std::vector<TokenRecord> records{good, revoked};
    const std::string text = format_tokens(records);
    CHECK(parse_tokens(text).value() == records);
    CHECK_FALSE(parse_tokens(text + text));
    for (const char* line : {"00ff ADMIN", "00ff KING 00 - -", "..", "00ff ADMIN 00 - -"}) {
        CHECK(parse_tokens(line).error().code == ledger::Errc::corrupt);
    }
}

}  // namespace ingest::test::tokens_test
