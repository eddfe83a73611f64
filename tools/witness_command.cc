#include "ledger/base/overloaded.h"
#include "ledger/replication/order_status.h"
#include "tools/brokersim/event_text.h"
#include "tools/data_directory.h"
#include "tools/open_log.h"
#include "tools/report_commands.h"

#include <fstream>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace tools {

using namespace ledger;
using projections::LedgerView;
using replication::FollowerOrder;

namespace {

// An order as the witness saw it last.
struct WitnessedOrder {
    std::string broker_order_id;
    brokersim::OrderRequest request;
    Quantity filled;
    bool ended = false;  // filled, cancelled or rejected
};

using Witnessed = std::map<std::string, WitnessedOrder>;  // by broker order id

class WitnessReader {
  public:
    void apply(const brokersim::OrderEvent& event) {
        using namespace brokersim;
        std::visit(Overloaded{
                       [&](const OrderAccepted& e) {
                           WitnessedOrder& order = row(e.id);
                           order.request = e.request;
                       },
                       [&](const OrderModified& e) {
                           WitnessedOrder& order = row(e.id);
                           order.request.terms = e.terms;
                           end_if_filled(order);
                       },
                       [&](const OrderCancelled& e) { row(e.id).ended = true; },
                       [&](const brokersim::OrderRejected& e) { row(e.id).ended = true; },
                       [&](const OrderTriggered&) {},
                       [&](const OrderFilled& e) {
                           WitnessedOrder& order = row(e.id);
                           order.filled = order.filled + e.quantity;
                           end_if_filled(order);
                       },
                   },
                   event);
    }

    [[nodiscard]] Witnessed take() { return std::move(orders_); }

  private:
    WitnessedOrder& row(brokersim::AppOrderId id) {
        WitnessedOrder& order = orders_[std::to_string(id.value())];
        order.broker_order_id = std::to_string(id.value());
        return order;
    }

    // By a fill, or by a change to the quantity that has filled.
    static void end_if_filled(WitnessedOrder& order) {
        order.ended |= order.filled >= order.request.terms.quantity;
    }

    Witnessed orders_;
};

Result<Witnessed> read_witness(const std::string& path) {
    std::ifstream file{path};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, "journal"};
    WitnessReader reader;
    std::string line;
    while (std::getline(file, line)) {
        if (file.eof()) break;  // a line without its end was never answered
        BOOST_OUTCOME_TRY(const auto event, brokersim::parse_event(line));
        reader.apply(event);
    }
    return reader.take();
}

// What is wrong between one witnessed order and the ledger's; empty where they agree.
std::string difference(const LedgerView& view, const WitnessedOrder& seen,
                       const FollowerOrder* order) {
    if (order == nullptr) return "orphan: the ledger has no order of this reference";
    if (order->broker_order_id != seen.broker_order_id) {
        return "double: the ledger knows this reference as order " + order->broker_order_id;
    }
    const auto* account = view.state().account(order->follower);
    if (account->identity.broker_account != seen.request.client_id) return "at another account";
    if (order->cum_qty != seen.filled) {
        return fmt::format("filled {}, in the ledger {}", seen.filled.value(),
                           order->cum_qty.value());
    }
    if (seen.ended != replication::is_terminal(order->status)) {
        return fmt::format("{}, in the ledger {}", seen.ended ? "ended" : "working",
                           to_text(order->status));
    }
    if (!seen.ended && seen.request.terms.quantity != order->terms.quantity) {
        return fmt::format("quantity {}, in the ledger {}", seen.request.terms.quantity.value(),
                           order->terms.quantity.value());
    }
    if (!seen.ended && seen.request.terms.price != order->terms.price) return "at another price";
    return {};
}

struct Verdict {
    std::uint64_t compared = 0;
    std::uint64_t differences = 0;
    std::uint64_t pending = 0;
};

void tell(RowPrinter& printer, const std::string& broker_order_id, std::string_view reference,
          const std::string& what) {
    projections::Row row;
    row.text("broker_order_id", broker_order_id).text("cl_ord_id", reference).text("finding", what);
    printer.print(row);
}

Verdict compare(const LedgerView& view, const Witnessed& witnessed, RowPrinter& printer) {
    Verdict verdict;
    for (const auto& [id, seen] : witnessed) {
        const auto cl_ord_id = parse_cl_ord_id(seen.request.reference);
        const FollowerOrder* order =
            cl_ord_id ? view.state().follower_orders.find(cl_ord_id.value()) : nullptr;
        const std::string what = difference(view, seen, order);
        ++verdict.compared;
        if (what.empty()) continue;
        ++verdict.differences;
        tell(printer, id, seen.request.reference, what);
    }
    for (const FollowerOrder& order : view.state().follower_orders) {
        if (replication::is_pending(order)) ++verdict.pending;
        if (order.broker_order_id.empty() || witnessed.contains(order.broker_order_id)) continue;
        ++verdict.differences;
        tell(printer, order.broker_order_id, cl_ord_id_of(order.id).view(),
             "missing: the broker never accepted it");
    }
    return verdict;
}

}  // namespace

Result<ExitCode> run_witness(const ReadOptions& options, const std::string& journal_path) {
    BOOST_OUTCOME_TRY(const Witnessed witnessed, read_witness(journal_path));
    BOOST_OUTCOME_TRY(const auto journal, open_log_to_read(options.data));
    BOOST_OUTCOME_TRY(const LedgerView view,
                      load_view(*journal, DataPaths{options.data}, journal->last_sequence()));
    const auto printer = RowPrinter::make(options.output, stdout);
    const Verdict verdict = compare(view, witnessed, *printer);
    if (verdict.differences > 0) printer->finish();
    fmt::print(stderr, "{} accepted orders compared, {} differences, {} without an outcome\n",
               verdict.compared, verdict.differences, verdict.pending);
    if (verdict.differences > 0) return ExitCode::findings;
    return verdict.pending > 0 ? ExitCode::outcomes_unknown : ExitCode::done;
}

}  // namespace tools
