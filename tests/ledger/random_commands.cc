#include "tests/ledger/random_commands.h"

#include "ledger/replication/order_status.h"
#include "tests/ledger/random_risk_commands.h"

#include <algorithm>
#include <string>
#include <utility>

namespace ledger::test {

namespace {

using replication::Change;
using replication::FollowerOrder;
using replication::MasterOrder;
using replication::State;

constexpr std::int64_t lot = 25;
constexpr std::uint32_t masters = 2;
constexpr std::uint32_t followers = 3;
constexpr std::array<const char*, followers> follower_codes{"FA", "FB", "FC"};
// The latest are spoken of most: the rest of what a broker would say of them follows soon.
constexpr std::size_t spoken_of_max = 6;

AccountNumber master(std::uint32_t which) {
    return AccountNumber{1 + which % masters};
}

AccountNumber follower(std::uint32_t which) {
    return AccountNumber{1 + masters + which % followers};
}

Instrument instrument(std::uint32_t which) {
    return which % 2 == 0 ? Instrument{Segment::nse_derivatives, "35001", "NIFTY"}
                          : Instrument{Segment::nse_cash, "2885", "RELIANCE"};
}

Command as_command(CommandPayload payload) {
    Command command;
    command.actor = "test";
    command.payload = std::move(payload);
    return command;
}

// ---- masters

Price price_of(const Step& step) {
    return Price{1'000'000 + 2'500 * std::int64_t{step[3]}};
}

Quantity quantity_of(const Step& step) {
    constexpr std::array<std::int64_t, 4> quantities{25, 50, 100, 130};
    return Quantity{quantities[step[2] / 4 % quantities.size()]};
}

// The average after one more fill at `price`, as a broker rounds it: down.
Price average_after(Money value, Quantity before, Quantity added, Price price) {
    const Quantity all = before + added;
    if (all.value() == 0) return {};
    const std::int64_t spent = value.value() + added.value() * price.value();
    return Price{mul_div_floor(spent, 1, all.value()).value_or(0)};
}

// The second master's broker numbers what it says, and now and then says something late.
SourceVersion version_of(AccountNumber account, std::uint64_t known, const Step& step) {
    if (account == master(0)) return {};
    const bool late = step[3] % 8 == 1 && known > 1;
    return {SourceVersion::Kind::sequence, late ? known - 1 : known + 1};
}

Command report(MasterOrderReported said, const Step& step) {
    said.status = to_text(said.type);
    said.channel = "webhook";
    Command command = as_command(ReportMasterOrder{std::move(said)});
    command.request_digest =
        (std::uint64_t{step[1]} << 16U) | (std::uint64_t{step[2]} << 8U) | step[3];
    if (step[3] % 8 == 0) {
        command.idempotency_key = NaturalKey{"test.key"}.add(std::uint64_t{step[2]}).id();
    }
    if (step[3] % 2 == 0) command.occurred_at_ns = 1'700'000'000'000'000'000 + step[2];
    return command;
}

Command new_order(const State& state, const Step& step) {
    // Now and then under the id of an order that is there already.
    const std::uint32_t known = state.master_orders.size();
    const std::uint32_t number = step[1] % 8 == 7 && known > 0 ? step[2] % known : known;
    MasterOrderReported said;
    said.account = master(step[1]);
    said.broker_order_id = "M-" + std::to_string(number);
    said.version = version_of(said.account, 0, step);
    said.instrument = instrument(step[2]);
    said.terms.side = step[1] / 8 % 2 == 0 ? Side::buy : Side::sell;
    said.terms.type = step[2] / 2 % 2 == 0 ? OrderType::market : OrderType::limit;
    said.terms.product = step[1] / 16 % 4 == 0 ? Product::carry : Product::intraday;
    said.terms.quantity = quantity_of(step);
    if (said.terms.type == OrderType::limit) said.terms.price = price_of(step);
    return report(std::move(said), step);
}

MasterOrderReported about(const State& state, const MasterOrder& order, const Step& step) {
    MasterOrderReported said;
    said.account = order.account;
    said.broker_order_id = order.broker_order_id;
    said.version = version_of(order.account, order.version_max, step);
    said.instrument = state.instrument_of(order);
    said.terms = order.terms;
    said.cum_qty = order.cum_qty;
    return said;
}

Command change_of(const State& state, const Step& step) {
    if (state.master_orders.size() == 0) return new_order(state, step);
    const MasterOrder& order = state.master_orders[step[1] % state.master_orders.size()];
    MasterOrderReported said = about(state, order, step);
    said.type = step[0] % 2 == 0 ? MasterEventType::canceled : MasterEventType::modified;
    if (said.type == MasterEventType::modified) said.terms.quantity = quantity_of(step);
    return report(std::move(said), step);
}

Command fill_of(const State& state, const Step& step) {
    if (state.master_orders.size() == 0) return new_order(state, step);
    const MasterOrder& order = state.master_orders[step[1] % state.master_orders.size()];
    MasterOrderReported said = about(state, order, step);
    said.type = MasterEventType::fill;
    const std::int64_t open = order.terms.quantity.value() - order.cum_qty.value();
    const Quantity added{open <= 0 ? 0 : 1 + step[2] % open};
    said.cum_qty = order.cum_qty + added;
    said.avg_px = average_after(order.cum_value, order.cum_qty, added, price_of(step));
    return report(std::move(said), step);
}

// ---- operators

SetLink link(AccountNumber from, AccountNumber to) {
    SetLink command;
    command.master = from;
    command.follower = to;
    return command;
}

Command opens_account(AccountRole role, const std::string& code) {
    AccountProfile profile;
    profile.name = "Account " + code;
    profile.sealed_credentials = "sealed-" + code;
    return as_command(OpenAccount{{role, "broker", code, "user-" + code}, profile});
}

Command defines(const Step& step) {
    DefineInstrument command;
    command.instrument = instrument(step[1]);
    command.rules.lot_size = Quantity{step[1] % 2 == 0 ? lot : 1};
    command.rules.freeze_quantity = Quantity{step[3]};
    return as_command(std::move(command));
}

Command operator_command(const State& state, const Step& step) {
    const auto code = std::size_t{step[1]} % follower_codes.size();
    const AccountNumber account = follower(static_cast<std::uint32_t>(code));
    if (step[0] / 16 % 2 == 0) return as_command(risk_command(state, account, step));
    const std::uint32_t what = step[2] % 8;
    if (what == 0) return defines(step);
    if (what == 1) return as_command(CloseAccount{account});
    if (what == 2) return as_command(RemoveLink{master(step[3]), account});
    if (what == 3) return opens_account(AccountRole::follower, follower_codes[code]);
    if (what < 6) {
        SetLink command = link(master(step[3]), account);
        command.active = step[3] % 4 != 0;
        command.ratio = Ratio{1 + step[3] % 3, 2};
        return as_command(command);
    }
    ChangeAccount command;
    command.account = AccountNumber{1 + step[1] % (masters + followers)};
    command.enabled = step[3] % 4 != 0;
    command.sealed_credentials = "sealed-" + std::to_string(step[1]);
    return as_command(std::move(command));
}

// Now and then under a key, and now and then under one that another command bore.
Command operator_says(const State& state, const Step& step) {
    Command command = operator_command(state, step);
    if (step[3] % 4 == 1) {
        const std::uint64_t number = step[3] % 32 == 1 ? step[2] : state.sequence;
        command.idempotency_key = NaturalKey{"operator.key"}.add(number).id();
        command.request_digest = number;
    }
    return command;
}

// ---- executors

std::string broker_order_id_of(const EventId& order) {
    return "B-" + std::string{cl_ord_id_of(order).view().substr(0, 8)};
}

// Any of so many things, and nine times in ten one of the last.
std::size_t latest(std::size_t count, const Step& step) {
    const std::size_t from = step[3] % 10 == 9 ? 0 : count - std::min(count, spoken_of_max);
    return from + step[1] % (count - from);
}

struct Aim {
    StartAttempt start;
    AttemptRef open;  // attempt 0: none is under way
    bool parked = false;
};

std::vector<Aim> aims_of(const State& state) {
    std::vector<Aim> aims;
    for (const FollowerOrder& order : state.follower_orders) {
        if (!replication::is_pending(order)) continue;
        if (order.unsent() || order.attempt_open || order.parked) {
            aims.push_back(
                {{order.id, order.id},
                 {order.id, order.id, order.follower, order.attempt_open ? order.attempts : 0},
                 order.parked});
        }
        for (const Change& change : order.changes) {
            const bool waits = change.stage == Change::Stage::waiting;
            aims.push_back({{order.id, change.intent},
                            {order.id, change.intent, order.follower, waits ? 0 : change.attempts},
                            change.parked});
        }
    }
    return aims;
}

Command executor_says(const State& state, const Step& step) {
    const std::vector<Aim> aims = aims_of(state);
    if (aims.empty()) return new_order(state, step);
    const Aim& aim = aims[latest(aims.size(), step)];
    if (aim.parked) {
        const bool placed = step[2] % 2 == 0;
        return as_command(ResolveIntent{aim.start.intent,
                                        placed ? broker_order_id_of(aim.start.order) : "",
                                        "seen by a person"});
    }
    if (aim.open.attempt == 0) return as_command(aim.start);
    const std::array<CommandPayload, 5> setbacks{
        RecordUnknown{aim.open, "timeout"},
        RecordNotPlaced{aim.open, 3, 120'000},
        RecordRejected{aim.open, "e-throttled", "slow down", true},
        RecordRejected{aim.open, "e-margin", "no margin", false},
        ParkIntent{aim.open, "cannot look up"},
    };
    const std::size_t which = step[2] % (2 * setbacks.size());
    if (which < setbacks.size()) return as_command(setbacks[which]);
    return as_command(
        RecordAccepted{aim.open, broker_order_id_of(aim.start.order), step[2] % 4 == 0});
}

Command book_says(const State& state, const Step& step) {
    if (state.follower_orders.size() == 0) return new_order(state, step);
    const auto row = static_cast<RowIndex>(latest(state.follower_orders.size(), step));
    const FollowerOrder& order = state.follower_orders[row];
    if (order.unsent()) return as_command(StartAttempt{order.id, order.id});
    FollowerOrderReported told;
    told.order = order.id;
    told.broker_order_id = step[2] % 32 == 31 ? "B-other" : broker_order_id_of(order.id);
    told.order_qty = order.terms.quantity;
    told.price = order.terms.price;
    const std::int64_t open = order.terms.quantity.value() - order.cum_qty.value();
    const Quantity added{open <= 0 ? 0 : open * (step[2] % 5) / 4};
    told.cum_qty = order.cum_qty + added;
    told.avg_px = average_after(order.cum_value, order.cum_qty, added, price_of(step));
    told.status = told.cum_qty.value() > 0 ? OrdStatus::partially_filled : OrdStatus::new_;
    if (step[2] % 16 == 15) told.status = OrdStatus::canceled;
    told.updated_at_ns = order.updated_at_ns + step[3];
    return as_command(ReportFollowerOrder{std::move(told)});
}

}  // namespace

rc::Gen<Steps> any_steps(double growth) {
    const auto step = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Step>());
    return rc::gen::scale(growth, rc::gen::container<Steps>(step));
}

std::size_t any_below(std::size_t bound) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, bound));
}

