#include "ingest/trade_outcomes.h"

#include "ingest/ask_state.h"
#include "ingest/change_turn.h"
#include "ingest/event_rows.h"
#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <boost/range/adaptor/reversed.hpp>

namespace ingest {

namespace {

using ledger::Result;
using ledger::replication::FollowerOrder;
using ledger::text::JsonWriter;
using CopyResults = std::vector<CopyResult>;

constexpr int poll_ms = 20;
// For so many failures the broker's words are looked up; the rest have the status alone.
constexpr std::size_t explained_max = 100;

asio::awaitable<Result<CopyResults>> present_results(ApiContext& context, Motion motion) {
    auto question = [motion = std::move(motion)](
                        const ledger::replication::State& state) -> Result<CopyResults> {
        return copy_results(state, motion);
    };
    co_return co_await ask_state<CopyResults>(context.queries, std::move(question));
}

// Why an order failed, in the words of the last event that says so.
std::string words_of_failure(const EventRows& trail) {
    for (const auto& row : boost::adaptors::reverse(trail)) {
        const std::string kind = text_of(row, "kind");
        if (kind == "AttemptRejected") {
            return text_of(row, "code") + ": " + text_of(row, "text");
        }
        if (kind == "FollowerOrderReported" && !text_of(row, "text").empty()) {
            return text_of(row, "text");
        }
        if (kind == "IntentExpired") return "EXPIRED after " + text_of(row, "age_ms") + " ms";
    }
    return {};
}

asio::awaitable<Result<void>> explain_failures(ApiContext& context, CopyResults& results) {
    std::size_t explained = 0;
    for (CopyResult& result : results) {
        if (result.failed.is_zero() || explained == explained_max) continue;
        ++explained;
        std::string order{ledger::cl_ord_id_of(result.failed).view()};
        BOOST_OUTCOME_CO_TRY(const EventRows trail, co_await trail_of(context, std::move(order)));
        std::string words = words_of_failure(trail);
        if (!words.empty()) result.reason = std::move(words);
    }
    co_return boost::outcome_v2::success();
}

// ---- as JSON

void write_order(JsonWriter& json, const FollowerOrder& order) {
    const auto decimal = [](ledger::Price price) {
        return ledger::text::format_scaled(price.value(), ledger::price_scale);
    };
    json.begin_object();
    json.member("order_id", ledger::to_text(order.id));
    json.member("cl_ord_id", ledger::cl_ord_id_of(order.id).view());
    json.member("broker_order_id", order.broker_order_id);
    json.member("purpose", ledger::to_text(order.purpose));
    json.member("status", ledger::to_text(order.status));
    json.member("side", ledger::to_text(order.terms.side));
    json.member("order_type", ledger::to_text(order.terms.type));
    json.member_number("quantity", order.terms.quantity.value());
    json.member("price", decimal(order.terms.price));
    json.member("trigger_price", decimal(order.terms.trigger));
    json.member_number("filled_quantity", order.cum_qty.value());
    json.end_object();
}

void write_result(JsonWriter& json, const CopyResult& result) {
    json.begin_object();
    json.member_integer("follower_id", result.follower.value());
    json.member("username", result.username);
    json.member("status", to_text(result.status));
    json.member_number("executed_quantity", result.executed.value());
    json.member_number("filled_quantity", result.filled.value());
    if (!result.reason.empty()) json.member("reason", result.reason);
    if (!result.capped_by.empty()) json.member("capped_by", result.capped_by);
    if (!result.orders.empty()) {
        json.key("order");
        write_order(json, result.orders.back());
    }
    if (result.orders.size() > 1) {
        json.key("orders");
        json.begin_array();
        for (const FollowerOrder& order : result.orders) write_order(json, order);
        json.end_array();
    }
    json.end_object();
}

void write_summary(JsonWriter& json, const CopyResults& results) {
    const auto count = [&](CopyStatus status) {
        return std::ranges::count(results, status, &CopyResult::status);
    };
    json.begin_object();
    json.member_number("total_followers", static_cast<std::int64_t>(results.size()));
    json.member_number("successful", count(CopyStatus::success));
    json.member_number("failed", count(CopyStatus::failed));
    json.member_number("skipped", count(CopyStatus::skipped));
    json.member_number("pending", count(CopyStatus::pending));
    json.end_object();
}

Result<std::uint64_t> sequence_of_new(const EventRows& rows) {
    for (const auto& row : rows) {
        if (text_of(row, "type") != ledger::to_text(ledger::MasterEventType::new_)) continue;
        BOOST_OUTCOME_TRY(const auto sequence,
                          ledger::text::parse_integer(text_of(row, "sequence")));
        return static_cast<std::uint64_t>(sequence);
    }
    return std::uint64_t{0};
}

}  // namespace

asio::awaitable<Result<CopyResults>> await_results(ApiContext& context, Motion motion,
                                                   int wait_ms) {
    BOOST_OUTCOME_CO_TRY(CopyResults results, co_await present_results(context, motion));
    for (int waited_ms = 0; waited_ms < wait_ms && !is_settled(results); waited_ms += poll_ms) {
        co_await pause_ms(poll_ms);
        BOOST_OUTCOME_CO_TRY(results, co_await present_results(context, motion));
    }
    BOOST_OUTCOME_CO_TRY(co_await explain_failures(context, results));
    co_return results;
}

asio::awaitable<Result<Motion>> motion_of_order(ApiContext& context, ledger::EventId order) {
    Motion motion;
    motion.master_orders.push_back(order);
    Query query;
    query.view = "events";
    query.filters.emplace_back("order", ledger::to_text(order));
    query.filters.emplace_back("kind", "MasterOrderReported");
    BOOST_OUTCOME_CO_TRY(const Page page, co_await context.queries.run(std::move(query)));
    BOOST_OUTCOME_CO_TRY(const EventRows reports, rows_of(page));
    BOOST_OUTCOME_CO_TRY(const std::uint64_t sequence, sequence_of_new(reports));
    if (sequence == 0) co_return motion;
    BOOST_OUTCOME_CO_TRY(const EventRows rows, co_await consequences_of(context, sequence));
    add_consequences(rows, motion);
    // Changes that were skipped later say nothing of the copy itself.
    std::erase_if(motion.skipped, [](const Skipped& skipped) {
        return skipped.action != ledger::to_text(ledger::IntentKind::new_);
    });
    co_return motion;
}

http::Response results_response(const CopyResults& results,
                                const std::optional<ledger::Receipt>& receipt) {
    std::string body;
    JsonWriter json{body};
    json.begin_object();
    json.member_boolean("ok", true);
    if (receipt) {
        json.key("eventId");
        receipt->event_id.is_zero() ? json.null() : json.string(ledger::to_text(receipt->event_id));
        json.member_number("sequence", static_cast<std::int64_t>(receipt->sequence));
        json.member_boolean("duplicate", receipt->duplicate);
    }
    json.key("summary");
    write_summary(json, results);
    json.key("results");
    json.begin_array();
    for (const CopyResult& result : results) write_result(json, result);
    json.end_array();
    json.end_object();
    return http::json_response(200, std::move(body));
}

}  // namespace ingest
