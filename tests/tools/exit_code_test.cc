#include "tools/exit_code.h"

#include <catch2/catch.hpp>

namespace tools::exit_code_test {

namespace {

int status_of(ledger::Errc code) {
    return static_cast<int>(exit_code_of(ledger::Error{code, {}, {}}));
}

}  // namespace

TEST_CASE("every kind of error has the exit status that the documents promise", "[tools]") {
    using ledger::Errc;
    CHECK(status_of(Errc::not_found) == 1);
    CHECK(status_of(Errc::invalid_input) == 2);
    CHECK(status_of(Errc::unavailable) == 3);
    CHECK(status_of(Errc::overloaded) == 3);
    CHECK(status_of(Errc::corrupt) == 4);
    CHECK(status_of(Errc::conflict) == 6);
    CHECK(status_of(Errc::not_allowed) == 6);
    CHECK(status_of(Errc::storage_failed) == 7);
    CHECK(static_cast<int>(ExitCode::outcomes_unknown) == 5);
}

}  // namespace tools::exit_code_test
