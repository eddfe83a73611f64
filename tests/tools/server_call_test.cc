#include "tools/server_call.h"

#include "tests/tools/tool_fixture.h"
#include "tools/exit_code.h"
#include "tools/server_file.h"

#include <catch2/catch.hpp>

namespace tools::test::server_call_test {

TEST_CASE("a server's refusal ends a command as the ledger's own would", "[tools]") {
    const auto exit_of = [](unsigned status) { return exit_code_of(error_of_problem(status, "")); };
    for (const unsigned status : {400U, 413U, 422U}) CHECK(exit_of(status) == ExitCode::usage);
    for (const unsigned status : {401U, 403U, 409U}) CHECK(exit_of(status) == ExitCode::refused);
    for (const unsigned status : {429U, 500U, 502U, 503U}) {
        CHECK(exit_of(status) == ExitCode::cannot_open);
    }
    CHECK(exit_of(404) == ExitCode::findings);
}

TEST_CASE("a problem document speaks for itself, any other body is told by its status", "[tools]") {
    CHECK(error_of_problem(409, R"({"title":"Conflict","detail":"not so"})").detail == "not so");
    for (const char* body : {"", "<html>", "[]", R"({"title":"x"})", R"({"detail":3})"}) {
        CHECK(error_of_problem(502, body).detail == "the server answered 502");
    }
}

TEST_CASE("a server that is not there cannot be reached", "[tools]") {
    const auto answer = post_to_server({"http://127.0.0.1:1", "token"}, "/api/halt", "{}");
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == ledger::Errc::unavailable);
    CHECK(answer.error().detail.find("cannot be reached") != std::string::npos);
}

TEST_CASE("a token is the first line of the file that is named", "[tools]") {
    const TemporaryDirectory directory;
    const std::string path = directory.file("token", "secret\nmore\n");
    const std::string empty = directory.file("empty", "");
    CHECK(read_token(path, empty).value() == "secret");
    for (const std::string& bad : {empty, directory.path() + "/missing"}) {
        const auto token = read_token(bad, path);
        REQUIRE_FALSE(token.has_value());
        CHECK(token.error().field == "token");
    }
}

TEST_CASE("a data directory tells where its server is while there is one", "[tools]") {
    const TemporaryDirectory directory;
    CHECK_FALSE(server_url(directory.path()).has_value());
    {
        const ServerFile file{directory.path(), "http://127.0.0.1:8080"};
        CHECK(server_url(directory.path()) == "http://127.0.0.1:8080");
    }
    CHECK_FALSE(server_url(directory.path()).has_value());
}

TEST_CASE("a server that listens everywhere is asked on this machine", "[tools]") {
    const TemporaryDirectory directory;
    {
        const ServerFile file{directory.path(), "http://0.0.0.0:80"};
        CHECK(server_url(directory.path()) == "http://127.0.0.1:80");
    }
    const ServerFile file{directory.path(), "http://[::]:80"};
    CHECK(server_url(directory.path()) == "http://[::1]:80");
}

}  // namespace tools::test::server_call_test
