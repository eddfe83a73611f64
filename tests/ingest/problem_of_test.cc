#include "ingest/problem_of.h"

#include <catch2/catch.hpp>

namespace ingest::test::problem_of_test {

using ledger::Errc;
using ledger::Error;

TEST_CASE("each kind of error has its status", "[ingest]") {
    const auto status_of = [](Errc code) { return problem_of(Error{code, "why", "f"}).status; };
    CHECK(status_of(Errc::invalid_input) == 422);
    CHECK(status_of(Errc::not_found) == 404);
    CHECK(status_of(Errc::conflict) == 409);
    CHECK(status_of(Errc::not_allowed) == 409);
    CHECK(status_of(Errc::overloaded) == 429);
    CHECK(status_of(Errc::unavailable) == 503);
    CHECK(status_of(Errc::corrupt) == 503);
    CHECK(status_of(Errc::storage_failed) == 503);
}

TEST_CASE("a refused field is named in the sentence and by itself", "[ingest]") {
    const auto response = problem_of(ledger::invalid_field("quantity", "must be positive"));
    CHECK(response.problem->detail == "quantity must be positive");
    CHECK(response.problem->field == "quantity");
}

TEST_CASE("a full queue tells when to come again", "[ingest]") {
    const auto response = problem_of(Error{Errc::overloaded, "full", {}});
    CHECK(response.headers == std::vector<http::NamedValue>{{"retry-after", "1"}});
}

TEST_CASE("what broke inside is not told", "[ingest]") {
    for (const Errc code : {Errc::corrupt, Errc::storage_failed}) {
        const auto response = problem_of(Error{code, "/var/lib/copyledger: No space left", "x"});
        CHECK(response.problem->detail.find("/var") == std::string::npos);
        CHECK(response.problem->field.empty());
    }
}

}  // namespace ingest::test::problem_of_test
