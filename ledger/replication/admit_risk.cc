// Limits, consent, funds, the kill switch, exits and the calendar.
#include "ledger/replication/admit_internal.h"

namespace ledger::replication {

namespace {

constexpr std::size_t text_size_max = 1'024;

// Account 0 is the whole ledger; nothing for an account that does not exist.
const RiskDesk* desk(const State& state, AccountNumber account) {
    if (account.value() == 0) return &state.risk;
    const Account* row = state.account(account);
    return row == nullptr ? nullptr : &row->risk;
}

// Things of this kind have no natural key of their own: the same may be said again after something
// else was. The position in the log tells them apart.
EventId id_at(const State& state, std::string_view kind, AccountNumber account) {
    return NaturalKey{kind}.add(std::uint64_t{account.value()}).add(state.sequence).id();
}

}  // namespace

Result<void> validate_why(const std::string& why) {
    if (why.empty()) return invalid_field("why", "is required");
    if (why.size() > text_size_max) return invalid_field("why", "is too long");
    return boost::outcome_v2::success();
}

Admitted admit_command(const State& state, const SetRiskLimits& command) {
    const RiskDesk* known = desk(state, command.account);
    if (known == nullptr) return no_account("account", command.account);
    BOOST_OUTCOME_TRY(validate(command.limits));
    if (known->limits == command.limits) return std::nullopt;
    return root(id_at(state, "risk-limits", command.account),
                RiskLimitsSet{command.account, command.limits});
}

Admitted admit_command(const State& state, const RecordConsent& command) {
    const ConsentRecorded& consent = command.consent;
    const Account* account = state.account(consent.account);
    if (account == nullptr) return no_account("followerId", consent.account);
    if (account->identity.role != AccountRole::follower) {
        return invalid_field("followerId", "is not a follower");
    }
    if (consent.text_version.empty()) return invalid_field("text_version", "is required");
    if (consent.text_version.size() > text_size_max) {
        return invalid_field("text_version", "is too long");
    }
    // Each is recorded, also one that says the same again: it is evidence.
    return root(id_at(state, "consent", consent.account), consent);
}

Admitted admit_funds(const State& state, const ReportFunds& command, std::int64_t occurred_at_ns) {
    const Account* account = state.account(command.account);
    if (account == nullptr) return no_account("account", command.account);
    const Funds& known = account->funds;
    if (!command.equity && !command.capital) return std::nullopt;
    FundsReported funds{.account = command.account, .equity = known.equity, .capital = {}};
    if (command.equity) funds.equity = *command.equity;
    // Without a word of the capital, all of the equity may be used.
    funds.capital = command.capital.value_or(funds.equity);
    if (!command.equity && known.at_ns == 0) funds.equity = funds.capital;
    if (funds.capital.value() < 0) return invalid_field("capital", "must not be negative");
    if (occurred_at_ns != 0 && occurred_at_ns < known.at_ns) return std::nullopt;
    return root(id_at(state, "funds", command.account), funds);
}

Admitted admit_command(const State& state, const HaltTrading& command) {
    const RiskDesk* known = desk(state, command.account);
    if (known == nullptr) return no_account("account", command.account);
    BOOST_OUTCOME_TRY(validate_why(command.why));
    if (known->halted) return std::nullopt;
    return root(id_at(state, "halt", command.account), TradingHalted{command.account, command.why});
}

Admitted admit_command(const State& state, const ResumeTrading& command) {
    const RiskDesk* known = desk(state, command.account);
    if (known == nullptr) return no_account("account", command.account);
    BOOST_OUTCOME_TRY(validate_why(command.why));
    if (!known->halted) return std::nullopt;
    return root(id_at(state, "resume", command.account),
                TradingResumed{command.account, command.why});
}

Admitted admit_command(const State& state, const RequestExit& command) {
    const MasterOrder* order = state.master_orders.find(command.master_order);
    if (order == nullptr || order->account != command.master) {
        return Error{Errc::not_found, "there is no such master order", "masterOrderId"};
    }
    // Asked again, it closes what is still open, if anything is.
    return root(NaturalKey{"exit"}
                    .add(command.master_order)
                    .add(static_cast<std::uint64_t>(command.scope))
                    .add(state.sequence)
                    .id(),
                ExitRequested{command.master, command.master_order, command.scope});
}

Admitted admit_command(const State& state, const SetCalendar& command) {
    constexpr std::int32_t minutes_per_day = 24 * 60;
    const Calendar& calendar = command.calendar;
    if (calendar.utc_offset_minutes <= -minutes_per_day ||
        calendar.utc_offset_minutes >= minutes_per_day) {
        return invalid_field("utc_offset", "must be less than a day");
    }
    if (calendar.session_start_minute < 0 || calendar.session_start_minute >= minutes_per_day) {
        return invalid_field("session_start", "must be a time of day");
    }
    if (state.calendar == calendar) return std::nullopt;
    return root(NaturalKey{"calendar"}.add(state.sequence).id(), CalendarSet{calendar});
}

}  // namespace ledger::replication
