// A ledger that is killed while it makes its directory.
#include "tests/processes/stage.h"

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

namespace torture {

using processes::Exit;

TEST_CASE("kill -9 at any instant of a first start leaves a directory that starts", "[torture]") {
    constexpr int instants = 12;
    constexpr std::chrono::milliseconds between{9};
    for (int instant = 0; instant < instants; ++instant) {
        INFO("killed after " << instant * between.count() << " ms");
        const processes::Workspace workspace;
        workspace.write("serve.toml",
                        "data = " + processes::json_string(workspace.file("data")) + "\n");
        processes::Process first{{.arguments = {COPYLEDGER_PROGRAM, "serve", "--config",
                                                "serve.toml", "--listen", "127.0.0.1:0"},
                                  .directory = workspace.path(),
                                  .error_file = workspace.file("first.err")}};
        std::this_thread::sleep_for(instant * between);
        REQUIRE(first.kill() == Exit{.code = -1, .signal = SIGKILL});

        processes::Listener second{workspace, "serve"};
        second.start();
        const std::string token = processes::file_text(workspace.file("data/admin.token"));
        processes::HttpClient admin{second.port(), token.substr(0, token.find('\n'))};
        CHECK(admin.post("/api/masters", R"({"master_name":"A","blaze_account_id":"M1"})").status ==
              201);
        CHECK(second.stop() == Exit{.code = 0, .signal = 0});
    }
}

}  // namespace torture
