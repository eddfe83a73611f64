// /api/trades: a master's order told directly, and what the followers' brokers made of it.
#include "ingest/ask_state.h"
#include "ingest/body_fields.h"
#include "ingest/event_rows.h"
#include "ingest/ledger_lookup.h"
#include "ingest/resources.h"
#include "ingest/trade_outcomes.h"
#include "ingest/trade_requests.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ingest {

namespace {

using ledger::EventId;
using ledger::MasterOrderReported;
using ledger::Receipt;
using ledger::Result;
using ledger::replication::State;

std::optional<std::string> query_text(const http::Request& request, std::string_view name) {
    const std::string* given = request.query_param(name);
    return given == nullptr ? std::nullopt : std::optional{*given};
}

// ---- replicate

struct Told {
    MasterOrderReported report;
    EventId order;
};

asio::awaitable<Result<Told>> complete(ApiContext& context, MasterOrderReported report,
                                       std::optional<std::string> master) {
    auto question = [report = std::move(report),
                     master = std::move(master)](const State& state) -> Result<Told> {
        Told told{report, {}};
        BOOST_OUTCOME_TRY(const auto* account, find_master(state, master));
        told.report.account = account->number;
        BOOST_OUTCOME_TRY(told.report.instrument, complete_instrument(state, report.instrument));
        told.order = ledger::replication::master_order_id_of(state, told.report);
        return told;
    };
    co_return co_await ask_state<Told>(context.queries, std::move(question));
}

Answered replicate(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto report, read_trade(call.body));
    BOOST_OUTCOME_CO_TRY(const int wait_ms, read_wait_ms(call.body));
    BOOST_OUTCOME_CO_TRY(auto master, BodyFields{call.body}.code("masterId"));
    BOOST_OUTCOME_CO_TRY(const Told told,
                         co_await complete(context, std::move(report), std::move(master)));
    auto command = command_of(call, ledger::ReportMasterOrder{told.report});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(Motion motion, co_await motion_of_order(context, told.order));
    BOOST_OUTCOME_CO_TRY(const auto results,
                         co_await await_results(context, std::move(motion), wait_ms));
    co_return results_response(results, receipt);
}

asio::awaitable<Result<EventId>> find_order(ApiContext& context, OrderName name) {
    auto question = [name = std::move(name)](const State& state) -> Result<EventId> {
        BOOST_OUTCOME_TRY(const auto* order, find_master_order(state, name.master, name.order));
        return order->id;
    };
    co_return co_await ask_state<EventId>(context.queries, std::move(question));
}

Answered show_replication(ApiContext& context, Call& call) {
    const auto order = query_text(call.request, "masterOrderId");
    if (!order) co_return ledger::invalid_field("masterOrderId", "is required");
    OrderName name{query_text(call.request, "masterId"), *order};
    BOOST_OUTCOME_CO_TRY(const EventId id, co_await find_order(context, std::move(name)));
    BOOST_OUTCOME_CO_TRY(Motion motion, co_await motion_of_order(context, id));
    BOOST_OUTCOME_CO_TRY(const auto results, co_await await_results(context, std::move(motion), 0));
    co_return results_response(results, std::nullopt);
}

// ---- exit and modify

// What followed from the event of a receipt; nothing where it recorded none.
asio::awaitable<Result<Motion>> motion_of(ApiContext& context, const Receipt& receipt,
                                          RequestKind kind) {
    Motion motion;
    motion.kind = kind;
    if (receipt.event_id.is_zero()) co_return motion;
    BOOST_OUTCOME_CO_TRY(const EventRows rows, co_await consequences_of(context, receipt.sequence));
    add_consequences(rows, motion);
    co_return motion;
}

// The master orders whose copies the exit touched, the one that it named first.
asio::awaitable<Result<std::vector<EventId>>> exited_orders(ApiContext& context, EventId named,
                                                            std::vector<TouchedOrder> touched) {
    using Orders = std::vector<EventId>;
    auto question = [named, touched = std::move(touched)](const State& state) -> Result<Orders> {
        Orders orders{named};
        for (const TouchedOrder& one : touched) {
            const auto* order = state.follower_order(one.order);
            if (order == nullptr) continue;
            const EventId& id = state.master_order_of(*order).id;
            const bool known = std::ranges::find(orders, id) != orders.end();
            if (!known) orders.push_back(id);
        }
        return orders;
    };
    co_return co_await ask_state<Orders>(context.queries, std::move(question));
}

struct ExitOrder {
    ledger::AccountNumber master;
    EventId id;
};

asio::awaitable<Result<ExitOrder>> find_exit(ApiContext& context, OrderName name) {
    auto question = [name = std::move(name)](const State& state) -> Result<ExitOrder> {
        BOOST_OUTCOME_TRY(const auto* order, find_master_order(state, name.master, name.order));
        return ExitOrder{order->account, order->id};
    };
    co_return co_await ask_state<ExitOrder>(context.queries, std::move(question));
}

Answered exit_order(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto name, read_order_name(call.body));
    BOOST_OUTCOME_CO_TRY(const auto scope, read_scope(call.body));
    BOOST_OUTCOME_CO_TRY(const int wait_ms, read_wait_ms(call.body));
    BOOST_OUTCOME_CO_TRY(const ExitOrder order, co_await find_exit(context, std::move(name)));
    auto command = command_of(call, ledger::RequestExit{order.master, order.id, scope});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(Motion motion, co_await motion_of(context, receipt, RequestKind::exit));
    BOOST_OUTCOME_CO_TRY(motion.master_orders,
                         co_await exited_orders(context, order.id, motion.touched));
    BOOST_OUTCOME_CO_TRY(const auto results,
                         co_await await_results(context, std::move(motion), wait_ms));
    co_return results_response(results, receipt);
}

asio::awaitable<Result<MasterOrderReported>> modified_report(ApiContext& context, OrderName name,
                                                             Modification modification) {
    auto question = [name = std::move(name),
                     modification](const State& state) -> Result<MasterOrderReported> {
        BOOST_OUTCOME_TRY(const auto* order, find_master_order(state, name.master, name.order));
        return modified(state, *order, modification);
    };
    co_return co_await ask_state<MasterOrderReported>(context.queries, std::move(question));
}

Answered modify_order(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto name, read_order_name(call.body));
    BOOST_OUTCOME_CO_TRY(const auto modification, read_modification(call.body));
    BOOST_OUTCOME_CO_TRY(const int wait_ms, read_wait_ms(call.body));
    BOOST_OUTCOME_CO_TRY(auto report,
                         co_await modified_report(context, std::move(name), modification));
    auto command = command_of(call, ledger::ReportMasterOrder{std::move(report)});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(Motion motion, co_await motion_of(context, receipt, RequestKind::modify));
    BOOST_OUTCOME_CO_TRY(const auto results,
                         co_await await_results(context, std::move(motion), wait_ms));
    co_return results_response(results, receipt);
}

}  // namespace

void add_trade_routes(Routes& routes) {
    routes.add("POST", "/api/trades/replicate", Access::administer, replicate);
    routes.add("GET", "/api/trades/replicate", Access::read, show_replication);
    routes.add("POST", "/api/trades/exit", Access::administer, exit_order);
    routes.add("POST", "/api/trades/modify", Access::administer, modify_order);
}

}  // namespace ingest
