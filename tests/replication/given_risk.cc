// Limits, consent, funds, the kill switch, exits and marks.
#include "ledger/base/assert.h"
#include "tests/replication/given.h"

namespace ledger::replication::test {

Answer World::defines(const InstrumentRules& rules) {
    return submit(DefineInstrument{instrument_of({}), rules});
}

Answer World::limits(AccountNumber place, const RiskLimits& limits) {
    return submit(SetRiskLimits{place, limits});
}

Answer World::limits_link(AccountNumber master, AccountNumber follower, const RiskLimits& limits) {
    return submit(SetLink{.master = master, .follower = follower, .limits = limits});
}

Answer World::consents(AccountNumber follower, bool accepted) {
    return submit(RecordConsent{{.account = follower,
                                 .accepted = accepted,
                                 .text_version = "2026-1",
                                 .address = "192.0.2.1",
                                 .user_agent = "test"}});
}

Answer World::has_funds(AccountNumber account, std::optional<std::int64_t> equity,
                        std::optional<std::int64_t> capital) {
    ReportFunds funds{.account = account};
    if (equity) funds.equity = Money{*equity};
    if (capital) funds.capital = Money{*capital};
    return submit(funds);
}

Answer World::halts(AccountNumber place) {
    return submit(HaltTrading{place, "a test"});
}

Answer World::resumes(AccountNumber place) {
    return submit(ResumeTrading{place, "a test"});
}

Answer World::keeps_calendar(const Calendar& calendar) {
    return submit(SetCalendar{calendar});
}

Answer World::exits(std::string_view order, ExitScope scope, AccountNumber master) {
    const AccountIdentity& identity = state_.account(master)->identity;
    return submit(RequestExit{
        master, master_order_id(identity.broker, identity.broker_account, order), scope});
}

void World::marks(std::int64_t price, const MasterSays& of) {
    const bool room =
        marks_.set(Mark{.segment = of.segment, .symbol = of.token, .price = Price{price}}, now_ns_);
    LEDGER_ASSERT(room);
}

}  // namespace ledger::replication::test
