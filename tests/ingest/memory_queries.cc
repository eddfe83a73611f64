#include "tests/ingest/memory_queries.h"

#include "ledger/replication/evolve.h"
#include "tests/ingest/memory_rows.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace ingest::test {

namespace {

using ledger::Errc;
using ledger::Error;
using ledger::replication::Account;
using ledger::replication::Link;

bool has_id(const Account& account, const std::string& id) {
    return std::to_string(account.number.value()) == id || account.identity.username == id ||
           account.identity.broker_account == id;
}

Error unknown_filter(const std::string& name) {
    return ledger::invalid_field(name, "is no filter of this view");
}

}  // namespace

void MemoryQueries::observe(const std::vector<ledger::Event>& committed) {
    const std::scoped_lock lock{mutex_};
    for (const ledger::Event& event : committed) {
        ledger::replication::evolve(state_, event);
        events_.push_back(event);
    }
}

boost::asio::awaitable<ledger::Result<Page>> MemoryQueries::run(Query query) {
    const std::scoped_lock lock{mutex_};
    BOOST_OUTCOME_CO_TRY(const auto rows, rows_of(query));
    std::size_t at = query.cursor.empty() ? 0 : std::stoul(query.cursor);
    const std::size_t end = std::min(at + query.rows_max, rows.size());
    Page page;
    page.sequence = state_.sequence;
    page.next = end < rows.size() ? std::to_string(end) : "";
    if (query.of_the_past()) page.past = PastInstant{state_.sequence, state_.recorded_at_ns, {}};
    page.rows_json = "[";
    for (std::string separator; at < end; ++at, separator = ",") {
        page.rows_json += separator + rows[at];
    }
    page.rows_json += "]";
    co_return page;
}

boost::asio::awaitable<ledger::Result<std::string>> MemoryQueries::report(Query query) {
    std::string json = R"({"report":")" + query.view + '"';
    for (const auto& [name, value] : query.filters) {
        json += ",\"" + name + "\":\"" + value + '"';
    }
    co_return json + '}';
}

MemoryQueries::Rows MemoryQueries::rows_of(const Query& query) const {
    if (query.view == "accounts") return accounts(query);
    if (query.view == "links") return links(query);
    if (query.view == "events") return recorded(query);
    for (const std::string_view empty : {"orders", "positions", "pending", "mappings"}) {
        if (query.view == empty) return std::vector<std::string>{};
    }
    return Error{Errc::not_found, "There is no such view.", {}};
}

MemoryQueries::Rows MemoryQueries::accounts(const Query& query) const {
    std::vector<std::string> rows;
    for (const Account& account : state_.accounts) {
        bool wanted = true;
        for (const auto& [name, value] : query.filters) {
            if (name != "role" && name != "id") return unknown_filter(name);
            wanted = wanted && (name == "role" ? ledger::to_text(account.identity.role) == value
                                               : has_id(account, value));
        }
        if (wanted) rows.push_back(account_json(account, subjects_));
    }
    return rows;
}

MemoryQueries::Rows MemoryQueries::links(const Query& query) const {
    std::vector<std::string> rows;
    for (const Link& link : state_.links) {
        bool wanted = !link.removed;
        for (const auto& [name, value] : query.filters) {
            if (name != "master" && name != "follower") return unknown_filter(name);
            const auto number = name == "master" ? link.master : link.follower;
            wanted = wanted && std::to_string(number.value()) == value;
        }
        if (wanted) rows.push_back(link_json(link));
    }
    return rows;
}

bool MemoryQueries::is_wanted(const ledger::Event& event, const Filter& filter) const {
    const auto& [name, value] = filter;
    if (name == "kind") return ledger::kind_of(event.payload) == value;
    if (name == "from") return event.sequence >= std::stoull(value);
    if (name == "to") return event.sequence <= std::stoull(value);
    return is_of_order(state_, event, value);
}

MemoryQueries::Rows MemoryQueries::recorded(const Query& query) const {
    for (const auto& [name, value] : query.filters) {
        if (name != "kind" && name != "from" && name != "to" && name != "order") {
            return unknown_filter(name);
        }
    }
    std::vector<std::string> rows;
    for (const ledger::Event& event : events_) {
        const bool wanted = std::ranges::all_of(
            query.filters, [&](const Filter& filter) { return is_wanted(event, filter); });
        if (wanted) rows.push_back(event_json(event));
    }
    return rows;
}

boost::asio::awaitable<ledger::Result<void>> MemoryQueries::ask(StateQuestion question) {
    const std::scoped_lock lock{mutex_};
    question(state_);
    co_return boost::outcome_v2::success();
}

boost::asio::awaitable<ledger::Result<std::string>> MemoryQueries::checkpoint() {
    co_return std::string{"a checkpoint\n"};
}

boost::asio::awaitable<ledger::Result<std::string>> MemoryQueries::inclusion_proof(
    std::string event) {
    if (event == "none") co_return Error{Errc::not_found, "no event is called none", {}};
    co_return "{\"proof_of\":\"" + event + "\"}";
}

boost::asio::awaitable<ledger::Result<MemoryQueries::Consequences>> MemoryQueries::simulate(
    const ledger::MasterOrderReported& report, const ledger::replication::Marks& marks) {
    const std::scoped_lock lock{mutex_};
    const ledger::replication::Policy policy;
    co_return ledger::replication::simulate(state_, policy, marks, report, state_.recorded_at_ns);
}

std::optional<ledger::AccountNumber> MemoryQueries::find_master(
    std::string_view broker, std::string_view broker_account) const {
    const std::scoped_lock lock{mutex_};
    const Account* account = state_.accounts.find({.role = ledger::AccountRole::master,
                                                   .broker = std::string{broker},
                                                   .broker_account = std::string{broker_account}});
    return account == nullptr ? std::nullopt : std::optional{account->number};
}

std::vector<ledger::Event> MemoryQueries::events() const {
    const std::scoped_lock lock{mutex_};
    return events_;
}

}  // namespace ingest::test
