// The whole ledger against a model that anyone can read: who there is, who copies whom, what each
// master order's broker said last, and what a master holds. Random commands, many of them repeated
// or contradicting.
#include "ledger/clock.h"
#include "ledger/log/memory_journal.h"
#include "ledger/sequencer.h"
#include "projections/ledger_view.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <rapidcheck/state.h>

namespace ledger_model_test {

namespace {

using ledger::AccountNumber;
using ledger::MasterEventType;
using ledger::Quantity;
using projections::LedgerView;

// ---- the model

enum class Verdict { recorded, repeated, contradicts, refused };

struct ModelOrder {
    // What was said under each (version, type): the quantity.
    std::map<std::pair<std::uint64_t, MasterEventType>, std::int64_t> said;
    std::int64_t filled = 0;
    bool canceled = false;

    [[nodiscard]] std::optional<std::int64_t> quantity() const {
        std::optional<std::int64_t> latest;
        for (const auto& [key, quantity] : said) {
            const bool terms =
                key.second == MasterEventType::new_ || key.second == MasterEventType::modified;
            if (terms) latest = quantity;
        }
        return latest;
    }
};

struct Model {
    std::map<std::string, std::uint32_t> accounts;  // by code; "M..." are masters
    std::map<std::pair<std::string, std::string>, bool> links;
    std::map<std::pair<std::string, std::string>, ModelOrder> orders;  // by master and order
    Verdict verdict = Verdict::recorded;                               // of the latest command
    std::uint32_t followers = 0;  // of the latest report, where it was a new order

    [[nodiscard]] std::uint32_t copying(const std::string& master) const {
        return static_cast<std::uint32_t>(std::ranges::count_if(
            links, [&](const auto& link) { return link.first.first == master && link.second; }));
    }

    [[nodiscard]] std::int64_t held_by(const std::string& master) const {
        std::int64_t sum = 0;
        for (const auto& [key, order] : orders) sum += key.first == master ? order.filled : 0;
        return sum;
    }
};

// ---- the ledger

class StillClock final : public ledger::Clock {
  public:
    [[nodiscard]] std::int64_t now_ns() const override { return 1'700'000'000'000'000'000; }
};

class Ledger {
  public:
    Ledger() {
        sequencer_.observe([this](const ledger::Sequencer::EventBatch& batch) {
            for (const ledger::Event& event : *batch) view_.apply(event);
        });
    }

    ledger::Receipt told;

    Verdict ask(ledger::CommandPayload payload) {
        ledger::Command command;
        command.payload = std::move(payload);
        const std::uint64_t before = view_.sequence();
        std::optional<ledger::Errc> refused;
        const auto answered = [&](const ledger::Result<ledger::Receipt>& answer) {
            if (answer) told = answer.value();
            if (!answer) refused = answer.error().code;
        };
        RC_ASSERT(sequencer_.submit(std::move(command), answered));
        RC_ASSERT(sequencer_.run_once(std::chrono::milliseconds{0}).has_value());
        if (refused == ledger::Errc::conflict) return Verdict::contradicts;
        if (refused) return Verdict::refused;
        return view_.sequence() > before ? Verdict::recorded : Verdict::repeated;
    }

    [[nodiscard]] const LedgerView& view() const { return view_; }

  private:
    ledger::log::MemoryJournal journal_;
    StillClock clock_;
    LedgerView view_;
    ledger::Sequencer sequencer_{journal_, clock_, {}, ledger::replication::Policy{}};
};

// ---- both agree

AccountNumber number_of(const Model& model, const std::string& code) {
    const auto found = model.accounts.find(code);
    return AccountNumber{found == model.accounts.end() ? 99 : found->second};
}

void expect_same(const Model& model, const LedgerView& view) {
    const auto& state = view.state();
    RC_ASSERT(state.accounts.size() == model.accounts.size());
    for (const auto& [code, number] : model.accounts) {
        RC_ASSERT(state.account(AccountNumber{number})->identity.username == code);
    }
    for (const auto& [pair, active] : model.links) {
        const auto* link = state.link(number_of(model, pair.first), number_of(model, pair.second));
        RC_ASSERT(link != nullptr);
        RC_ASSERT(link->copies() == active);
    }
    RC_ASSERT(state.links.size() == model.links.size());
    for (const auto& [key, order] : model.orders) {
        const auto* row =
            state.master_orders.find(ledger::master_order_id("broker", key.first, key.second));
        RC_ASSERT(row != nullptr);
        RC_ASSERT(row->canceled == order.canceled);
        RC_ASSERT(row->cum_qty.value() == order.filled);
        if (const auto quantity = order.quantity()) {
            RC_ASSERT(row->terms.quantity.value() == *quantity);
        }
    }
    for (const auto& [code, number] : model.accounts) {
        std::int64_t held = 0;
        for (const auto& position : view.positions().rows()) {
            if (position.key.account.value() != number) continue;
            held += (position.bought - position.sold).value();
        }
        RC_ASSERT(held == model.held_by(code));
    }
}

// ---- what may be asked

using Command = rc::state::Command<Model, Ledger>;

std::string any_code(char kind) {
    return kind + std::to_string(*rc::gen::inRange(0, 3));
}

struct Opens : Command {
    std::string code = any_code(*rc::gen::element('M', 'F'));

