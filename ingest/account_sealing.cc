#include "ingest/account_sealing.h"

#include "ingest/ask_state.h"
#include "ingest/credentials.h"
#include "ledger/replication/state.h"

#include <optional>
#include <string>
#include <utility>

namespace ingest {

namespace {

using boost::outcome_v2::success;
using ledger::Result;
using ledger::vault::Credentials;
using ledger::vault::SubjectKeys;

std::string context_of(const Recorded& known) {
    return credential_context(known.identity.broker, known.identity.broker_account);
}

// Seals the text where it is another than the recorded one.
Result<void> seal_new(const ApiContext& context, const Recorded& known, const std::string& recorded,
                      std::string& text) {
    if (text == recorded) return success();
    BOOST_OUTCOME_TRY(text, context.subjects.seal(known.subject, text));
    return success();
}

// Seals the text that is asked for, or the recorded one where that is not sealed.
Result<void> seal_change(const ApiContext& context, const Recorded& known,
                         const std::string& recorded, std::optional<std::string>& text) {
    const bool plain = !recorded.starts_with(ledger::vault::sealed_beginning);
    if (!text && plain && !recorded.empty()) text = recorded;
    if (!text) return success();
    BOOST_OUTCOME_TRY(*text, context.subjects.seal(known.subject, *text));
    return success();
}

// The recorded credentials where they are sealed with the directory's key.
MaybeCredentials former_credentials(const ApiContext& context, const Recorded& known) {
    const std::string& recorded = known.profile.sealed_credentials;
    if (recorded.empty() || SubjectKeys::sealed(recorded)) return {};
    auto opened = context.vault.open(recorded, context_of(known));
    // What that key does not open is no secret to anybody.
    return opened ? MaybeCredentials{std::move(opened).value()} : MaybeCredentials{};
}

}  // namespace

asio::awaitable<Result<Recorded>> find_recorded(ApiContext& context,
                                                ledger::AccountIdentity identity) {
    auto question = [identity = std::move(identity)](
                        const ledger::replication::State& state) -> Result<Recorded> {
        Recorded known;
        known.identity = identity;
        known.subject.account = ledger::account_id(identity);
        const auto* account = state.accounts.find(ledger::replication::BrokerAccountKey{
            identity.role, identity.broker, identity.broker_account});
        if (account == nullptr) return known;
        known.subject.erasures = account->erasures;
        if (!account->closed) known.profile = account->profile;
        return known;
    };
    co_return co_await ask_state<Recorded>(context.queries, std::move(question));
}

asio::awaitable<Result<Recorded>> find_recorded(ApiContext& context, const AccountRow& account) {
    ledger::AccountIdentity identity;
    identity.role = account.role;
    identity.broker = account.broker;
    identity.broker_account = account.broker_account;
    co_return co_await find_recorded(context, std::move(identity));
}

Result<ledger::OpenAccount> sealed(const ApiContext& context, const Recorded& known,
                                   NewAccount asked) {
    ledger::AccountProfile& profile = asked.open.profile;
    const ledger::AccountProfile& recorded = known.profile;
    if (asked.credentials) {
        profile.credential_hint = hint_of(*asked.credentials);
        profile.sealed_credentials = context.vault.seal(*asked.credentials, context_of(known));
        if (profile.sealed_credentials != recorded.sealed_credentials) {
            BOOST_OUTCOME_TRY(
                profile.sealed_credentials,
                context.subjects.seal(known.subject, *asked.credentials, context_of(known)));
        }
    }
    BOOST_OUTCOME_TRYV(seal_new(context, known, recorded.name, profile.name));
    BOOST_OUTCOME_TRYV(seal_new(context, known, recorded.email, profile.email));
    BOOST_OUTCOME_TRYV(seal_new(context, known, recorded.credential_hint, profile.credential_hint));
    asked.open.erasures = known.subject.erasures;
    return std::move(asked.open);
}

Result<ledger::ChangeAccount> sealed(const ApiContext& context, const Recorded& known,
                                     AccountChange asked) {
    ledger::ChangeAccount& change = asked.change;
    const ledger::AccountProfile& recorded = known.profile;
    if (asked.credentials) change.credential_hint = hint_of(*asked.credentials);
    if (!asked.credentials) asked.credentials = former_credentials(context, known);
    if (asked.credentials) {
        BOOST_OUTCOME_TRY(
            change.sealed_credentials,
            context.subjects.seal(known.subject, *asked.credentials, context_of(known)));
    }
    BOOST_OUTCOME_TRYV(seal_change(context, known, recorded.name, change.name));
    BOOST_OUTCOME_TRYV(seal_change(context, known, recorded.email, change.email));
    BOOST_OUTCOME_TRYV(
        seal_change(context, known, recorded.credential_hint, change.credential_hint));
    change.erasures = known.subject.erasures;
    return std::move(change);
}

}  // namespace ingest
