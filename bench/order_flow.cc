#include "bench/order_flow.h"

#include <fmt/format.h>

namespace bench {

using namespace ledger;

namespace {

constexpr std::uint32_t first_follower_number = 2;
constexpr std::uint64_t first_master_order_id = 1'100'000'042'000'000;

Instrument instrument_of(bool in_lots) {
    if (in_lots) return {Segment::nse_derivatives, "45001", "NIFTY26DECFUT"};
    return {Segment::nse_cash, "2885", "RELIANCE"};
}

Command command_of(std::string actor, CommandPayload payload) {
    Command command;
    command.actor = std::move(actor);
    command.payload = std::move(payload);
    return command;
}

Command open_account(AccountRole role, const std::string& code) {
    OpenAccount open;
    open.identity = {role, std::string{broker_name}, code, code};
    open.profile.name = code;
    return command_of("tok-admin", std::move(open));
}

std::string_view status_of(MasterEventType type) {
    switch (type) {
        case MasterEventType::new_:
        case MasterEventType::modified:
            return "OPEN";
        case MasterEventType::canceled:
            return "CANCELLED";
        case MasterEventType::fill:
            return "COMPLETE";
        case MasterEventType::rejected:
            return "REJECTED";
    }
    return {};
}

}  // namespace

AccountNumber follower_number(std::size_t follower) {
    return AccountNumber{first_follower_number + static_cast<std::uint32_t>(follower)};
}

std::string follower_code(std::size_t follower) {
    return fmt::format("IIFL{:05}", follower);
}

Command open_master() {
    return open_account(AccountRole::master, "MASTER1");
}

Command open_follower(std::size_t follower) {
    return open_account(AccountRole::follower, follower_code(follower));
}

Command link_follower(std::size_t follower, Ratio ratio) {
    SetLink link;
    link.master = master_number;
    link.follower = follower_number(follower);
    link.ratio = ratio;
    return command_of("tok-admin", link);
}

Command define_lots() {
    InstrumentRules rules;
    rules.lot_size = Quantity{25};
    rules.tick_size = Price{500};
    return command_of("instruments", DefineInstrument{instrument_of(true), rules});
}

Command report_of(const MasterSays& says) {
    MasterOrderReported report;
    report.account = master_number;
    report.broker_order_id = std::to_string(first_master_order_id + says.order);
    report.type = says.type;
    report.version = {SourceVersion::Kind::sequence, says.version};
    report.instrument = instrument_of(says.in_lots);
    report.terms.side = says.side;
    report.terms.type = OrderType::limit;
    report.terms.quantity = Quantity{says.quantity};
    report.terms.price = Price{says.price};
    report.cum_qty = Quantity{says.filled};
    report.avg_px = Price{says.filled > 0 ? says.price : 0};
    report.status = status_of(says.type);
    report.channel = "webhook/blaze";
    return command_of("tok-ingest", ReportMasterOrder{std::move(report)});
}

}  // namespace bench
