// The broker's decisions: what may be placed, changed and cancelled, and what trades when. Pure but
// for the store it keeps; time comes in as data.
#pragma once

#include "ledger/base/result.h"
#include "tools/brokersim/matching.h"
#include "tools/brokersim/order_store.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace tools::brokersim {

struct ExchangeRules {
    MatchRules matching;
    bool refuse_repeated_reference = false;
    std::size_t instruments_max = 200'000;
};

struct Placement {
    std::int64_t at_ns = 0;
    std::int64_t visible_at_ns = 0;
    std::string rejected_why;  // not empty: accepted, and rejected at once by the exchange
};

struct Modification {
    std::string client_id;
    AppOrderId id;
    ledger::OrderTerms terms;  // absolute; the side is the order's own
    ledger::Quantity disclosed;
};

class Exchange {
  public:
    // Called with each fact after the store has it.
    using Record = std::function<void(const OrderEvent&)>;

    // "store" must outlive the exchange.
    Exchange(OrderStore& store, const ExchangeRules& rules, Record record)
        : store_(store), rules_(rules), record_(std::move(record)) {}

    // conflict: the reference was used; overloaded: no room for more orders.
    [[nodiscard]] ledger::Result<AppOrderId> place(OrderRequest request,
                                                   const Placement& placement);
    // not_found: no such order of this client; not_allowed: it is closed, or changed too often;
    // invalid_input: a quantity below what has been filled.
    [[nodiscard]] ledger::Result<AppOrderId> modify(const Modification& change, std::int64_t at_ns);
    [[nodiscard]] ledger::Result<AppOrderId> cancel(const std::string& client_id, AppOrderId id,
                                                    std::int64_t at_ns);
    // Every open order of the client, of one instrument where one is named. Returns their number.
    std::size_t cancel_all(const std::string& client_id, std::optional<InstrumentKey> instrument,
                           std::int64_t at_ns);
    // Fills and triggers what the price reaches. overloaded: instruments_max is reached.
    [[nodiscard]] ledger::Result<void> set_price(const InstrumentKey& instrument,
                                                 ledger::Price price, std::int64_t at_ns);

  private:
    void happen(const OrderEvent& event);
    void trade(AppOrderId id, Arrival arrival, std::int64_t at_ns);
    [[nodiscard]] std::optional<ledger::Price> last_price(const InstrumentKey& instrument) const;
    [[nodiscard]] ledger::Result<const SimOrder*> changeable(const std::string& client_id,
                                                             AppOrderId id) const;

    OrderStore& store_;
    ExchangeRules rules_;
    Record record_;
    std::map<InstrumentKey, ledger::Price> prices_;
};

}  // namespace tools::brokersim
