#include "executors/reconciler.h"

#include "ledger/base/overloaded.h"
#include "ledger/base/time_units.h"

#include <algorithm>
#include <utility>

namespace executors {

using ledger::AnomalyKind;
using ledger::AnomalyRecorded;
using ledger::IntentKind;

namespace {

// The change came too late: its order had ended.
constexpr std::string_view order_done_code = "ORDER_DONE";

Verdict park(const ledger::AttemptRef& ref, std::string why) {
    return {.ref = ref, .commands = {ledger::ParkIntent{ref, std::move(why)}}};
}

ledger::RecordAnomaly anomaly(const Doubt& doubt, AnomalyKind kind, const BookRow& row,
                              std::string text) {
    return {AnomalyRecorded{.kind = kind,
                            .account = doubt.ref.follower,
                            .order = doubt.ref.order,
                            .broker_order_id = row.broker_order_id,
                            .text = std::move(text)}};
}

Verdict recovered(const Doubt& doubt, const ShownDone& shown) {
    Verdict verdict{.ref = doubt.ref, .commands = {}};
    verdict.commands.emplace_back(
        ledger::RecordAccepted{doubt.ref, shown.row->broker_order_id, true});
    verdict.commands.emplace_back(
        ledger::ReportFollowerOrder{to_report(*shown.row, doubt.ref.order, doubt.ref.follower)});
    for (const BookRow* extra : shown.duplicates) {
        verdict.commands.emplace_back(
            anomaly(doubt, AnomalyKind::duplicate_order, *extra,
                    "also at the broker as " + shown.row->broker_order_id));
    }
    return verdict;
}

Verdict order_done(const Doubt& doubt, const BookRow& row) {
    Verdict verdict{.ref = doubt.ref, .commands = {}};
    verdict.commands.emplace_back(
        ledger::RecordRejected{doubt.ref, std::string{order_done_code},
                               "the order had ended: " + std::string{to_text(row.status)}, false});
    verdict.commands.emplace_back(
        ledger::ReportFollowerOrder{to_report(row, doubt.ref.order, doubt.ref.follower)});
    return verdict;
}

Verdict foreign(const Doubt& doubt, const BookRow& row) {
    const std::string text = "bears our reference, but is for another instrument, side or quantity";
    Verdict verdict = park(doubt.ref, "order " + row.broker_order_id + " " + text);
    verdict.commands.emplace_back(anomaly(doubt, AnomalyKind::foreign_order, row, text));
    return verdict;
}

}  // namespace

void Reconciler::add(Doubt doubt, std::int64_t now_ns) {
    drop(doubt.ref);
    const ledger::AccountNumber number = doubt.ref.follower;
    Account& account = accounts_[number];
    account.cases.push_back({.doubt = std::move(doubt), .since_ns = now_ns});
    ++size_;
    account.interval_ns = schedule_.first_read_ns;
    due_.set_no_later(number, now_ns + schedule_.first_read_ns);
}

void Reconciler::drop(const ledger::AttemptRef& ref) {
    const auto found = accounts_.find(ref.follower);
    if (found == accounts_.end()) return;
    auto& cases = found->second.cases;
    size_ -= std::erase_if(cases, [&](const Case& open) { return open.doubt.ref == ref; });
    if (!cases.empty()) return;
    due_.erase(ref.follower);
    accounts_.erase(found);
}

std::vector<Verdict> Reconciler::on_book(ledger::AccountNumber number, const BookLook& look) {
    const auto found = accounts_.find(number);
    if (found == accounts_.end()) return {};
    Account& account = found->second;
    std::vector<Verdict> verdicts;
    for (Case& open : account.cases) {
        if (auto verdict = judge(open, look)) verdicts.push_back(std::move(*verdict));
    }
    schedule_next(number, account, look);
    for (const Verdict& verdict : verdicts) drop(verdict.ref);
    return verdicts;
}

std::optional<Verdict> Reconciler::judge(Case& open, const BookLook& look) const {
    const Doubt& doubt = open.doubt;
    if (!look.look_up.possible) return park(doubt.ref, "the broker's book shows no references");
    const auto* book = std::get_if<BookRead>(&look.book);
    if (book == nullptr) return std::nullopt;
    const std::int64_t age_ns = look.started_ns - open.since_ns;
    if (age_ns >= 0 && open.reads++ == 0) open.first_read_ns = look.started_ns;
    const auto not_placed = [&] {
        return Verdict{.ref = doubt.ref,
                       .commands = {ledger::RecordNotPlaced{doubt.ref, open.reads,
                                                            age_ns / ledger::ns_per_ms}}};
    };
    using Maybe = std::optional<Verdict>;
    return std::visit(
        ledger::Overloaded{
            [&](const ShownDone& shown) -> Maybe { return recovered(doubt, shown); },
            [&](const ShownEnded& shown) -> Maybe { return order_done(doubt, *shown.row); },
            [&](const ShownForeign& shown) -> Maybe { return foreign(doubt, *shown.row); },
            [&](const ShownUnchanged&) -> Maybe {
                const bool settled = open.reads >= schedule_.change_reads_min &&
                                     age_ns >= schedule_.change_settle_ns;
                return settled ? Maybe{not_placed()} : std::nullopt;
            },
            [&](const ShownAbsent& shown) -> Maybe {
                if (!proves_absence(open, look)) return std::nullopt;
                if (doubt.kind != IntentKind::new_) {
                    return park(doubt.ref, "its order is not in the broker's book");
                }
                if (shown.perhaps == nullptr) return not_placed();
                return park(doubt.ref, "order " + shown.perhaps->broker_order_id +
                                           " may be it, and shows no whole reference");
            }},
        weigh(doubt, book->rows));
}

bool Reconciler::proves_absence(const Case& open, const BookLook& look) const {
    const std::int64_t window_ns = look.look_up.visibility_window_ns;
    return open.reads >= schedule_.reads_min && look.started_ns >= open.since_ns + window_ns &&
           look.started_ns - open.first_read_ns >= window_ns / 2;
}

void Reconciler::schedule_next(ledger::AccountNumber number, Account& account,
                               const BookLook& look) {
    account.interval_ns = std::min(account.interval_ns * 2, schedule_.interval_ns_max);
    std::int64_t next_ns = look.now_ns + account.interval_ns;
    for (const Case& open : account.cases) {
        const std::int64_t end_ns = open.since_ns + look.look_up.visibility_window_ns;
        if (end_ns > look.now_ns) next_ns = std::min(next_ns, end_ns);
    }
    due_.set(number, next_ns);
}

}  // namespace executors
