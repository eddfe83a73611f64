// The mutator does what the replay of the corpus relies on.
#include "tests/fuzz/mutations.h"

#include <algorithm>
#include <set>
#include <vector>

#include <catch2/catch.hpp>

namespace fuzz::mutations_test {

namespace {

constexpr std::string_view input = R"({"quantity": 100, "price": "1405.05"})";
constexpr std::string_view other = "HTTP/1.1 200 OK\r\n";

std::vector<std::string> drawn(std::uint64_t seed, std::size_t count) {
    Mutations mutations{seed};
    std::vector<std::string> out;
    while (out.size() < count) out.push_back(mutations.next(input, other));
    return out;
}

bool any_has(const std::vector<std::string>& texts, std::string_view part) {
    return std::ranges::any_of(
        texts, [&](const std::string& text) { return text.find(part) != text.npos; });
}

}  // namespace

TEST_CASE("one seed gives the same damages in every run", "[fuzz]") {
    CHECK(drawn(7, 50) == drawn(7, 50));
    CHECK(drawn(7, 50) != drawn(8, 50));
}

TEST_CASE("the damages are of many kinds", "[fuzz]") {
    const auto texts = drawn(1, 2000);
    CHECK(std::set<std::string>(texts.begin(), texts.end()).size() > 1500);
    CHECK(any_has(texts, "9223372036854775808"));
    CHECK(any_has(texts, " OK\r\n"));
    CHECK(any_has(texts, std::string(4, '\xff')));
    CHECK(any_has(texts, std::string(1, '\0')));
    const auto shorter = [](const std::string& text) { return text.size() < input.size() / 2; };
    const auto longer = [](const std::string& text) { return text.size() > input.size(); };
    CHECK(std::ranges::any_of(texts, shorter));
    CHECK(std::ranges::any_of(texts, longer));
}

TEST_CASE("damages to nothing and to a great deal stay within the bound", "[fuzz]") {
    const std::string large(Mutations::bytes_max, 'x');
    Mutations mutations{3};
    for (int i = 0; i < 500; ++i) {
        CHECK(mutations.next({}, {}).size() <= Mutations::bytes_max);
        CHECK(mutations.next(large, large).size() <= Mutations::bytes_max);
    }
}

}  // namespace fuzz::mutations_test