    void apply(Model& model) const override {
        const auto next = static_cast<std::uint32_t>(model.accounts.size() + 1);
        const bool fresh = model.accounts.emplace(code, next).second;
        model.verdict = fresh ? Verdict::recorded : Verdict::repeated;
    }

    void run(const Model& before, Ledger& real) const override {
        Model after = before;
        apply(after);
        const auto role =
            code.front() == 'M' ? ledger::AccountRole::master : ledger::AccountRole::follower;
        RC_ASSERT(real.ask(ledger::OpenAccount{{role, "broker", code, code}, {}}) == after.verdict);
        expect_same(after, real.view());
    }

    void show(std::ostream& out) const override { out << "opens " << code; }
};

struct Links : Command {
    std::string master = any_code('M');
    std::string follower = any_code('F');
    bool active = *rc::gen::arbitrary<bool>();

    void apply(Model& model) const override {
        const bool known = model.accounts.contains(master) && model.accounts.contains(follower);
        model.verdict = Verdict::refused;
        if (!known) return;
        const auto [link, fresh] = model.links.try_emplace({master, follower}, active);
        const bool same = !fresh && link->second == active;
        model.verdict = same ? Verdict::repeated : Verdict::recorded;
        link->second = active;
    }

    void run(const Model& before, Ledger& real) const override {
        Model after = before;
        apply(after);
        ledger::SetLink link;
        link.master = number_of(before, master);
        link.follower = number_of(before, follower);
        link.active = active;
        RC_ASSERT(real.ask(std::move(link)) == after.verdict);
        expect_same(after, real.view());
    }

    void show(std::ostream& out) const override {
        out << "links " << follower << " to " << master << (active ? "" : ", paused");
    }
};

struct Reports : Command {
    std::string master = any_code('M');
    std::string order = any_code('O');
    std::uint64_t version = static_cast<std::uint64_t>(*rc::gen::inRange(1, 4));
    MasterEventType type = *rc::gen::element(MasterEventType::new_, MasterEventType::modified,
                                             MasterEventType::canceled, MasterEventType::fill);
    std::int64_t quantity = *rc::gen::element(100, 200);

    [[nodiscard]] std::int64_t filled() const {
        return type == MasterEventType::fill ? 10 * static_cast<std::int64_t>(version) : 0;
    }

    void checkPreconditions(const Model& model) const override {
        RC_PRE(model.accounts.contains(master));
    }

    void apply(Model& model) const override {
        ModelOrder& known = model.orders[{master, order}];
        const bool was_new = std::ranges::any_of(known.said, [](const auto& said) {
            return said.first.second == MasterEventType::new_;
        });
        const auto [said, fresh] = known.said.try_emplace({version, type}, quantity);
        model.verdict = fresh                      ? Verdict::recorded
                        : said->second == quantity ? Verdict::repeated
                                                   : Verdict::contradicts;
        const bool first_new = fresh && type == MasterEventType::new_ && !was_new;
        model.followers = first_new ? model.copying(master) : 0;
        if (!fresh) return;
        known.filled = std::max(known.filled, filled());
        known.canceled |= type == MasterEventType::canceled;
    }

    void run(const Model& before, Ledger& real) const override {
        Model after = before;
        apply(after);
        ledger::MasterOrderReported report;
        report.account = number_of(before, master);
        report.broker_order_id = order;
        report.type = type;
        report.version = {ledger::SourceVersion::Kind::sequence, version};
        report.instrument = {ledger::Segment::nse_cash, "2885", "RELIANCE"};
        report.terms.quantity = Quantity{quantity};
        report.cum_qty = Quantity{filled()};
        if (filled() > 0) report.avg_px = ledger::Price{10'000};
        RC_ASSERT(real.ask(ledger::ReportMasterOrder{report}) == after.verdict);
        if (after.followers > 0) {
            RC_ASSERT(real.told.followers == after.followers);
        }
        expect_same(after, real.view());
    }

    void show(std::ostream& out) const override {
        out << master << " reports " << order << " v" << version << " " << to_text(type) << " of "
            << quantity;
    }
};

}  // namespace

TEST_CASE("the ledger is what a naive model makes of the same commands", "[simulation]") {
    rc::prop("whatever is asked, in whatever order", [] {
        Ledger real;
        rc::state::check(
            Model{}, real,
            rc::state::gen::execOneOfWithArgs<Opens, Links, Links, Reports, Reports, Reports>());
    });
}

}  // namespace ledger_model_test
