#include "projections/hindsight.h"

#include <algorithm>

namespace projections {

using namespace ledger;

namespace {

AccountNumber opened_by(const Event& event) {
    return std::get<AccountOpened>(event.payload).account;
}

}  // namespace

std::int64_t happened_at_ns(const Event& event) {
    const bool told_later = std::holds_alternative<MasterOrderReported>(event.payload) ||
                            std::holds_alternative<FundsReported>(event.payload);
    if (told_later) return std::min(event.occurred_at_ns, event.recorded_at_ns);
    const auto* report = std::get_if<FollowerOrderReported>(&event.payload);
    const bool dated = report != nullptr && report->updated_at_ns != 0;
    return dated ? std::min(report->updated_at_ns, event.recorded_at_ns) : event.recorded_at_ns;
}

void Hindsight::apply(const Event& event) {
    if (happened_at_ns(event) <= at_ns_) {
        if (ready_for(event)) take(event);
    } else if (std::holds_alternative<AccountOpened>(event.payload)) {
        opened_later_.push_back(event);
    }
}

bool Hindsight::ready_for(const Event& event) {
    if (const auto* report = std::get_if<FollowerOrderReported>(&event.payload)) {
        return view_.state().follower_order(report->order) != nullptr;
    }
    if (const auto* report = std::get_if<MasterOrderReported>(&event.payload)) {
        return has_account(report->account);
    }
    const auto* funds = std::get_if<FundsReported>(&event.payload);
    return funds == nullptr || has_account(funds->account);
}

// Opens it, and those before it, where that came later.
bool Hindsight::has_account(AccountNumber account) {
    const auto beyond =
        std::ranges::find_if(opened_later_, [&](const Event& e) { return opened_by(e) > account; });
    std::for_each(opened_later_.begin(), beyond, [&](const Event& e) { take(e); });
    opened_later_.erase(opened_later_.begin(), beyond);
    return view_.state().account(account) != nullptr;
}

void Hindsight::take(const Event& event) {
    view_.set_offset(event.sequence - 1, view_.state().recorded_at_ns);
    view_.apply(event);
}

}  // namespace projections
