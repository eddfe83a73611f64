#include "ingest/copy_results.h"

#include "ingest/body_fields.h"
#include "ingest/event_rows.h"
#include "ledger/replication/order_status.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

namespace ingest {

namespace {

using ledger::EventId;
using ledger::OrderPurpose;
using ledger::OrderTerms;
using ledger::OrdStatus;
using ledger::Quantity;
using ledger::replication::FollowerOrder;
using ledger::replication::State;
using ledger::text::JsonValue;

constexpr std::string_view needs_review = "NEEDS_REVIEW";

// ---- the log's rows

// Of the terms what a modify can change.
OrderTerms terms_of(const JsonValue& row) {
    const BodyFields fields{row};
    OrderTerms terms;
    const auto quantity = fields.integer("quantity");
    const auto price = fields.price("price");
    const auto trigger = fields.price("trigger_price");
    if (quantity) terms.quantity = Quantity{quantity.value().value_or(0)};
    if (price) terms.price = price.value().value_or(ledger::Price{});
    if (trigger) terms.trigger = trigger.value().value_or(ledger::Price{});
    return terms;
}

ledger::AccountNumber follower_of(const JsonValue& row) {
    const auto number = BodyFields{row}.count("follower_id");
    return ledger::AccountNumber{number ? number.value().value_or(0) : 0};
}

void add_consequence(const JsonValue& row, Motion& motion) {
    const std::string kind = text_of(row, "kind");
    if (kind == "FollowerOrderSkipped") {
        motion.skipped.push_back(
            {follower_of(row), text_of(row, "action"), text_of(row, "reason")});
        return;
    }
    constexpr std::array<std::string_view, 5> touching{
        "FollowerOrderIntended", "FollowerModifyIntended", "FollowerCancelIntended",
        "UnsentOrderAmended", "UnsentOrderWithdrawn"};
    if (std::ranges::find(touching, kind) == touching.end()) return;
    const bool placed = kind == "FollowerOrderIntended";
    motion.touched.push_back(
        {id_of(row, placed ? "event_id" : "order_id"), terms_of(row), text_of(row, "limit_rule")});
}

// ---- one order

struct Verdict {
    CopyStatus status = CopyStatus::pending;
    std::string_view reason;
};

Verdict pending_verdict(const FollowerOrder& order) {
    const bool parked = order.parked || std::ranges::any_of(order.changes, [](const auto& change) {
                            return change.parked;
                        });
    if (parked) return {CopyStatus::pending, needs_review};
    return {CopyStatus::pending,
            order.status == OrdStatus::unknown ? to_text(order.status) : std::string_view{}};
}

bool is_being_placed(const FollowerOrder& order) {
    return order.parked || order.attempt_open || order.unsent() ||
           order.status == OrdStatus::pending_new || order.status == OrdStatus::unknown;
}

// Whether it came to the broker.
Verdict placing_verdict(const FollowerOrder& order) {
    if (is_being_placed(order)) return pending_verdict(order);
    const bool came_to_nothing =
        order.status == OrdStatus::rejected || order.status == OrdStatus::not_placed ||
        (order.status == OrdStatus::expired && order.broker_order_id.empty());
    if (came_to_nothing && order.cum_qty.value() == 0) {
        return {CopyStatus::failed, to_text(order.status)};
    }
    if (order.status == OrdStatus::withdrawn) return {CopyStatus::skipped, to_text(order.status)};
    return {CopyStatus::success, {}};
}

bool has_terms(const FollowerOrder& order, const OrderTerms& wanted) {
    return order.terms.quantity == wanted.quantity && order.terms.price == wanted.price &&
           order.terms.trigger == wanted.trigger;
}

Verdict modify_verdict(const FollowerOrder& order, const OrderTerms& wanted) {
    if (is_pending(order)) return pending_verdict(order);
    const bool canceling = wanted.quantity.value() == 0;
    if (canceling) {
        const bool ended = ledger::replication::is_terminal(order.status);
        if (!ended && order.cancel_acknowledged) return {CopyStatus::pending, {}};
        return ended ? Verdict{CopyStatus::success, {}}
                     : Verdict{CopyStatus::failed, to_text(order.status)};
    }
    const Verdict placed = placing_verdict(order);
    if (placed.status != CopyStatus::success || has_terms(order, wanted)) return placed;
    return {CopyStatus::failed, "CHANGE_NOT_TAKEN"};
}

Verdict exit_verdict(const FollowerOrder& order) {
    if (order.purpose != OrderPurpose::copy) return placing_verdict(order);
    if (is_pending(order) || order.cancel_acknowledged) {
        if (!ledger::replication::is_terminal(order.status)) return pending_verdict(order);
    }
    if (ledger::replication::is_terminal(order.status)) return {CopyStatus::success, {}};
    return {CopyStatus::failed, "CANCEL_NOT_TAKEN"};
}

Quantity executed_of(const FollowerOrder& order) {
    return ledger::replication::is_working(order.status) ? order.terms.quantity : order.cum_qty;
}

// ---- all orders of a request

class Results {
  public:
    Results(const State& state, const Motion& motion) : state_(state), motion_(motion) {}

