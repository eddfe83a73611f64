// I10: what is left where nothing should be.
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/signed_quantity.h"

#include <set>
#include <tuple>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::EventId;

namespace {

// Of one master: his instrument and product, as his first report of an order named them.
using PositionKey = std::tuple<AccountNumber, std::string, ledger::Product>;
using CopyKey = std::pair<PositionKey, AccountNumber>;

// Positions by the log's fills alone.
class Fold {
  public:
    void apply(const ledger::Event& event) {
        if (const auto* e = std::get_if<ledger::AccountOpened>(&event.payload)) {
            identities_[e->account] = e->identity;
        }
        if (const auto* e = std::get_if<ledger::MasterOrderReported>(&event.payload)) {
            take(*e);
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderIntended>(&event.payload)) {
            const CopyKey key{positions_.at(e->master_order), e->follower};
            orders_[event.id] = {key, e->terms};
            given_up_.erase(held_[key] == 0 ? key : CopyKey{});
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderReported>(&event.payload)) {
            const auto& [key, terms] = orders_.at(e->order);
            held_[key] += with_sign(terms.side, e->last_qty);
            held_in_[{key, terms.product}] += with_sign(terms.side, e->last_qty);
        }
        if (const auto* e = std::get_if<ledger::FollowerOrderSkipped>(&event.payload)) {
            if (e->reason != ledger::SkipReason::close_failed) return;
            given_up_.insert({positions_.at(e->master_order), e->follower});
        }
    }

    // By the follower's own product.
    [[nodiscard]] const auto& held() const { return held_in_; }

    [[nodiscard]] std::int64_t held_by_master(const PositionKey& key) const {
        const auto found = of_masters_.find(key);
        return found == of_masters_.end() ? 0 : found->second;
    }

    // A person was told to look.
    [[nodiscard]] bool given_up(const CopyKey& key) const { return given_up_.contains(key); }

  private:
    void take(const ledger::MasterOrderReported& report) {
        const auto& identity = identities_.at(report.account);
        const EventId id = ledger::master_order_id(identity.broker, identity.broker_account,
                                                   report.broker_order_id);
        const PositionKey key{report.account, report.instrument.token, report.terms.product};
        positions_.emplace(id, key);
        of_masters_[key] += with_sign(report.terms.side, report.last_qty);
    }

    std::map<AccountNumber, ledger::AccountIdentity> identities_;
    std::map<EventId, PositionKey> positions_;  // by master order
    std::map<EventId, std::pair<CopyKey, ledger::OrderTerms>> orders_;
    std::map<PositionKey, std::int64_t> of_masters_;
    std::map<CopyKey, std::int64_t> held_;
    std::map<std::pair<CopyKey, ledger::Product>, std::int64_t> held_in_;
    std::set<CopyKey> given_up_;
};

}  // namespace

void i10_flat_means_flat(const Evidence& evidence, Findings& findings) {
    Fold fold;
    for (const ledger::Event& event : evidence.log) fold.apply(event);
    for (const auto& [held_key, held] : fold.held()) {
        const CopyKey& key = held_key.first;
        const auto& [position, follower] = key;
        const auto& [master, token, product] = position;
        const auto* link = evidence.view.state().link(master, follower);
        // A link that no longer copies leaves what its policy leaves.
        const bool copies = link != nullptr && link->copies();
        const bool closed = evidence.view.state().account(follower)->closed;
        if (held == 0 || !copies || closed || fold.given_up(key)) continue;
        if (fold.held_by_master(position) != 0) continue;
        findings.push_back(
            fmt::format("I10: account {} holds {} of {} {} and its master {} nothing",
                        follower.value(), held, token, to_text(product), master.value()));
    }
}

}  // namespace simulation
