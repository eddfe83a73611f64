// What was asked and answered with yes holds at that instant of the log, and no more than that has
// changed.
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/checkers/told_ledger.h"

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>

#include <fmt/format.h>

namespace simulation {

using ledger::AccountNumber;
using ledger::AccountProfile;
using ledger::Event;
using ledger::LinkTerms;

namespace {

// Who there is and who copies whom, as the log says.
class Book {
  public:
    void apply(const Event& event) {
        told_.apply(event);
        if (const auto* e = std::get_if<ledger::AccountOpened>(&event.payload)) {
            profiles_[e->account] = e->profile;
            numbers_[key_of(e->identity)] = e->account;
        }
        if (const auto* e = std::get_if<ledger::AccountChanged>(&event.payload)) {
            profiles_[e->account] = e->profile;
        }
        if (const auto* e = std::get_if<ledger::LinkSet>(&event.payload)) {
            linked_.insert({e->master, e->follower});
        }
        if (const auto* e = std::get_if<ledger::LinkRemoved>(&event.payload)) {
            linked_.erase({e->master, e->follower});
        }
        if (const auto* e = std::get_if<ledger::InstrumentDefined>(&event.payload)) {
            rules_[{e->instrument.segment, e->instrument.token}] = e->rules;
        }
    }

    // What a change of it begins with.
    [[nodiscard]] LinkTerms terms(AccountNumber master, AccountNumber follower) const {
        if (linked_.contains({master, follower})) return *told_.link(master, follower);
        LinkTerms fresh;
        const auto profile = profiles_.find(follower);
        if (profile != profiles_.end()) fresh.ratio = profile->second.scaling_factor;
        return fresh;
    }

    [[nodiscard]] const AccountProfile& profile(AccountNumber account) const {
        return profiles_.at(account);
    }

    [[nodiscard]] bool closed(AccountNumber account) const { return told_.closed(account); }

    // ---- does it hold?

    [[nodiscard]] bool holds(const ledger::OpenAccount& asked) const {
        const AccountNumber number = numbers_.at(key_of(asked.identity));
        return !told_.closed(number) && profiles_.at(number) == asked.profile;
    }

    [[nodiscard]] bool holds(const ledger::ChangeAccount& asked) const {
        return with(asked, profiles_.at(asked.account)) == profiles_.at(asked.account);
    }

    [[nodiscard]] bool holds(const ledger::CloseAccount& asked) const {
        return told_.closed(asked.account);
    }

    [[nodiscard]] bool holds(const ledger::SetLink& asked) const {
        const bool there = linked_.contains({asked.master, asked.follower});
        const LinkTerms known = terms(asked.master, asked.follower);
        return there && with(asked, known) == known;
    }

    [[nodiscard]] bool holds(const ledger::RemoveLink& asked) const {
        return !linked_.contains({asked.master, asked.follower});
    }

    [[nodiscard]] bool holds(const ledger::DefineInstrument& asked) const {
        const auto found = rules_.find({asked.instrument.segment, asked.instrument.token});
        return found != rules_.end() && found->second == asked.rules;
    }

    [[nodiscard]] bool holds(const ledger::SetRiskLimits& asked) const {
        return told_.limits({asked.account, {}}) == asked.limits;
    }

    [[nodiscard]] bool holds(const ledger::RecordConsent& asked) const {
        const auto& consent = asked.consent;
        return consent.accepted ? told_.has_consent(consent.account)
                                : told_.withdrew_consent(consent.account);
    }

    [[nodiscard]] bool holds(const ledger::HaltTrading& asked) const {
        return told_.halted({asked.account, {}});
    }

    [[nodiscard]] bool holds(const ledger::ResumeTrading& asked) const {
        return !told_.halted({asked.account, {}});
    }

    [[nodiscard]] bool holds(const ledger::SetCalendar& asked) const {
        return told_.calendar() == asked.calendar;
    }

    // Other checkers tell.
    template <class Asked>
    [[nodiscard]] bool holds(const Asked&) const {
        return true;
    }

    [[nodiscard]] static AccountProfile with(const ledger::ChangeAccount& asked,
                                             AccountProfile profile) {
        profile.name = asked.name.value_or(profile.name);
        profile.email = asked.email.value_or(profile.email);
        profile.sealed_credentials = asked.sealed_credentials.value_or(profile.sealed_credentials);
        profile.credential_hint = asked.credential_hint.value_or(profile.credential_hint);
        profile.scaling_factor = asked.scaling_factor.value_or(profile.scaling_factor);
        profile.enabled = asked.enabled.value_or(profile.enabled);
        return profile;
    }

