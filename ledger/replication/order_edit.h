// Changes an order within evolve(), and with it what it takes up elsewhere.
#pragma once

#include "ledger/replication/order_share.h"
#include "ledger/replication/state.h"

namespace ledger::replication {

// The end of its life takes the share that the order had out of positions and usages and puts the
// share of what it has become in; meanwhile they hold the former. Neither rows of orders nor of
// positions may be added meanwhile.
class OrderEdit {
  public:
    // Requires that the order was intended.
    OrderEdit(State& state, const EventId& order);
    OrderEdit(const OrderEdit&) = delete;
    OrderEdit& operator=(const OrderEdit&) = delete;
    ~OrderEdit();

    [[nodiscard]] FollowerOrder& order() { return order_; }

    [[nodiscard]] FollowerOrder* operator->() { return &order_; }

    // The fill goes into the copied position, and what it realised into the day's figures.
    void add_fill(Quantity last_qty, Money last_value);

  private:
    State& state_;
    RowIndex row_;
    FollowerOrder& order_;
    Side side_;  // when the edit began, as are
    OrderShare share_;
    Quantity whole_;   // filled and to be filled
    Quantity opened_;  // filled of what opens
};

// Puts a new order's share in.
void attach_new(State& state, RowIndex order);

// The same for a master's order: its leaves are out of the position while it is changed.
class MasterOrderEdit {
  public:
    MasterOrderEdit(State& state, RowIndex order);
    MasterOrderEdit(const MasterOrderEdit&) = delete;
    MasterOrderEdit& operator=(const MasterOrderEdit&) = delete;
    ~MasterOrderEdit();

    [[nodiscard]] MasterOrder& order() { return order_; }

    [[nodiscard]] MasterOrder* operator->() { return &order_; }

  private:
    State& state_;
    MasterOrder& order_;
    Quantity whole_;
};

}  // namespace ledger::replication