std::vector<Command> opening_commands() {
    std::vector<Command> commands;
    for (const char* code : {"MA", "MB"})
        commands.push_back(opens_account(AccountRole::master, code));
    for (const char* code : follower_codes)
        commands.push_back(opens_account(AccountRole::follower, code));
    // Who came and left, and has no order.
    commands.push_back(opens_account(AccountRole::follower, "LEFT"));
    commands.push_back(as_command(CloseAccount{AccountNumber{masters + followers + 1}}));
    commands.push_back(defines({}));
    for (std::uint32_t from = 0; from < masters; ++from) {
        for (std::uint32_t to = 0; to < followers; ++to) {
            SetLink command = link(master(from), follower(to));
            command.ratio = Ratio{1 + std::int64_t{to}, 2};
            commands.push_back(as_command(command));
        }
    }
    return commands;
}

Command next_command(const State& state, const Step& step) {
    using Speaker = Command (*)(const State&, const Step&);
    constexpr std::array<Speaker, 16> speakers{
        new_order,     new_order,     change_of,     change_of,     fill_of,       fill_of,
        operator_says, executor_says, executor_says, executor_says, executor_says, executor_says,
        book_says,     book_says,     book_says,     book_says};
    return speakers[step[0] % speakers.size()](state, step);
}

std::int64_t pause_ns(const Step& step) {
    constexpr std::int64_t second_ns = 1'000'000'000;
    return step[3] % 32 == 0 ? 40 * second_ns : second_ns / 100;
}

}  // namespace ledger::test
