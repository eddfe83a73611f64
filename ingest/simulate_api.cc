// POST /api/simulate: what a master's order would come to, changing nothing.
#include "ingest/ask_state.h"
#include "ingest/blaze_webhook.h"
#include "ingest/body_fields.h"
#include "ingest/consequence_json.h"
#include "ingest/ledger_lookup.h"
#include "ingest/marks_requests.h"
#include "ingest/resources.h"
#include "ingest/trade_requests.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ingest {

namespace {

using ledger::MasterOrderReported;
using ledger::Result;
using ledger::replication::Marks;
using ledger::replication::State;

struct Supposed {
    MasterOrderReported report;  // without an account where it came as a trade
    std::optional<std::string> master;
};

// The webhook's body, or that of replicate.
Result<Supposed> read_supposed(const ApiContext& context, const ledger::text::JsonValue& body) {
    Supposed out;
    const BodyFields fields{body};
    if (fields.has("trade")) {
        BOOST_OUTCOME_TRY(out.report, read_trade(body));
        BOOST_OUTCOME_TRY(out.master, fields.code("masterId"));
        return out;
    }
    BOOST_OUTCOME_TRY(auto order, read_blaze_order(body));
    const auto master = context.find_master(blaze_adapter, order.account_code);
    if (!master) {
        return ledger::Error{ledger::Errc::not_found,
                             "No master has this account_id at this broker.", "account_id"};
    }
    out.report = std::move(order.report);
    out.master = std::to_string(master->value());
    return out;
}

struct Completed {
    MasterOrderReported report;
    std::map<ledger::AccountNumber, std::string> usernames;  // of the master's followers
};

asio::awaitable<Result<Completed>> complete(ApiContext& context, Supposed supposed) {
    auto question = [supposed = std::move(supposed)](const State& state) -> Result<Completed> {
        Completed out{supposed.report, {}};
        BOOST_OUTCOME_TRY(const auto* master, find_master(state, supposed.master));
        out.report.account = master->number;
        BOOST_OUTCOME_TRY(out.report.instrument,
                          complete_instrument(state, supposed.report.instrument));
        for (const ledger::RowIndex index : master->links) {
            const auto follower = state.links[index].follower;
            out.usernames.emplace(follower, username_of(state, follower));
        }
        return out;
    };
    co_return co_await ask_state<Completed>(context.queries, std::move(question));
}

// Only one instrument's last price can matter.
Result<Marks> marks_for(const ApiContext& context, const ledger::Instrument& instrument,
                        const ledger::text::JsonValue& body) {
    const std::int64_t now_ns = context.clock.now_ns();
    Marks marks;
    bool room = true;
    if (const auto* last = context.marks.find(instrument)) {
        const ledger::Mark known{instrument.segment, instrument.token, last->price, last->at_ns};
        room = marks.set(known, now_ns);
    }
    BOOST_OUTCOME_TRY(const auto supposed, BodyFields{body}.array("marks", marks_max));
    if (supposed) {
        BOOST_OUTCOME_TRY(const auto given, read_marks(**supposed, now_ns));
        for (const ledger::Mark& mark : given) room = marks.set(mark, now_ns) && room;
    }
    if (!room) return ledger::invalid_field("marks", "are too many");
    return marks;
}

Answered simulate(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto supposed, read_supposed(context, call.body));
    BOOST_OUTCOME_CO_TRY(const Completed completed,
                         co_await complete(context, std::move(supposed)));
    BOOST_OUTCOME_CO_TRY(const Marks marks,
                         marks_for(context, completed.report.instrument, call.body));
    BOOST_OUTCOME_CO_TRY(const auto consequences,
                         co_await context.queries.simulate(completed.report, marks));
    co_return http::json_response(200, consequences_text(consequences, completed.usernames));
}

}  // namespace

void add_simulate_routes(Routes& routes) {
    routes.add("POST", "/api/simulate", Access::read, simulate);
}

}  // namespace ingest