    void add(const FollowerOrder& order, const Verdict& verdict) {
        CopyResult& result = of(order.follower);
        const bool first = result.orders.empty();
        if (first || outweighs(verdict.status, result.status)) result.status = verdict.status;
        if (result.reason.empty() || verdict.status == CopyStatus::failed) {
            result.reason = verdict.reason;
        }
        if (verdict.status == CopyStatus::failed) result.failed = order.id;
        // An exit is what closes; what it closes was executed before.
        if (motion_.kind != RequestKind::exit || order.purpose != OrderPurpose::copy) {
            result.executed = result.executed + executed_of(order);
            result.filled = result.filled + order.cum_qty;
        }
        result.orders.push_back(order);
    }

    void add(const Skipped& skipped) {
        CopyResult& result = of(skipped.follower);
        if (result.orders.empty() || result.reason.empty()) result.reason = skipped.reason;
    }

    void add_cap(const FollowerOrder& order, const std::string& capped_by) {
        if (!capped_by.empty()) of(order.follower).capped_by = capped_by;
    }

    [[nodiscard]] std::vector<CopyResult> take() {
        std::vector<CopyResult> all;
        all.reserve(results_.size());
        for (auto& [follower, result] : results_) all.push_back(std::move(result));
        return all;
    }

  private:
    CopyResult& of(ledger::AccountNumber follower) {
        CopyResult& result = results_[follower];
        if (result.follower != follower) {
            result.follower = follower;
            const auto* account = state_.account(follower);
            if (account != nullptr) result.username = account->identity.username;
        }
        return result;
    }

    // Of several slices one that works makes the copy a success; an exit is one when all of it is.
    [[nodiscard]] bool outweighs(CopyStatus status, CopyStatus other) const {
        const bool exit = motion_.kind == RequestKind::exit;
        const std::array<CopyStatus, 4> order{
            CopyStatus::skipped, exit ? CopyStatus::success : CopyStatus::failed,
            exit ? CopyStatus::failed : CopyStatus::success, CopyStatus::pending};
        return std::ranges::find(order, status) > std::ranges::find(order, other);
    }

    const State& state_;
    const Motion& motion_;
    std::map<ledger::AccountNumber, CopyResult> results_;
};

void add_orders(const State& state, const Motion& motion, Results& results) {
    for (const EventId& id : motion.master_orders) {
        const auto* master_order = state.master_orders.find(id);
        if (master_order == nullptr) continue;
        const bool exit = motion.kind == RequestKind::exit;
        for (const ledger::RowIndex row : master_order->copies) {
            const FollowerOrder& order = state.follower_orders[row];
            results.add(order, exit ? exit_verdict(order) : placing_verdict(order));
        }
        if (!exit) continue;
        for (const ledger::RowIndex row : master_order->others) {
            const FollowerOrder& order = state.follower_orders[row];
            results.add(order, exit_verdict(order));
        }
    }
}

void add_touched(const State& state, const Motion& motion, Results& results) {
    for (const TouchedOrder& touched : motion.touched) {
        const FollowerOrder* order = state.follower_order(touched.order);
        if (order == nullptr) continue;
        if (motion.kind == RequestKind::modify) {
            results.add(*order, modify_verdict(*order, touched.terms));
        }
        results.add_cap(*order, touched.capped_by);
    }
}

}  // namespace

void add_consequences(const std::vector<JsonValue>& rows, Motion& motion) {
    for (const JsonValue& row : rows) add_consequence(row, motion);
}

std::string_view to_text(CopyStatus status) {
    switch (status) {
        case CopyStatus::success:
            return "SUCCESS";
        case CopyStatus::failed:
            return "FAILED";
        case CopyStatus::skipped:
            return "SKIPPED";
        case CopyStatus::pending:
            return "PENDING";
    }
    return "?";
}

std::vector<CopyResult> copy_results(const State& state, const Motion& motion) {
    Results results{state, motion};
    add_orders(state, motion, results);
    add_touched(state, motion, results);
    for (const Skipped& skipped : motion.skipped) results.add(skipped);
    return results.take();
}

bool is_settled(const std::vector<CopyResult>& results) {
    return std::ranges::none_of(results, [](const CopyResult& result) {
        return result.status == CopyStatus::pending && result.reason != needs_review;
    });
}

}  // namespace ingest
