#include "tests/torture/run/operators.h"

#include "tests/processes/stage.h"

#include <array>
#include <string_view>
#include <utility>

namespace torture {

using processes::json_string;

namespace {

const std::string links = "/api/masters/M1/followers";

// Of one follower, or of everybody where it is empty.
std::string switch_body(const std::string& follower) {
    const std::string whom =
        follower.empty() ? "" : R"("followerId":)" + json_string(follower) + ",";
    return "{" + whom + R"("why":"torture"})";
}

}  // namespace

Request Operators::ask(const std::string& master_order) {
    switch (dice_.below(master_order.empty() ? 5 : 8)) {
        case 0:
            return request("/api/halt", switch_body(dice_.chance(200) ? "" : any_follower()));
        case 1:
            return request("/api/resume", switch_body(dice_.chance(300) ? "" : any_follower()));
        case 2: {
            Request removed = request(links + "/" + any_follower(), "");
            removed.method = "DELETE";
            return removed;
        }
        case 3:
            return set_link(any_follower());
        case 4:
            return request("/api/followers/risk-config",
                           R"({"followerId":)" + json_string(any_follower()) +
                               R"(,"max_quantity":)" + std::to_string(dice_.between(20, 300)) +
                               "}");
        default:
            return request("/api/trades/exit",
                           R"({"wait_ms":0,"masterOrderId":)" + json_string(master_order) +
                               R"(,"scope":)" +
                               (dice_.chance(700) ? R"("ORDER"})" : R"("POSITION"})"));
    }
}

std::vector<Request> Operators::open_all() {
    std::vector<Request> all{request("/api/resume", switch_body(""))};
    for (int i = 1; i <= followers_; ++i) {
        const std::string follower = "F" + std::to_string(i);
        all.push_back(request("/api/resume", switch_body(follower)));
        all.push_back(set_link(follower));
    }
    return all;
}

Request Operators::request(std::string target, std::string body) {
    Request request;
    request.fact = "request-" + std::to_string(++asked_);
    request.target = std::move(target);
    request.body = std::move(body);
    request.keyed = true;
    return request;
}

Request Operators::set_link(const std::string& follower) {
    constexpr std::array<std::string_view, 5> ratios{"1", "0.5", "0.29", "2", "1.25"};
    return request(links, R"({"follower_id":)" + json_string(follower) + R"(,"scaling_factor":)" +
                              std::string{ratios.at(dice_.below(ratios.size()))} + "}");
}

std::string Operators::any_follower() {
    return "F" + std::to_string(dice_.between(1, followers_));
}

}  // namespace torture
