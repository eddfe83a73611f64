// Consent, the kill switch, and the erasure of a person.
#include "ingest/ask_state.h"
#include "ingest/body_fields.h"
#include "ingest/ledger_lookup.h"
#include "ingest/resources.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ingest {

namespace {

using ledger::AccountNumber;
using ledger::AccountRole;
using ledger::Receipt;
using ledger::Result;
using ledger::replication::State;

constexpr std::size_t halt_why_bytes_max = 256;
constexpr std::size_t user_agent_bytes_max = 256;

asio::awaitable<Result<AccountNumber>> number_of(ApiContext& context, AccountName name) {
    auto question = [name = std::move(name)](const State& state) -> Result<AccountNumber> {
        BOOST_OUTCOME_TRY(const auto* account, find_account(state, name));
        return account->number;
    };
    co_return co_await ask_state<AccountNumber>(context.queries, std::move(question));
}

void write_receipt(ledger::text::JsonWriter& json, const Receipt& receipt) {
    json.key("event_id");
    receipt.event_id.is_zero() ? json.null() : json.string(ledger::to_text(receipt.event_id));
    json.member_number("sequence", static_cast<std::int64_t>(receipt.sequence));
    json.member("recorded_at", ledger::text::format_rfc3339(receipt.recorded_at_ns));
    json.member_boolean("duplicate", receipt.duplicate);
}

// ---- consent

// What the client calls itself, as far as it can be shown to a person.
std::string user_agent_of(const http::Request& request) {
    const auto sent = request.headers.find("user-agent");
    if (!sent) return {};
    const std::string_view kept = sent->substr(0, user_agent_bytes_max);
    return is_printable(kept) ? std::string{kept} : std::string{};
}

Result<ledger::ConsentRecorded> read_consent(const Call& call) {
    const BodyFields fields{call.body};
    ledger::ConsentRecorded consent;
    BOOST_OUTCOME_TRY(consent.accepted, required("accepted", fields.boolean("accepted")));
    BOOST_OUTCOME_TRY(consent.text_version, required("text_version", fields.code("text_version")));
    consent.address = call.request.peer_address;
    consent.user_agent = user_agent_of(call.request);
    return consent;
}

std::string consent_text(const ledger::ConsentRecorded& consent, const Receipt& receipt) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member_integer("followerId", consent.account.value());
    json.member_boolean("accepted", consent.accepted);
    json.member("text_version", consent.text_version);
    write_receipt(json, receipt);
    json.end_object();
    return body;
}

Answered record_consent(ApiContext& context, Call& call) {
    const BodyFields fields{call.body};
    BOOST_OUTCOME_CO_TRY(auto id, required("followerId", fields.code("followerId")));
    BOOST_OUTCOME_CO_TRY(auto consent, read_consent(call));
    auto name = AccountName{AccountRole::follower, std::move(id), "followerId"};
    BOOST_OUTCOME_CO_TRY(consent.account, co_await number_of(context, std::move(name)));
    auto command = command_of(call, ledger::RecordConsent{consent});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    co_return http::json_response(200, consent_text(consent, receipt));
}

// ---- the kill switch

struct Switch {
    std::optional<AccountName> account;  // nothing: the whole ledger
    std::string why;
};

Result<Switch> read_switch(const ledger::text::JsonValue& body) {
    struct Name {
        std::string_view field;
        std::optional<AccountRole> role;
    };

    static constexpr std::array<Name, 3> names{{{"account", std::nullopt},
                                                {"masterId", AccountRole::master},
                                                {"followerId", AccountRole::follower}}};
    // A misspelt account must not become the whole ledger.
    static constexpr std::array<std::string_view, 4> known{"account", "masterId", "followerId",
                                                           "why"};
    BOOST_OUTCOME_TRY(refuse_unknown(body, known));
    const BodyFields fields{body};
    Switch wanted;
    BOOST_OUTCOME_TRY(const std::string_view used,
                      fields.one_of({"account", "masterId", "followerId"}));
    for (const Name& name : names) {
        if (name.field != used || body.find(used) == nullptr) continue;
        // Nor must one that is null.
        BOOST_OUTCOME_TRY(auto id, required(used, fields.code(used)));
        wanted.account = AccountName{name.role, std::move(id), std::string{used}};
    }
    BOOST_OUTCOME_TRY(wanted.why, required("why", fields.text("why", halt_why_bytes_max)));
    return wanted;
}

