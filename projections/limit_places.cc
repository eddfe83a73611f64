#include "projections/limit_places.h"

#include "projections/cell_text.h"
#include "projections/limit_cells.h"

namespace projections {

using namespace ledger;

namespace {

std::string code_of(const LedgerView& view, AccountNumber number) {
    const auto* account = view.state().account(number);
    return account == nullptr ? std::string{} : account->identity.broker_account;
}

}  // namespace

std::vector<LimitsPlace> places_of(const replication::State& state) {
    std::vector<LimitsPlace> places;
    places.push_back({.scope = RiskScope::global,
                      .halted = state.risk.halted,
                      .limits = &state.risk.limits,
                      .usage = &state.risk.usage});
    for (const replication::Account& account : state.accounts) {
        const bool is_master = account.identity.role == AccountRole::master;
        places.push_back({.scope = is_master ? RiskScope::master : RiskScope::follower,
                          .account = account.number,
                          .halted = account.risk.halted,
                          .limits = &account.risk.limits,
                          .usage = &account.risk.usage});
    }
    for (const replication::Link& link : state.links) {
        places.push_back({.scope = RiskScope::link,
                          .account = link.follower,
                          .master = link.master,
                          .limits = &link.terms.limits,
                          .usage = &link.usage});
    }
    return places;
}

Row limits_row(const LedgerView& view, const LimitsPlace& place) {
    Row row;
    row.text("scope", to_text(place.scope))
        .text("account_id", place.account.value() == 0 ? "" : number(place.account))
        .text("account", code_of(view, place.account))
        .text("master_id", place.master.value() == 0 ? "" : number(place.master))
        .text("master", code_of(view, place.master))
        .boolean("halted", place.halted)
        .count("open_orders", place.usage->open_orders)
        .text("capital_used", decimal(place.usage->capital))
        .text("realised_today", decimal(place.usage->realised_on(view.state().today())));
    add_limits(row, *place.limits);
    return row;
}

}  // namespace projections
