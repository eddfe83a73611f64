#include "tests/ledger/random_risk_commands.h"

#include <algorithm>
#include <array>
#include <string>

namespace ledger::test {

namespace {

using replication::State;

// Half of the time the whole ledger.
AccountNumber place(AccountNumber follower, const Step& step) {
    return step[3] % 2 == 0 ? follower : AccountNumber{};
}

CommandPayload limits(const State&, AccountNumber follower, const Step& step) {
    SetRiskLimits command;
    command.account = place(follower, step);
    if (step[3] % 3 == 0) command.limits.max_quantity = Quantity{25 + step[1]};
    if (step[3] % 5 == 0) command.limits.max_open_orders = 1 + step[1] % 8U;
    if (step[3] % 7 == 0) command.limits.max_daily_loss = Money{10'000 + 1'000 * step[1]};
    if (step[3] % 11 == 0) command.limits.max_capital = Money{1'000'000'000};
    command.limits.on_limit = static_cast<OnLimit>(step[1] % 3);
    return command;
}

CommandPayload consent(const State&, AccountNumber follower, const Step& step) {
    return RecordConsent{{.account = follower,
                          .accepted = step[3] % 4 != 0,
                          .text_version = "2026-01",
                          .address = "10.0.0.1",
                          .user_agent = "test"}};
}

CommandPayload funds(const State&, AccountNumber follower, const Step& step) {
    return ReportFunds{.account = step[3] % 2 == 0 ? follower : AccountNumber{1},
                       .equity = Money{100'000'000 + 10'000 * std::int64_t{step[1]}}};
}

CommandPayload halt(const State& state, AccountNumber follower, const Step& step) {
    // A halt that there is ends, wherever it is.
    if (state.risk.halted) return ResumeTrading{{}, "seen"};
    const auto stands = std::ranges::find_if(
        state.accounts, [](const auto& account) { return account.risk.halted; });
    if (stands != state.accounts.end()) {
        return ResumeTrading{stands->number, "seen"};
    }
    return HaltTrading{place(follower, step), "a look is needed"};
}

CommandPayload exit(const State& state, AccountNumber follower, const Step& step) {
    if (state.master_orders.size() == 0) return funds(state, follower, step);
    const auto& order = state.master_orders[step[1] % state.master_orders.size()];
    return RequestExit{order.account, order.id,
                       step[3] % 2 == 0 ? ExitScope::order : ExitScope::position};
}

CommandPayload calendar(const State&, AccountNumber, const Step& step) {
    return SetCalendar{{.utc_offset_minutes = 330, .session_start_minute = step[1] % 2 * 540}};
}

CommandPayload checkpoint(const State& state, AccountNumber, const Step&) {
    return PublishCheckpoint{"of " + std::to_string(state.sequence)};
}

CommandPayload archiving(const State& state, AccountNumber, const Step&) {
    return ArchiveRecords{{1, state.sequence, "root"}};
}

// Of the last account that is closed, if one is.
CommandPayload erasure(const State& state, AccountNumber follower, const Step&) {
    AccountNumber closed;
    for (const replication::Account& account : state.accounts) {
        if (account.closed && !account.erased) closed = account.number;
    }
    if (closed == AccountNumber{}) return CloseAccount{follower};
    return EraseSubject{closed, "asked for"};
}

CommandPayload copying(const State&, AccountNumber follower, const Step& step) {
    SetLink command;
    command.master = AccountNumber{1};
    command.follower = follower;
    command.active = step[1] % 3 != 0;
    command.strategy = static_cast<CopyStrategy>(1 + step[1] % 4);
    command.percentage = Ratio{5, 2};
    command.fixed_quantity = Quantity{50};
    command.on_join = static_cast<JoinPolicy>(1 + step[3] % 2);
    command.on_leave = static_cast<LeavePolicy>(1 + step[3] % 3);
    command.sides = static_cast<CopySides>(1 + step[3] / 3 % 3);
    return command;
}

}  // namespace

CommandPayload risk_command(const State& state, AccountNumber follower, const Step& step) {
    using Speaker = CommandPayload (*)(const State&, AccountNumber, const Step&);
    // Every second halt is what ends the one before.
    constexpr std::array<Speaker, 12> speakers{limits,  consent, funds,     halt,
                                               halt,    exit,    calendar,  checkpoint,
                                               copying, erasure, archiving, halt};
    return speakers[step[2] % speakers.size()](state, follower, step);
}

}  // namespace ledger::test
