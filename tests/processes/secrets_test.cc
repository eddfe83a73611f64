// I14: a secret is in the log only encrypted, and in no output at all.
#include "tests/processes/stage.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace processes {

namespace fs = std::filesystem;

namespace {

const std::string app_key = "kumquat-7431-application";
const std::string secret_key = "zeppelin-9962-secret";
const std::string wrong_key = "marzipan-5518-wrong";
const std::vector<std::string> secrets{app_key, secret_key, wrong_key};

// Keeps all that the ledger ever answered.
class Listening {
  public:
    explicit Listening(HttpClient client) : client_(std::move(client)) {}

    int call(std::string_view method, std::string_view target, std::string_view body = {}) {
        const Answer answer = client_.call(method, target, body);
        heard_ += answer.head + answer.body + "\n";
        return answer.status;
    }

    [[nodiscard]] const std::string& heard() const { return heard_; }

  private:
    HttpClient client_;
    std::string heard_;
};

std::string credentials(const std::string& app, const std::string& secret) {
    return R"("credentials":{"appKey":)" + json_string(app) + R"(,"secretKey":)" +
           json_string(secret) + "}";
}

void open_accounts(Listening& api) {
    CHECK(api.call("POST", "/api/masters",
                   R"({"master_name":"Asha","blaze_account_id":"M1","blaze_api_key":)" +
                       json_string(app_key) + R"(,"blaze_api_secret":)" + json_string(secret_key) +
                       "}") == 201);
    // The first may log in at the broker; the second's keys are wrong.
    CHECK(api.call("POST", "/api/followers",
                   R"({"username":"GOOD",)" + credentials(app_key, secret_key) + "}") == 201);
    CHECK(api.call("POST", "/api/followers",
                   R"({"username":"BAD",)" + credentials(app_key, wrong_key) + "}") == 201);
    for (const char* follower : {"GOOD", "BAD"}) {
        CHECK(api.call("POST", "/api/masters/M1/followers",
                       R"({"follower_id":)" + json_string(follower) + "}") == 201);
    }
}

// Bodies with secrets in them that are refused, each at another step.
void provoke_errors(Listening& api) {
    const std::string keys = credentials(app_key, secret_key);
    CHECK(api.call("POST", "/api/followers", R"({"username":"X",)" + keys) == 400);
    CHECK(api.call("POST", "/api/followers", R"({"username":7.5,)" + keys + "}") == 422);
    CHECK(api.call("POST", "/api/followers", R"({"username":"X","broker":"none",)" + keys + "}") /
              100 ==
          4);
    CHECK(api.call("POST", "/api/followers",
                   R"({"username":"X","credentials":{"appKey":)" + json_string(secret_key) +
                       R"(,"secretKey":5}})") == 422);
    CHECK(api.call("POST", "/api/followers",
                   R"({"username":"X","iifl_user_id":)" + json_string(secret_key) + "}") /
              100 <=
          4);
    CHECK(api.call(
              "POST", "/api/followers",
              R"({"username":"GOOD","name":"Other",)" + credentials(wrong_key, secret_key) + "}") /
              100 ==
          4);
    CHECK(api.call("PUT", "/api/followers/GOOD", "{" + keys + R"(,"username":"Y"})") == 409);
    CHECK(api.call("PUT", "/api/followers/GOOD", "{" + keys + "}") == 200);
}

void check_absent(const std::string& text, const std::string& where) {
    INFO(where);
    for (const std::string& secret : secrets) {
        const bool told = text.find(secret) != std::string::npos;
        CHECK_FALSE(told);
    }
}

// Every file below that directory; how many there were.
int check_files(const std::string& directory) {
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator{directory}) {
        if (!entry.is_regular_file()) continue;
        ++files;
        check_absent(file_text(entry.path()), entry.path());
    }
    return files;
}

}  // namespace

TEST_CASE("I14: a secret is in no file, no answer and no output", "[processes]") {
    Stage stage{{.broker_toml = "[login]\naccept_unregistered_keys = false\n"
                                "[[accounts]]\nclient_id = \"GOOD\"\napp_key = " +
                                json_string(app_key) + "\nsecret_key = " + json_string(secret_key) +
                                "\n",
                 .ledger_toml = "[ledger]\nsnapshot_every_events = 10\n"}};
    Listening api{stage.admin()};
    open_accounts(api);
    provoke_errors(api);
    for (int i = 1; i <= 5; ++i) {
        CHECK(api.call("POST", webhook, webhook_body({{"order_id", std::to_string(i)}})) == 200);
    }
    // The good follower's orders are placed; the bad one's login fails meanwhile.
    await("orders at the broker", [&] { return stage.broker_journal("accepted").size() == 5; });
    await("a failed login", [&] {
        return !stage.rows({"events", "--kind", "AttemptRejected"}).empty();
    });
    for (const char* page : {"/api/masters", "/api/followers", "/api/followers/BAD", "/api/events",
                             "/api/orders", "/api/pending", "/api/links", "/metrics", "/health"}) {
        CHECK(api.call("GET", page) / 100 <= 4);
    }
    stage.ledger().kill();
    stage.ledger().start();
    Listening again{stage.admin()};
    CHECK(again.call("GET", "/api/followers") == 200);
    const std::string token = stage.new_token("INGEST");
    CHECK(stage.ledger().stop() == Exit{.code = 0, .signal = 0});

    for (const char* command : {"accounts", "events", "doctor", "audit", "summary"}) {
        const Finished finished = stage.cli({command, "--output", "json"});
        check_absent(finished.output + finished.error, command);
    }
    check_absent(api.heard() + again.heard(), "what was answered");
    check_absent(stage.ledger().told(), "standard error");
    CHECK(check_files(stage.data()) > 5);
    // A token is known by its hash alone.
    const bool token_stored = file_text(stage.data() + "/tokens").find(token) != std::string::npos;
    CHECK_FALSE(token_stored);
    const bool token_told = stage.ledger().told().find(stage.admin_token()) != std::string::npos;
    CHECK_FALSE(token_told);
    // Such a search finds what is there.
    const bool findable =
        file_text(stage.workspace().file("brokersim.toml")).find(secret_key) != std::string::npos;
    CHECK(findable);
}

}  // namespace processes
