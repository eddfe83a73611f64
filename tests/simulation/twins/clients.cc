#include "tests/simulation/twins/clients.h"

#include <utility>

namespace simulation {

using ledger::Errc;
using ledger::Receipt;
using ledger::Result;

namespace {

// The answer says nothing of the request itself: ask again.
bool is_passing(Errc code) {
    return code == Errc::overloaded || code == Errc::storage_failed || code == Errc::unavailable ||
           code == Errc::corrupt;
}

}  // namespace

std::size_t Clients::ask(Request request, std::int64_t delay_ns) {
    const std::size_t number = requests_.size();
    requests_.push_back(std::move(request));
    if (requests_.back().never_sent) return number;
    ++open_;
    time_.after(delay_ns, [this, number] { deliver(number); });
    return number;
}

void Clients::ask_again(std::size_t request, std::int64_t delay_ns) {
    time_.after(delay_ns, [this, request] {
        if (requests_[request].answered) {
            requests_[request].answered = false;
            ++open_;
            deliver(request);
        }
    });
}

void Clients::deliver(std::size_t number) {
    Request& request = requests_[number];
    if (request.answered) return;
    const bool waits = request.after && !requests_[*request.after].answered;
    if (!waits) {
        const bool handed_in = submit_(
            request.command, [this, number](const auto& answer) { take_answer(number, answer); });
        if (handed_in) trace_.say(time_.now_ns(), "client: {}", request.what);
    }
    // Where no answer comes, it is handed in again.
    time_.after(dice_.between(100, 2'000) * ns_per_ms, [this, number] { deliver(number); });
}

void Clients::take_answer(std::size_t number, const Result<Receipt>& answer) {
    Request& request = requests_[number];
    if (!answer) record_.refusals.insert(answer.error().detail);
    if (!answer && is_passing(answer.error().code)) return;
    if (answer) {
        record_.told.push_back({number, answer.value()});
        trace_.say(time_.now_ns(), "client: {}: told sequence {}{}", request.what,
                   answer.value().sequence, answer.value().duplicate ? ", a duplicate" : "");
    } else {
        trace_.say(time_.now_ns(), "client: {}: refused, {}", request.what, answer.error().detail);
    }
    if (!answer && request.taken) record_.contradicted.push_back(number);
    request.taken |= answer.has_value();
    request.recorded |= answer && !answer.value().event_id.is_zero();
    if (request.answered) return;
    request.answered = true;
    --open_;
}

}  // namespace simulation
