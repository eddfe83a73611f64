#include "tests/torture/run/postmen.h"

#include "tests/processes/process.h"

#include <chrono>
#include <cstddef>
#include <thread>
#include <utility>

namespace torture {

using processes::Answer;
using processes::HttpClient;

namespace {

constexpr std::size_t postmen = 3;
constexpr std::chrono::milliseconds between_requests{4};
constexpr std::chrono::milliseconds before_next_try{15};

std::string first_of(const ledger::text::JsonValue& body, std::string_view name,
                     std::string_view other) {
    std::string text = processes::member_of(body, name);
    return text.empty() ? processes::member_of(body, other) : text;
}

Told told_by(const Request& request, const Answer& answer) {
    const auto body = answer.json();
    if (!body.is(ledger::text::JsonValue::Kind::object)) return {request.fact, {}, {}, {}};
    return {.fact = request.fact,
            .event_id = first_of(body, "event_id", "eventId"),
            .sequence = processes::member_of(body, "sequence"),
            .followers = processes::member_of(body, "followers")};
}

}  // namespace

Postmen::Postmen(std::uint16_t port, const std::string& token,
                 const std::vector<Request>& requests) {
    std::vector<std::vector<Request>> shares(postmen);
    for (std::size_t i = 0; i < requests.size(); ++i) shares[i % postmen].push_back(requests[i]);
    for (auto& share : shares) {
        rounds_.push_back(std::async(std::launch::async, [this, client = HttpClient{port, token},
                                                          share = std::move(share)]() mutable {
            return deliver(std::move(client), share);
        }));
    }
}

Postmen::~Postmen() {
    given_up_ = true;
}

bool Postmen::are_done() const {
    for (const auto& round : rounds_) {
        const bool done = round.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
        if (!done) return false;
    }
    return true;
}

std::vector<Told> Postmen::await() {
    std::vector<Told> all;
    for (auto& round : rounds_) {
        for (Told& told : round.get()) all.push_back(std::move(told));
    }
    rounds_.clear();
    return all;
}

std::vector<Told> Postmen::deliver(HttpClient client, const std::vector<Request>& share) const {
    std::vector<Told> answers;
    for (const Request& request : share) {
        const Answer answer = insist(client, request);
        if (given_up_) break;
        if (answer.status / 100 != 2) {
            throw Violation{request.fact + " (" + request.target + " " + request.body +
                            ") is answered " + std::to_string(answer.status) + " " + answer.body};
        }
        answers.push_back(told_by(request, answer));
        std::this_thread::sleep_for(between_requests);
    }
    return answers;
}

Answer Postmen::insist(HttpClient& client, const Request& request) const {
    const auto end = std::chrono::steady_clock::now() + processes::patience;
    while (!given_up_) {
        const std::string_view key = request.keyed ? std::string_view{request.fact} : "";
        Answer answer = client.call(request.method, request.target, request.body, key);
        if (answer.status != 0 && answer.status != 429 && answer.status != 503) return answer;
        if (std::chrono::steady_clock::now() > end) {
            throw Violation{request.fact + " is not answered"};
        }
        std::this_thread::sleep_for(before_next_try);
    }
    return {};
}

}  // namespace torture
