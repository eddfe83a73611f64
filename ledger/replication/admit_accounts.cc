// Accounts, links and instruments.
#include "ledger/replication/admit_internal.h"

#include <string>

namespace ledger::replication {

namespace {

EventId account_change_id(const Account& account) {
    return NaturalKey{"account-change"}
        .add(std::uint64_t{account.number.value()})
        .add(std::uint64_t{account.revision})
        .id();
}

EventId link_change_id(AccountNumber master, AccountNumber follower, std::uint32_t revision) {
    return NaturalKey{"link"}
        .add(std::uint64_t{master.value()})
        .add(std::uint64_t{follower.value()})
        .add(std::uint64_t{revision})
        .id();
}

AccountProfile changed(const AccountProfile& profile, const ChangeAccount& change) {
    AccountProfile out = profile;
    if (change.name) out.name = *change.name;
    if (change.email) out.email = *change.email;
    if (change.sealed_credentials) out.sealed_credentials = *change.sealed_credentials;
    if (change.credential_hint) out.credential_hint = *change.credential_hint;
    if (change.scaling_factor) out.scaling_factor = *change.scaling_factor;
    if (change.enabled) out.enabled = *change.enabled;
    return out;
}

// The account that a link names, provided that it has that role.
Result<const Account*> account_with_role(const State& state, AccountNumber number, AccountRole role,
                                         std::string field) {
    const Account* account = state.account(number);
    if (account == nullptr) return no_account(std::move(field), number);
    if (account->identity.role != role) {
        return invalid_field(std::move(field), "account " + std::to_string(number.value()) +
                                                   " is not a " + std::string{to_text(role)});
    }
    return account;
}

template <class Value>
void take(const std::optional<Value>& wanted, Value& value) {
    if (wanted) value = *wanted;
}

LinkTerms changed(LinkTerms terms, const SetLink& set) {
    take(set.strategy, terms.strategy);
    take(set.ratio, terms.ratio);
    take(set.percentage, terms.percentage);
    take(set.fixed_quantity, terms.fixed_quantity);
    take(set.active, terms.active);
    take(set.round_up_to_min_lot, terms.round_up_to_min_lot);
    take(set.sides, terms.sides);
    take(set.price_mode, terms.price_mode);
    take(set.protection_bps, terms.protection_bps);
    take(set.product_map, terms.product_map);
    take(set.order_type_map, terms.order_type_map);
    take(set.on_join, terms.on_join);
    take(set.on_leave, terms.on_leave);
    take(set.limits, terms.limits);
    return terms;
}

// What was sealed with a key that is destroyed by now would never be read.
Result<void> check_key_in_use(const Account* account, std::optional<std::uint32_t> sealed_for) {
    const std::uint32_t erasures = account == nullptr ? 0 : account->erasures;
    if (sealed_for.value_or(erasures) == erasures) return boost::outcome_v2::success();
    return Error{Errc::conflict, "the person was erased meanwhile: ask again", "broker_account"};
}

template <class Rule>
bool has_twice(const std::vector<Rule>& rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        for (std::size_t j = i + 1; j < rules.size(); ++j) {
            if (rules[i].from == rules[j].from) return true;
        }
    }
    return false;
}

Result<void> validate(const LinkTerms& terms) {
    constexpr std::uint32_t protection_bps_max = 5'000;
    const bool by_percentage = terms.strategy == CopyStrategy::percentage;
    if (by_percentage && terms.percentage.numerator <= 0) {
        return invalid_field("percentage", "is required by this strategy, above zero");
    }
    const bool by_quantity = terms.strategy == CopyStrategy::fixed_quantity;
    if ((by_quantity && terms.fixed_quantity.value() == 0) || terms.fixed_quantity.value() < 0 ||
        terms.fixed_quantity.value() > quantity_max) {
        return invalid_field("fixed_quantity", "must be positive, and no more than an order holds");
    }
    if (terms.protection_bps > protection_bps_max) {
        return invalid_field("protection_bps", "must be at most 5000 (50 percent)");
    }
    if (has_twice(terms.product_map)) return invalid_field("product_map", "names a product twice");
    if (has_twice(terms.order_type_map)) {
        return invalid_field("order_type_map", "names an order type twice");
    }
    for (const OrderTypeRule& rule : terms.order_type_map) {
        if (has_trigger(rule.from) == has_trigger(rule.to)) continue;
        return invalid_field("order_type_map", "cannot make or lose a trigger price");
    }
    return ledger::validate(terms.limits);
}

}  // namespace

