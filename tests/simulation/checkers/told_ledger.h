// What the log's events alone make of orders, positions and limits, by plain sums over all of them:
// shares no code with what decides, and is asked about any instant of the log.
#pragma once

#include "ledger/model/event.h"
#include "ledger/model/fill.h"

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace simulation {

// Of one master: instrument and product, as the first report of an order named them.
using HeldKey = std::tuple<ledger::AccountNumber, std::string, ledger::Product>;
using CopyKey = std::pair<HeldKey, ledger::AccountNumber>;

struct ToldChange {
    ledger::EventId intent;
    bool cancels = false;
    ledger::OrderTerms terms;
};

struct ToldOrder {
    enum class Life { waits, works, ended };

    ledger::FollowerOrderIntended intended;
    CopyKey position;
    ledger::OrderTerms terms;
    ledger::Quantity reducing;
    ledger::Price worth;  // of a unit; 0: nobody knows
    ledger::Quantity cum_qty;
    Life life = Life::waits;
    bool cancel_taken = false;
    std::int32_t day = 0;
    std::vector<ToldChange> changes;

    [[nodiscard]] bool live() const { return life != Life::ended; }

    [[nodiscard]] ledger::Quantity whole() const;   // once every change has happened
    [[nodiscard]] ledger::Quantity leaves() const;  // what may still fill
    [[nodiscard]] ledger::Money reserved() const;   // the value of the leaves that open
};

struct ToldMasterOrder {
    HeldKey position;
    ledger::Instrument instrument;
    ledger::Side side = ledger::Side::buy;
    ledger::Quantity cum_qty;
    ledger::Quantity least;  // of all versions of its terms
    ledger::Quantity most;
    bool told_new = false;
    bool dead = false;
    std::int32_t day = 0;
};

// Where a limit may stand: a link, an account, or (0, 0) all of it.
using ToldPlace = std::pair<ledger::AccountNumber, ledger::AccountNumber>;

class ToldLedger {
  public:
    void apply(const ledger::Event& event);

    [[nodiscard]] static std::array<ToldPlace, 4> places(ledger::AccountNumber master,
                                                         ledger::AccountNumber follower);
    [[nodiscard]] const ledger::RiskLimits& limits(const ToldPlace& place) const;

    [[nodiscard]] bool halted(const ToldPlace& place) const { return halted_.contains(place); }

    // And not closed.
    [[nodiscard]] bool enabled(ledger::AccountNumber account) const {
        return !disabled_.contains(account) && !closed(account);
    }

    [[nodiscard]] bool closed(ledger::AccountNumber account) const {
        return closed_.contains(account);
    }

    // Now or before.
    [[nodiscard]] bool was_closed(ledger::AccountNumber account) const {
        return closed_once_.contains(account);
    }

    [[nodiscard]] bool has_consent(ledger::AccountNumber account) const {
        return consenting_.contains(account);
    }

    [[nodiscard]] bool withdrew_consent(ledger::AccountNumber account) const {
        return withdrawn_.contains(account);
    }

    [[nodiscard]] const ledger::LinkTerms* link(ledger::AccountNumber master,
                                                ledger::AccountNumber follower) const;

    [[nodiscard]] const ledger::Calendar& calendar() const { return calendar_; }

    // ---- sums at a place

    [[nodiscard]] std::int64_t open_orders(const ToldPlace& place) const;
    [[nodiscard]] std::int64_t capital(const ToldPlace& place) const;
    [[nodiscard]] std::int64_t loss(const ToldPlace& place, std::int64_t at_ns) const;
    [[nodiscard]] std::int64_t orders_in_second(const ToldPlace& place, std::int64_t at_ns) const;

    // ---- positions, signed

    [[nodiscard]] std::int64_t held(const HeldKey& key) const;
    [[nodiscard]] std::int64_t held(const CopyKey& key) const;
    [[nodiscard]] std::map<CopyKey, std::int64_t> all_held() const;

    [[nodiscard]] const std::map<HeldKey, std::int64_t>& all_held_by_masters() const {
        return of_masters_;
    }

    // What will be held once the orders of today are done, beside the copies of one master order.
    [[nodiscard]] std::int64_t expected_beside(const CopyKey& key,
                                               const ledger::EventId& master_order,
                                               std::int64_t at_ns) const;
    [[nodiscard]] bool any_live(const CopyKey& key) const;

    [[nodiscard]] const ToldMasterOrder* master_order(const ledger::EventId& id) const;
    [[nodiscard]] ledger::EventId id_of(const ledger::MasterOrderReported& report) const;
    [[nodiscard]] const ToldOrder* order(const ledger::EventId& id) const;

    [[nodiscard]] const std::map<ledger::EventId, ToldOrder>& orders() const { return orders_; }

    [[nodiscard]] const std::map<ledger::EventId, ToldMasterOrder>& master_orders() const {
        return master_orders_;
    }

    [[nodiscard]] const std::set<ledger::AccountNumber>& followers(
        ledger::AccountNumber master) const;

  private:
    struct Holding {
        ledger::OpenPosition position;
        std::map<std::int32_t, std::int64_t> realised;  // by session day
    };

    void take(const ledger::Event& event, const ledger::LinkSet& set);
    void take(const ledger::Event& event, const ledger::CalendarSet& set);
    void take(const ledger::Event& event, const ledger::MasterOrderReported& report);
    void take(const ledger::Event& event, const ledger::FollowerOrderIntended& intended);
    void take(const ledger::Event& event, const ledger::FollowerOrderReported& report);
    void take_change(const ledger::Event& event);
    void take_outcome(const ledger::Event& event);
    void give_up(const ledger::EventId& order, const ledger::EventId& intent);
    void take_place(ToldOrder& order, const ledger::EventId& intent, const ledger::EventId& own);

    template <class Visit>
    void at(const ToldPlace& place, const Visit& visit) const;

    std::map<ledger::AccountNumber, ledger::AccountIdentity> identities_;
    std::set<ledger::AccountNumber> disabled_;
    std::set<ledger::AccountNumber> closed_;
    std::set<ledger::AccountNumber> closed_once_;
    std::set<ledger::AccountNumber> withdrawn_;
    std::set<ledger::AccountNumber> consenting_;
    std::map<ToldPlace, ledger::RiskLimits> limits_;
    std::set<ToldPlace> halted_;
    std::map<ToldPlace, ledger::LinkTerms> links_;
    std::map<ledger::AccountNumber, std::set<ledger::AccountNumber>> followers_;  // that copy
    ledger::Calendar calendar_;
    std::map<ledger::EventId, ToldMasterOrder> master_orders_;
    std::map<ledger::EventId, ToldOrder> orders_;
    std::map<HeldKey, std::int64_t> of_masters_;
    std::map<CopyKey, Holding> copies_;
    std::map<std::int64_t, std::vector<ToldPlace>> seconds_;  // master and follower of each order
};

}  // namespace simulation
