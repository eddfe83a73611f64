#include "ingest/consequence_json.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"

#include <cstdint>
#include <string_view>
#include <variant>

namespace ingest {

namespace {

using ledger::SkipReason;
using ledger::text::JsonWriter;

std::string decimal(std::int64_t scaled) {
    return ledger::text::format_scaled(scaled, ledger::price_scale);
}

bool is_money(SkipReason rule) {
    return rule == SkipReason::max_order_value || rule == SkipReason::max_position_value ||
           rule == SkipReason::max_capital || rule == SkipReason::max_daily_loss;
}

std::string in_unit_of(SkipReason rule, std::int64_t figure) {
    return is_money(rule) ? decimal(figure) : std::to_string(figure);
}

void write_limit(JsonWriter& json, const ledger::LimitFigures& limit) {
    json.key("limit");
    json.begin_object();
    json.member("rule", ledger::to_text(limit.rule));
    json.member("scope", ledger::to_text(limit.scope));
    json.member("bound", in_unit_of(limit.rule, limit.bound));
    json.member("actual", in_unit_of(limit.rule, limit.actual));
    json.end_object();
}

void write_quantity(JsonWriter& json, std::string_view name, ledger::Quantity quantity) {
    json.member_number(name, quantity.value());
}

// Without those that had no part in it.
void write_figures(JsonWriter& json, const ledger::SizingFigures& figures) {
    json.key("figures");
    json.begin_object();
    json.member("copy_strategy", ledger::to_text(figures.strategy));
    json.member("ratio", ledger::to_text(figures.ratio));
    write_quantity(json, "master_quantity", figures.master_quantity);
    write_quantity(json, "raw_quantity", figures.raw_quantity);
    write_quantity(json, "lot_size", figures.lot_size);
    write_quantity(json, "reducing", figures.reducing);
    write_quantity(json, "master_position", figures.master_position);
    write_quantity(json, "position", figures.position);
    if (figures.mark.value() != 0) {
        json.member("mark", decimal(figures.mark.value()));
        json.member("mark_at", ledger::text::format_rfc3339(figures.mark_at_ns));
    }
    if (figures.equity_at_ns != 0) {
        json.member("equity", decimal(figures.equity.value()));
        json.member("master_equity", decimal(figures.master_equity.value()));
        json.member("equity_at", ledger::text::format_rfc3339(figures.equity_at_ns));
    }
    if (figures.protection_bps != 0) json.member_number("protection_bps", figures.protection_bps);
    if (figures.limit) write_limit(json, *figures.limit);
    json.end_object();
}

void write_terms(JsonWriter& json, const ledger::OrderTerms& terms) {
    json.member("side", ledger::to_text(terms.side));
    json.member("order_type", ledger::to_text(terms.type));
    json.member("product", ledger::to_text(terms.product));
    write_quantity(json, "quantity", terms.quantity);
    json.member("price", decimal(terms.price.value()));
    json.member("trigger_price", decimal(terms.trigger.value()));
}

// What a consequence says of a follower.
struct Shown {
    ledger::AccountNumber follower;
    std::string_view outcome;
    std::string_view action;
    SkipReason reason = SkipReason::none;
    const ledger::OrderTerms* terms = nullptr;
    const ledger::SizingFigures* figures = nullptr;
};

constexpr std::string_view send = "SEND";
constexpr std::string_view skip = "SKIP";

// Without a follower for a consequence that concerns none.
Shown shown(const ledger::Payload& payload) {
    using ledger::IntentKind;
    if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&payload)) {
        return {e->follower, send, to_text(IntentKind::new_), {}, &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&payload)) {
        return {e->follower, skip, to_text(e->action), e->reason, nullptr, &e->figures};
    }
    if (const auto* e = std::get_if<ledger::FollowerModifyIntended>(&payload)) {
        return {e->follower, send, to_text(IntentKind::modify), {}, &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderAmended>(&payload)) {
        return {e->follower, send, to_text(IntentKind::modify), {}, &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<ledger::FollowerCancelIntended>(&payload)) {
        return {e->follower, send, to_text(IntentKind::cancel), {}, nullptr, nullptr};
    }
    if (const auto* e = std::get_if<ledger::UnsentOrderWithdrawn>(&payload)) {
        return {e->follower, send, to_text(IntentKind::cancel), {}, nullptr, nullptr};
    }
    return {};
}

void write_shown(JsonWriter& json, const Shown& row, const std::string& username) {
    json.begin_object();
    json.member_integer("follower_id", row.follower.value());
    json.member("username", username);
    json.member("outcome", row.outcome);
    json.member("action", row.action);
    if (row.reason != SkipReason::none) json.member("reason", ledger::to_text(row.reason));
    if (row.terms != nullptr) write_terms(json, *row.terms);
    if (row.figures != nullptr) write_figures(json, *row.figures);
    json.end_object();
}

}  // namespace

std::string consequences_text(const std::vector<ledger::replication::Consequence>& consequences,
                              const std::map<ledger::AccountNumber, std::string>& usernames) {
    std::string body;
    JsonWriter json{body};
    std::int64_t sent = 0;
    std::int64_t skipped = 0;
    json.begin_object();
    json.key("results");
    json.begin_array();
    for (const auto& consequence : consequences) {
        const Shown row = shown(consequence.payload);
        if (row.follower.value() == 0) continue;
        (row.outcome == send ? sent : skipped) += 1;
        const auto username = usernames.find(row.follower);
        write_shown(json, row, username == usernames.end() ? std::string{} : username->second);
    }
    json.end_array();
    json.key("summary");
    json.begin_object();
    json.member_number("would_send", sent);
    json.member_number("would_skip", skipped);
    json.end_object();
    json.end_object();
    return body;
}

}  // namespace ingest
