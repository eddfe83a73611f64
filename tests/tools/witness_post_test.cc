#include "tools/witness_post.h"

#include "tests/executors/scripted_server.h"

#include <string>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch.hpp>

namespace tools::test::witness_post_test {

TEST_CASE("a witness that refuses a checkpoint gets it again, before the next one", "[tools]") {
    boost::asio::io_context io;
    const auto busy = boost::asio::make_work_guard(io);
    scripted::Server server{
        io, {scripted::answer(503, ""), scripted::answer(204, ""), scripted::answer(200, "")}};
    std::thread thread{[&] { io.run(); }};
    {
        WitnessPost post{server.url() + "/log"};
        post.tell("first\n");
        post.tell("second\n");
    }
    io.stop();
    thread.join();
    const std::vector<std::string> wanted{"first\n", "first\n", "second\n"};
    REQUIRE(server.requests().size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        INFO(server.requests()[i]);
        CHECK(server.requests()[i].starts_with("POST /log HTTP/1.1\r\n"));
        CHECK(server.requests()[i].ends_with("\r\n\r\n" + wanted[i]));
    }
}

TEST_CASE("a witness that is not there holds nobody up", "[tools]") {
    WitnessPost post{"http://127.0.0.1:1"};
    for (int i = 0; i < 10; ++i) post.tell("note\n");
}

}  // namespace tools::test::witness_post_test