std::string switch_text(bool halted, AccountNumber account, const Receipt& receipt) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.key("account_id");
    account.value() == 0 ? json.null() : json.string(std::to_string(account.value()));
    json.member_boolean("halted", halted);
    write_receipt(json, receipt);
    json.end_object();
    return body;
}

template <class Order>
Answered throw_switch(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto wanted, read_switch(call.body));
    AccountNumber account;
    if (wanted.account) {
        BOOST_OUTCOME_CO_TRY(account, co_await number_of(context, std::move(*wanted.account)));
    }
    auto command = command_of(call, Order{account, std::move(wanted.why)});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    constexpr bool halted = std::is_same_v<Order, ledger::HaltTrading>;
    co_return http::json_response(200, switch_text(halted, account, receipt));
}

// ---- erasure

struct Erasure {
    AccountName account;
    std::string why;
};

Result<Erasure> read_erasure(const ledger::text::JsonValue& body) {
    static constexpr std::array<std::string_view, 2> known{"account", "why"};
    BOOST_OUTCOME_TRY(refuse_unknown(body, known));
    const BodyFields fields{body};
    BOOST_OUTCOME_TRY(auto account, required("account", fields.code("account")));
    BOOST_OUTCOME_TRY(auto why, required("why", fields.text("why", halt_why_bytes_max)));
    return Erasure{{std::nullopt, std::move(account), "account"}, std::move(why)};
}

// After the erasure is durable. A repetition does what an earlier request did not come to.
asio::awaitable<Result<void>> destroy_keys(ApiContext& context, AccountNumber number) {
    using ledger::vault::Subject;
    auto question = [number](const State& state) -> Result<Subject> {
        const auto* account = state.account(number);
        if (account == nullptr) return Subject{};
        return Subject{ledger::account_id(account->identity), account->erasures};
    };
    BOOST_OUTCOME_CO_TRY(const Subject present,
                         co_await ask_state<Subject>(context.queries, std::move(question)));
    co_return context.subjects.destroy_former(present);
}

std::string erasure_text(AccountNumber account, const Receipt& receipt) {
    std::string body;
    ledger::text::JsonWriter json{body};
    json.begin_object();
    json.member_integer("account_id", account.value());
    json.member_boolean("erased", true);
    write_receipt(json, receipt);
    json.end_object();
    return body;
}

Answered erase_subject(ApiContext& context, Call& call) {
    BOOST_OUTCOME_CO_TRY(auto wanted, read_erasure(call.body));
    BOOST_OUTCOME_CO_TRY(const AccountNumber account,
                         co_await number_of(context, std::move(wanted.account)));
    auto command = command_of(call, ledger::EraseSubject{account, std::move(wanted.why)});
    BOOST_OUTCOME_CO_TRY(const Receipt receipt, co_await commit(context, std::move(command)));
    BOOST_OUTCOME_CO_TRY(co_await destroy_keys(context, account));
    co_return http::json_response(200, erasure_text(account, receipt));
}

}  // namespace

void add_control_routes(Routes& routes) {
    routes.add("POST", "/api/followers/consent", Access::administer, record_consent);
    routes.add("POST", "/api/halt", Access::administer, throw_switch<ledger::HaltTrading>);
    routes.add("POST", "/api/resume", Access::administer, throw_switch<ledger::ResumeTrading>);
    routes.add("POST", "/api/subjects/erase", Access::administer, erase_subject);
}

}  // namespace ingest
