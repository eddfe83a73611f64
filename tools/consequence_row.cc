#include "tools/consequence_row.h"

#include "projections/cell_text.h"
#include "projections/figure_cells.h"

#include <string_view>
#include <variant>

namespace tools {

using namespace ledger;
using projections::Row;
using replication::Consequence;
using replication::State;

namespace {

// What all kinds of consequence have in common; what one has not stays empty.
struct Outcome {
    std::string_view what;
    AccountNumber follower;
    std::string_view reason;
    std::string_view purpose;
    const OrderTerms* terms = nullptr;
    const SizingFigures* figures = nullptr;
};

Outcome outcome_of(const Payload& payload) {
    if (const auto* e = std::get_if<FollowerOrderIntended>(&payload)) {
        return {"ORDER", e->follower, "", to_text(e->purpose), &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<FollowerOrderSkipped>(&payload)) {
        return {"SKIPPED", e->follower, to_text(e->reason), "", nullptr, &e->figures};
    }
    if (const auto* e = std::get_if<FollowerModifyIntended>(&payload)) {
        return {"MODIFY", e->follower, "", "", &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<FollowerCancelIntended>(&payload)) {
        return {"CANCEL", e->follower, to_text(e->because), "", nullptr, nullptr};
    }
    if (const auto* e = std::get_if<UnsentOrderAmended>(&payload)) {
        return {"AMEND_UNSENT", e->follower, "", "", &e->terms, &e->figures};
    }
    if (const auto* e = std::get_if<UnsentOrderWithdrawn>(&payload)) {
        return {"WITHDRAW_UNSENT", e->follower, to_text(e->because), "", nullptr, nullptr};
    }
    if (const auto* e = std::get_if<IntentSuperseded>(&payload)) {
        return {"SUPERSEDE", e->follower, to_text(e->because), "", nullptr, nullptr};
    }
    return {kind_of(payload), {}, "", "", nullptr, nullptr};
}

std::string code_of(const State& state, AccountNumber number) {
    const auto* account = state.account(number);
    return account == nullptr ? std::string{} : account->identity.username;
}

void add_terms(Row& row, const OrderTerms* terms) {
    const bool known = terms != nullptr;
    row.text("side", known ? to_text(terms->side) : "")
        .text("order_type", known ? to_text(terms->type) : "")
        .text("product", known ? to_text(terms->product) : "")
        .text("quantity", known ? std::to_string(terms->quantity.value()) : "")
        .text("price", known ? projections::decimal(terms->price) : "")
        .text("trigger_price", known ? projections::decimal(terms->trigger) : "");
}

std::string pairs_of(const Row& row) {
    std::string pairs;
    for (const auto& cell : row.cells()) {
        if (cell.text.empty() || cell.text == "0") continue;
        if (!pairs.empty()) pairs += ' ';
        pairs += std::string{cell.name} + "=" + cell.text;
    }
    return pairs;
}

}  // namespace

Row consequence_row(const State& state, const std::string& order, const Consequence& consequence,
                    bool brief) {
    const Outcome outcome = outcome_of(consequence.payload);
    Row row;
    row.text("order", order)
        .text("follower_id", projections::number(outcome.follower))
        .text("follower", code_of(state, outcome.follower))
        .text("outcome", outcome.what)
        .text("reason", outcome.reason)
        .text("purpose", outcome.purpose);
    add_terms(row, outcome.terms);
    if (!brief) {
        projections::add_figures(row, outcome.figures ? *outcome.figures : SizingFigures{});
        return row;
    }
    Row figures;
    if (outcome.figures != nullptr) projections::add_figures(figures, *outcome.figures);
    row.text("figures", pairs_of(figures));
    return row;
}

}  // namespace tools
