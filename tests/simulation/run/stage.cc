// The accounts, links and instruments of a run, how its clients ask, and what a person does.
#include "ledger/base/assert.h"
#include "tests/simulation/run/draw.h"
#include "tests/simulation/run/workload.h"
#include "tests/simulation/twins/sim_vault.h"

#include <algorithm>
#include <utility>

namespace simulation {

using ledger::AccountNumber;
using ledger::AccountRole;
using ledger::SourceVersion;
using ledger::replication::Change;
using ledger::replication::FollowerOrder;

Workload::Workload(WorkloadPorts ports, std::uint64_t seed)
    : ports_(std::move(ports)), dice_(seed, 'w') {
    const std::int64_t masters = dice_.between(1, 2);
    const std::int64_t followers = dice_.between(1, 5);
    for (std::int64_t n = 1; n <= masters + followers; ++n) {
        const AccountNumber number{static_cast<std::uint32_t>(n)};
        const bool master = n <= masters;
        (master ? cast_.masters : cast_.followers).push_back(number);
        cast_.broker_of.push_back(ports_.brokers[dice_.below(ports_.brokers.size())].traits().name);
        cast_.code_of.push_back(code_of(n));
        secret_changes_.push_back(0);
        if (!master) continue;
        using enum SourceVersion::Kind;
        cast_.versions_of.push_back(dice_.chance(500)   ? sequence
                                    : dice_.chance(500) ? time
                                                        : revision);
    }
    cast_.instruments = {{ledger::Segment::nse_cash, "2885", "RELIANCE"},
                         {ledger::Segment::nse_cash, "1594", "INFY"},
                         {ledger::Segment::nse_derivatives, "35001", "NIFTY"}};
}

// Two brokers may know two masters by one code.
std::string Workload::code_of(std::int64_t n) {
    const bool master = n <= static_cast<std::int64_t>(cast_.masters.size());
    const bool elsewhere = n == 2 && cast_.broker_of[0] != cast_.broker_of[1];
    if (master && elsewhere && dice_.chance(500)) return cast_.code_of.front();
    return (master ? "MASTER" : "F") + std::to_string(n);
}

void Workload::set_the_stage() {
    open_accounts();
    define_instruments();
    tell_funds();
    link_all();
}

void Workload::open_accounts() {
    for (std::size_t n = 0; n < cast_.broker_of.size(); ++n) {
        const auto role = n < cast_.masters.size() ? AccountRole::master : AccountRole::follower;
        ledger::OpenAccount open;
        const std::string username = "user" + std::to_string(n + 1);
        open.identity = {role, cast_.broker_of[n], cast_.code_of[n], username};
        secrets_.push_back(secret_of(cast_.code_of[n], 0));
        open.profile.sealed_credentials = seal({cast_.code_of[n], 0}, 0);
        const AccountNumber number{static_cast<std::uint32_t>(n + 1)};
        account_asked_[number] = ask_in_turn(std::move(open), "opens " + cast_.code_of[n]);
    }
}

void Workload::define_instruments() {
    for (const auto& instrument : cast_.instruments) {
        if (dice_.chance(200)) continue;
        ask_in_turn(ledger::DefineInstrument{instrument, any_rules(dice_)},
                    "defines " + instrument.symbol);
    }
}

void Workload::tell_funds() {
    for (std::uint32_t n = 1; n <= cast_.broker_of.size(); ++n) {
        if (dice_.chance(200)) continue;
        ledger::ReportFunds report;
        report.account = AccountNumber{n};
        report.equity = ledger::Money{dice_.between(1, 20) * 1'000 * rupee};
        ask_in_turn(report, "tells funds");
    }
}

// Plainly at a ratio, more often than not.
void Workload::link_all() {
    for (const AccountNumber master : cast_.masters) {
        for (const AccountNumber follower : cast_.followers) {
            if (dice_.chance(200)) continue;
            ledger::SetLink link;
            if (dice_.chance(400)) link = any_link(dice_);
            link.master = master;
            link.follower = follower;
            link.ratio = any_ratio(dice_);
            ask_in_turn(std::move(link), "links");
        }
    }
}

std::size_t Workload::ask_in_turn(ledger::CommandPayload payload, std::string what) {
    Request request;
    request.command.actor = "operator";
    request.command.payload = std::move(payload);
    request.what = std::move(what);
    request.after = stage_;
    stage_ = ports_.clients.ask(std::move(request), 0);
    return *stage_;
}

// With an Idempotency-Key more often than not.
std::size_t Workload::hand_in(Request request) {
    request.command.actor = "operator";
    if (dice_.chance(700)) {
        request.command.idempotency_key = ledger::NaturalKey{"key"}.add(++keys_).id();
        request.command.request_digest = keys_;
    }
    const bool keyed = !request.command.idempotency_key.is_zero();
    const std::size_t number = ports_.clients.ask(std::move(request), 0);
    if (keyed && dice_.chance(200)) {
        ports_.clients.ask_again(number, dice_.between(0, 20 * ns_per_second));
    }
    return number;
}

void Workload::ask(ledger::CommandPayload payload, std::string what) {
    Request request;
    request.command.payload = std::move(payload);
    request.what = std::move(what);
    hand_in(std::move(request));
}

void Workload::ask_of_time(ledger::CommandPayload payload, std::string what) {
    Request request;
    request.command.payload = std::move(payload);
    request.what = std::move(what);
    const std::int64_t now_ns = WallClock::epoch_ns + ports_.time.now_ns();
    if (dice_.chance(400)) {
        request.command.occurred_at_ns = now_ns - dice_.between(0, 60 * ns_per_second);
    }
    hand_in(std::move(request));
}

void Workload::ask_wrongly(ledger::CommandPayload payload, std::string what) {
    Request request;
    request.command.payload = std::move(payload);
    request.what = std::move(what);
    request.wrong = Request::Wrong::asks_nonsense;
    hand_in(std::move(request));
}

void Workload::ask_of_account(AccountNumber account, ledger::CommandPayload payload,
                              std::string what) {
    Request request;
    request.command.payload = std::move(payload);
    request.what = std::move(what) + " " + std::to_string(account.value());
    request.after = account_asked_.at(account);
    account_asked_[account] = hand_in(std::move(request));
}

bool Workload::has_taken(std::size_t request) const {
    return ports_.clients.requests()[request].taken;
}

Story* Workload::any_open_story() {
    std::vector<Story*> open;
    auto& stories = ports_.feed.stories();
    for (auto story = stories.rbegin(); story != stories.rend() && open.size() < 8; ++story) {
        if (!story->over) open.push_back(&*story);
    }
    return open.empty() ? nullptr : open[dice_.below(open.size())];
}

const Story* Workload::any_late_story() {
    constexpr std::size_t latest = 8;
    const auto& stories = ports_.feed.stories();
    if (stories.empty()) return nullptr;
    return &stories[stories.size() - 1 - dice_.below(std::min(latest, stories.size()))];
}

void Workload::resolve_parked() {
    const auto* state = ports_.state();
    if (state == nullptr) return;
    for (const FollowerOrder& order : state->follower_orders) {
        const bool waits = order.parked || std::ranges::any_of(order.changes, &Change::parked);
        if (waits) resolve(order);
    }
}

// The person waits until nothing of the order can be on its way any more, and then knows.
void Workload::resolve(const FollowerOrder& order) {
    const auto reference = ledger::cl_ord_id_of(order.id);
    const BrokerOrder* taken = nullptr;
    for (const SimBroker& broker : ports_.brokers) {
        if (!broker.all_arrived(reference)) return;
        for (const BrokerOrder& known : broker.orders()) {
            if (known.request.cl_ord_id == reference) taken = &known;
        }
    }
    const std::string id = taken == nullptr ? "" : taken->row.broker_order_id;
    if (order.parked) ask(ledger::ResolveIntent{order.id, id, "looked"}, "resolves an order");
    for (const Change& change : order.changes) {
        if (!change.parked) continue;
        const bool made =
            taken != nullptr && (change.kind == ledger::IntentKind::modify
                                     ? taken->row.terms == change.terms
                                     : taken->row.status == ledger::OrdStatus::canceled);
        ask(ledger::ResolveIntent{change.intent, made ? id : "", "looked"}, "resolves a change");
    }
}

}  // namespace simulation
