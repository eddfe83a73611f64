// The torture's checks see what they are for: each is shown something that is not as it must be.
#include "tests/torture/run/broker_checks.h"
#include "tests/torture/run/promises.h"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace torture {

using processes::Stage;
using processes::webhook_body;

namespace {

Told post(const Stage& stage, const std::string& fact, const std::string& body) {
    const auto answer = stage.admin().post(processes::webhook, body);
    REQUIRE(answer.status == 200);
    return {.fact = fact,
            .event_id = answer.member("event_id"),
            .sequence = answer.member("sequence"),
            .followers = answer.member("followers")};
}

bool is_broken(const Stage& stage, const std::vector<Told>& answers) {
    Promises promises;
    promises.add(answers);
    try {
        promises.check_news(stage);
        return false;
    } catch (const Violation&) {
        return true;
    }
}

// What the broker would have written with other words.
std::string with(std::string text, const std::string& words, const std::string& other) {
    const std::size_t at = text.find(words);
    REQUIRE(at != std::string::npos);
    return text.replace(at, words.size(), other);
}

}  // namespace

TEST_CASE("a promise that the log does not keep is seen", "[torture]") {
    Stage stage;
    stage.open_accounts(2);
    const Told kept = post(stage, "1001", webhook_body());
    CHECK_FALSE(is_broken(stage, {kept}));
    CHECK(is_broken(stage, {}));

    Told lost = kept;
    lost.sequence = "1000";
    CHECK(is_broken(stage, {lost}));
    Told other = kept;
    other.event_id = std::string(32, '0');
    CHECK(is_broken(stage, {other}));
    Told torn = kept;
    torn.followers = "1";
    CHECK(is_broken(stage, {torn}));
    Promises promises;
    CHECK_THROWS_AS(promises.add({kept, torn}), Violation);
}

TEST_CASE("an orphan, a double, a missing order and a cancel that did not arrive are seen",
          "[torture]") {
    constexpr std::chrono::seconds at_once{1};
    Stage stage;
    stage.open_accounts(1);
    static_cast<void>(post(stage, "1001", webhook_body()));
    await_agreement(stage);
    CHECK(check_no_double(stage) == 1);
    check_copies(stage, {"1002"});
    CHECK_THROWS_AS(check_copies(stage, {"1001"}), Violation);

    const std::string journal = processes::file_text(stage.broker_journal_path());
    const std::string reference = stage.column({"mappings"}, "cl_ord_id").at(0);
    const std::string orphan = with(journal, reference, std::string(reference.size(), 'a'));
    const std::string again = with(journal, "1000000001", "1000000009");
    for (const std::string& wrong : {orphan, journal + again, std::string{}}) {
        stage.workspace().write("brokersim-accepted.jsonl", wrong);
        CHECK_THROWS_AS(await_agreement(stage, at_once), Violation);
    }
    stage.workspace().write("brokersim-accepted.jsonl", journal + again);
    CHECK_THROWS_AS(check_no_double(stage), Violation);
}

}  // namespace torture
