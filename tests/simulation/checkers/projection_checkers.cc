// What the projections count and add up, beside plain sums over the log and the brokers' records.
#include "projections/completeness.h"
#include "tests/simulation/checkers/evidence.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::Event;
using ledger::Side;

namespace {

// ---- counts

// Whose row of the audit an event is of: the follower's where it names one.
AccountNumber concerns(const Event& event) {
    return std::visit(
        [](const auto& e) -> AccountNumber {
            if constexpr (requires { e.ref.follower; }) {
                return e.ref.follower;
            } else if constexpr (requires { e.follower; }) {
                return e.follower;
            } else if constexpr (requires { e.account; }) {
                return e.account;
            } else if constexpr (requires { e.master; }) {
                return e.master;
            } else {
                return AccountNumber{};
            }
        },
        event.payload);
}

struct Counted {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::map<std::size_t, std::uint64_t> kinds;  // by the payload's index
    std::map<std::size_t, std::uint64_t> skips;  // by reason
    std::uint64_t fills = 0;
    std::uint64_t recovered = 0;
};

std::map<AccountNumber, Counted> count(const std::vector<Event>& log) {
    std::map<AccountNumber, Counted> counts;
    for (const Event& event : log) {
        const AccountNumber account = concerns(event);
        if (account == AccountNumber{}) continue;
        Counted& counted = counts[account];
        if (counted.first == 0) counted.first = event.sequence;
        counted.last = event.sequence;
        ++counted.kinds[event.payload.index()];
        if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&event.payload)) {
            ++counted.skips[static_cast<std::size_t>(e->reason)];
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
            counted.fills += e->last_qty.value() > 0 ? 1U : 0U;
        }
        if (const auto* e = std::get_if<ledger::AttemptAccepted>(&event.payload)) {
            counted.recovered += e->recovered ? 1U : 0U;
        }
    }
    return counts;
}

template <class E>
std::uint64_t of_kind(const Counted& counted) {
    static const std::size_t index = ledger::Payload{E{}}.index();
    const auto found = counted.kinds.find(index);
    return found == counted.kinds.end() ? 0 : found->second;
}

bool is_same(const projections::AuditRow& row, const Counted& counted) {
    using namespace ledger;
    const std::array same{
        row.first_sequence == counted.first,
        row.last_sequence == counted.last,
        row.master_events == of_kind<MasterOrderReported>(counted),
        row.orders_intended == of_kind<FollowerOrderIntended>(counted),
        row.modifies_intended == of_kind<FollowerModifyIntended>(counted),
        row.cancels_intended == of_kind<FollowerCancelIntended>(counted),
        row.amended_unsent == of_kind<UnsentOrderAmended>(counted),
        row.withdrawn_unsent == of_kind<UnsentOrderWithdrawn>(counted),
        row.superseded == of_kind<IntentSuperseded>(counted),
        row.attempts == of_kind<AttemptStarted>(counted),
        row.accepted == of_kind<AttemptAccepted>(counted),
        row.recovered == counted.recovered,
        row.rejected == of_kind<AttemptRejected>(counted),
        row.unknown == of_kind<AttemptUnknown>(counted),
        row.not_placed == of_kind<AttemptNotPlaced>(counted),
        row.expired == of_kind<IntentExpired>(counted),
        row.parked == of_kind<IntentParked>(counted),
        row.fills == counted.fills,
        row.anomalies == of_kind<AnomalyRecorded>(counted),
    };
    for (std::size_t reason = 0; reason < row.skipped.size(); ++reason) {
        const auto found = counted.skips.find(reason);
        const std::uint64_t skips = found == counted.skips.end() ? 0 : found->second;
        if (row.skipped.at(reason) != skips) return false;
    }
    return std::ranges::find(same, false) == same.end();
}

}  // namespace

void views_count_what_is_in_the_log(const Evidence& evidence, Findings& findings) {
    const auto counts = count(evidence.log);
    const auto& rows = evidence.view.audit().rows();
    if (rows.size() != counts.size()) findings.emplace_back("views: the audit lacks an account");
    for (const auto& row : rows) {
        const auto counted = counts.find(row.account);
        if (counted != counts.end() && is_same(row, counted->second)) continue;
        findings.push_back(
            fmt::format("views: the audit counts account {} wrongly", row.account.value()));
    }
    projections::Completeness completeness{{}};
    for (const Event& event : evidence.log) completeness.apply(event);
    const auto sum = completeness.counts();
    const std::uint64_t told = sum.orders + sum.pending + sum.needs_review + sum.skipped;
    if (sum.findings > 0 || told != sum.expected) {
        findings.emplace_back("views: completeness misses an outcome");
    }
    if (sum.pending > 0 || sum.needs_review > 0) {
        findings.emplace_back("views: completeness takes what is done for pending");
    }
}

// ---- money

namespace {

using Key = std::tuple<AccountNumber, std::string, ledger::Product>;

struct Paid {
    std::int64_t bought = 0;
    std::int64_t sold = 0;

    void add(Side side, std::int64_t value) { (side == Side::buy ? bought : sold) += value; }
};

// What the brokers' averages come to.
std::map<Key, Paid> paid(const Evidence& evidence) {
    std::map<Key, Paid> sums;
    for (const SimBroker& broker : evidence.brokers) {
        for (const BrokerOrder& order : broker.orders()) {
            const AccountNumber account{static_cast<std::uint32_t>(order.account)};
            sums[{account, order.row.token, order.row.terms.product}].add(
                order.row.terms.side, order.row.avg_px.value() * order.row.cum_qty.value());
        }
    }
    for (const Story& story : evidence.stories) {
        const std::int64_t filled = told_fills(evidence, story);
        sums[{story.master, story.instrument.token, story.terms.product}].add(
            story.terms.side, filled * average_price);
    }
    return sums;
}

std::string_view difference(const projections::Position& row, const Paid& sum) {
    if (row.bought_value.value() != sum.bought || row.sold_value.value() != sum.sold) return "paid";
    // What came in and is not made is what the open part stands at.
    const std::int64_t net = (row.bought - row.sold).value();
    const std::int64_t open = row.open_value.value();
    const std::int64_t cash = sum.sold - sum.bought;
    if (row.realised.value() != cash + (net > 0 ? open : -open)) return "realised";
    return net == 0 && open != 0 ? "open" : "";
}

}  // namespace

void i11_positions_are_worth_what_was_paid(const Evidence& evidence, Findings& findings) {
    const auto sums = paid(evidence);
    const auto& state = evidence.view.state();
    for (const auto& row : evidence.view.positions().rows()) {
        const auto& token = state.instruments[row.key.instrument].instrument.token;
        const auto sum = sums.find({row.key.account, token, row.key.product});
        const std::string_view what = difference(row, sum == sums.end() ? Paid{} : sum->second);
        if (what.empty()) continue;
        findings.push_back(fmt::format("I11: account {} has another value {} for {} than the fills",
                                       row.key.account.value(), what, token));
    }
}

}  // namespace simulation
