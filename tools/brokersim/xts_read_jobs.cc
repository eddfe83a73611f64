#include "tools/brokersim/xts_answers.h"
#include "tools/brokersim/xts_jobs.h"
#include "tools/brokersim/xts_rows.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace tools::brokersim {

namespace {

using ingest::http::Request;
using ingest::http::Response;
using ledger::Result;

Response nothing_there() {
    return xts_error(400, "e-orders-0005", "Data Not Available");
}

Response book_answer(Broker& broker, const std::string& client) {
    std::vector<const SimOrder*> orders = broker.store().orders_of(client);
    const std::int64_t now = Broker::now_ns();
    std::erase_if(orders, [now](const SimOrder* order) { return order->visible_at_ns > now; });
    if (orders.empty()) return nothing_there();
    std::vector<const SimOrder*> shown;
    for (const std::size_t row : broker.misbehaviour().row_order(orders.size()))
        shown.push_back(orders[row]);
    return xts_success("s-orders-0001", "Success order book", book_rows(shown));
}

Response history_answer(Broker& broker, const std::string& client, AppOrderId id) {
    const SimOrder* order = broker.store().find(id, client);
    if (!order) return nothing_there();
    if (order->visible_at_ns > Broker::now_ns())
        return xts_error(400, "e-orders-0001", "Order history is not available yet");
    return xts_success("s-orders-0001", "Success order history", history_rows(*order));
}

Response trades_answer(Broker& broker, const std::string& client) {
    std::vector<TradeOfOrder> trades;
    const std::int64_t now = Broker::now_ns();
    for (const SimTrade* trade : broker.store().trades_of(client)) {
        const SimOrder* order = broker.store().find(trade->order);
        if (order->visible_at_ns <= now) trades.push_back({trade, order});
    }
    if (trades.empty()) return nothing_there();
    std::vector<TradeOfOrder> shown;
    for (const std::size_t row : broker.misbehaviour().row_order(trades.size()))
        shown.push_back(trades[row]);
    return xts_success("s-orders-0001", "Success trade book", trade_rows(shown));
}

}  // namespace

Result<Job> prepare_book(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    if (request.query_param("appOrderID")) {
        BOOST_OUTCOME_TRY(const AppOrderId id, query_order(request));
        job.act = [&broker, client = std::move(client), id](const Fate&) {
            return history_answer(broker, client, id);
        };
        return job;
    }
    job.act = [&broker, client = std::move(client)](const Fate&) {
        return book_answer(broker, client);
    };
    return job;
}

Result<Job> prepare_trades(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [&broker, client = std::move(client)](const Fate&) {
        return trades_answer(broker, client);
    };
    return job;
}

Result<Job> prepare_profile(Broker&, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRY(std::string client, client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [client = std::move(client)](const Fate&) { return profile_answer(client); };
    return job;
}

Result<Job> prepare_balance(Broker& broker, const Request& request, const SimSession& session) {
    BOOST_OUTCOME_TRYV(client_of(session, query_text(request, "clientID")));
    Job job;
    job.act = [&broker](const Fate&) {
        return balance_answer(broker.config().login.cash_available);
    };
    return job;
}

}  // namespace tools::brokersim