Error no_account(std::string field, AccountNumber number) {
    return Error{Errc::not_found, "there is no account " + std::to_string(number.value()),
                 std::move(field)};
}

Admitted admit_command(const State& state, const OpenAccount& command) {
    const AccountIdentity& identity = command.identity;
    const Account* known = state.accounts.find(
        BrokerAccountKey{identity.role, identity.broker, identity.broker_account});
    BOOST_OUTCOME_TRY(check_key_in_use(known, command.erasures));
    if (known == nullptr) {
        for (const Account& other : state.accounts) {
            if (other.identity.role != identity.role) continue;
            if (other.identity.username != identity.username) continue;
            return Error{Errc::conflict,
                         "account " + std::to_string(other.number.value()) + " has this name",
                         "username"};
        }
        const AccountNumber next{state.accounts.size() + 1};
        return root(account_id(identity), AccountOpened{next, identity, command.profile});
    }
    if (known->closed) {
        // Opened again: the same account with its history, not another one.
        return root(account_change_id(*known), AccountChanged{known->number, command.profile});
    }
    if (known->identity == identity && known->profile == command.profile) return std::nullopt;
    return Error{Errc::conflict,
                 "account " + std::to_string(known->number.value()) + " is " +
                     identity.broker_account + " at " + identity.broker +
                     " already, with other particulars",
                 "broker_account"};
}

Admitted admit_command(const State& state, const ChangeAccount& command) {
    const Account* account = state.account(command.account);
    if (account == nullptr) return no_account("id", command.account);
    BOOST_OUTCOME_TRY(check_key_in_use(account, command.erasures));
    if (account->closed) {
        return Error{Errc::not_allowed, "the account is closed", "id"};
    }
    AccountProfile profile = changed(account->profile, command);
    if (profile == account->profile) return std::nullopt;
    return root(account_change_id(*account), AccountChanged{account->number, std::move(profile)});
}

Admitted admit_command(const State& state, const CloseAccount& command) {
    const Account* account = state.account(command.account);
    if (account == nullptr) return no_account("id", command.account);
    if (account->closed) return std::nullopt;
    return root(account_change_id(*account), AccountClosed{account->number});
}

Admitted admit_command(const State& state, const SetLink& command) {
    BOOST_OUTCOME_TRY(account_with_role(state, command.master, AccountRole::master, "master_id"));
    BOOST_OUTCOME_TRY(
        const Account* follower,
        account_with_role(state, command.follower, AccountRole::follower, "follower_id"));
    const Link* link = state.link(command.master, command.follower);
    const bool known = link != nullptr && !link->removed;
    LinkTerms fresh;
    fresh.ratio = follower->profile.scaling_factor;
    LinkTerms terms = changed(known ? link->terms : fresh, command);
    BOOST_OUTCOME_TRY(validate(terms));
    if (known && terms == link->terms) return std::nullopt;
    const std::uint32_t revision = link == nullptr ? 0 : link->revision + 1;
    return root(link_change_id(command.master, command.follower, revision),
                LinkSet{command.master, command.follower, std::move(terms)});
}

Admitted admit_command(const State& state, const RemoveLink& command) {
    const Link* link = state.link(command.master, command.follower);
    if (link == nullptr) {
        return Error{Errc::not_found, "this follower is not linked to this master", "follower_id"};
    }
    if (link->removed) return std::nullopt;
    return root(link_change_id(command.master, command.follower, link->revision + 1),
                LinkRemoved{command.master, command.follower});
}

Admitted admit_command(const State& state, const DefineInstrument& command) {
    const Instrument& instrument = command.instrument;
    if (command.rules.lot_size.value() <= 0) {
        return invalid_field("lot_size", "must be positive");
    }
    if (command.rules.freeze_quantity.value() < 0) {
        return invalid_field("freeze_quantity", "must not be negative");
    }
    const KnownInstrument* known =
        state.instruments.find(InstrumentKey{instrument.segment, instrument.token});
    // A file of an earlier day says nothing of a later one.
    if (known != nullptr && known->defined && command.rules.valid_on < known->rules.valid_on) {
        return std::nullopt;
    }
    if (known != nullptr && known->defined && known->rules == command.rules &&
        known->instrument == instrument) {
        return std::nullopt;
    }
    const EventId id = NaturalKey{"instrument"}
                           .add(to_text(instrument.segment))
                           .add(instrument.token)
                           .add(std::uint64_t{known == nullptr ? 0 : known->revision + 1})
                           .id();
    return root(id, InstrumentDefined{instrument, command.rules});
}

}  // namespace ledger::replication