    [[nodiscard]] static LinkTerms with(const ledger::SetLink& asked, LinkTerms terms) {
        terms.strategy = asked.strategy.value_or(terms.strategy);
        terms.ratio = asked.ratio.value_or(terms.ratio);
        terms.percentage = asked.percentage.value_or(terms.percentage);
        terms.fixed_quantity = asked.fixed_quantity.value_or(terms.fixed_quantity);
        terms.active = asked.active.value_or(terms.active);
        terms.round_up_to_min_lot = asked.round_up_to_min_lot.value_or(terms.round_up_to_min_lot);
        terms.sides = asked.sides.value_or(terms.sides);
        terms.price_mode = asked.price_mode.value_or(terms.price_mode);
        terms.protection_bps = asked.protection_bps.value_or(terms.protection_bps);
        terms.product_map = asked.product_map.value_or(terms.product_map);
        terms.order_type_map = asked.order_type_map.value_or(terms.order_type_map);
        terms.on_join = asked.on_join.value_or(terms.on_join);
        terms.on_leave = asked.on_leave.value_or(terms.on_leave);
        terms.limits = asked.limits.value_or(terms.limits);
        return terms;
    }

  private:
    using Key = std::tuple<ledger::AccountRole, std::string, std::string>;

    static Key key_of(const ledger::AccountIdentity& identity) {
        return {identity.role, identity.broker, identity.broker_account};
    }

    ToldLedger told_;
    std::map<AccountNumber, AccountProfile> profiles_;
    std::map<Key, AccountNumber> numbers_;
    std::set<ToldPlace> linked_;
    std::map<std::pair<ledger::Segment, std::string>, ledger::InstrumentRules> rules_;
};

// Whether the event is what the request comes to, all that it left open as it was before.
bool is_made_of(const Book& before, const ledger::CommandPayload& asked, const Event& event) {
    if (const auto* e = std::get_if<ledger::LinkSet>(&event.payload)) {
        const auto* set = std::get_if<ledger::SetLink>(&asked);
        if (set == nullptr) return false;
        return e->terms == Book::with(*set, before.terms(e->master, e->follower));
    }
    if (const auto* e = std::get_if<ledger::AccountChanged>(&event.payload)) {
        const auto* change = std::get_if<ledger::ChangeAccount>(&asked);
        if (change == nullptr) return std::holds_alternative<ledger::OpenAccount>(asked);
        return !before.closed(e->account) &&
               e->profile == Book::with(*change, before.profile(e->account));
    }
    if (const auto* e = std::get_if<ledger::AccountClosed>(&event.payload)) {
        return !before.closed(e->account);
    }
    if (const auto* e = std::get_if<ledger::FundsReported>(&event.payload)) {
        const auto* report = std::get_if<ledger::ReportFunds>(&asked);
        if (report == nullptr) return false;
        const ledger::Money capital = report->capital.value_or(e->equity);
        return e->equity == report->equity.value_or(e->equity) && e->capital == capital;
    }
    return true;
}

}  // namespace

void what_was_asked_holds(const Evidence& evidence, Findings& findings) {
    std::multimap<std::uint64_t, const Told*> answers;
    for (const Told& told : evidence.record.told) answers.emplace(told.receipt.sequence, &told);
    Book book;
    const auto say = [&](const Told& told, std::string_view what) {
        findings.push_back(fmt::format("asked: \"{}\" was answered with sequence {}, {}",
                                       evidence.requests[told.request].what, told.receipt.sequence,
                                       what));
    };
    for (const Event& event : evidence.log) {
        const auto [first, last] = answers.equal_range(event.sequence);
        for (auto at = first; at != last; ++at) {
            const Told& told = *at->second;
            const auto& asked = evidence.requests[told.request].command.payload;
            const bool own = told.receipt.event_id == event.id;
            if (own && !is_made_of(book, asked, event)) say(told, "which is of something else");
        }
        book.apply(event);
        for (auto at = first; at != last; ++at) {
            const auto& asked = evidence.requests[at->second->request].command.payload;
            const bool holds = std::visit([&](const auto& a) { return book.holds(a); }, asked);
            if (!holds) say(*at->second, "and does not hold there");
        }
    }
}

}  // namespace simulation
