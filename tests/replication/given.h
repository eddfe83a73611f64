// A small language for the core's tests: a World is told things in the words of its callers and
// does with each exactly what the sequencer does, minus the disk and the threads.
#pragma once

#include "ledger/model/command.h"
#include "ledger/replication/admit.h"
#include "ledger/replication/marks.h"
#include "ledger/replication/policy.h"
#include "ledger/replication/state.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ledger::replication::test {

inline constexpr std::int64_t second_ns = 1'000'000'000;
inline constexpr std::string_view the_order = "M-1";

// What became of a command.
struct Answer {
    std::optional<Errc> refused;
    bool duplicate = false;     // nothing new was recorded
    std::vector<Event> events;  // the cause and what follows from it, as recorded

    [[nodiscard]] bool recorded() const { return !events.empty(); }
};

// One report of a master's broker.
struct MasterSays {
    std::string order{the_order};
    Side side = Side::buy;
    std::int64_t quantity = 100;
    std::int64_t price = 0;     // 0: a market order, else a limit order
    std::int64_t trigger = 0;   // makes a stop of it
    std::uint64_t version = 0;  // 0: the source sends none
    std::int64_t filled = 0;
    std::int64_t average = 0;
    std::string token = "2885";
    Segment segment = Segment::nse_cash;
    Product product = Product::intraday;
    std::string channel = "webhook/blaze";
    AccountNumber master{1};
};

// One row of a follower's order book.
struct BookSays {
    OrdStatus status = OrdStatus::new_;
    std::int64_t filled = 0;
    std::int64_t average = 0;
    std::int64_t at = 0;        // the broker's clock, 0: it says none
    std::int64_t quantity = 0;  // 0: as the order has it
    std::string id = "B-1";
};

struct LinkSays {
    std::string_view ratio = "1";
    bool active = true;
    bool round_up = false;
};

// What an attempt is for: the placing of an order (both are its id) or a change of it.
struct Aim {
    EventId order;
    EventId intent;

    friend auto operator<=>(const Aim&, const Aim&) = default;
};

[[nodiscard]] Ratio ratio_of(std::string_view text);
[[nodiscard]] Instrument instrument_of(const MasterSays& says);
[[nodiscard]] MasterOrderReported report_of(AccountNumber master, MasterEventType type,
                                            const MasterSays& says);

class World {
  public:
    explicit World(Policy policy = {}) : policy_(std::move(policy)) {}

    // ---- the clock, the log, the state

    void passes(std::int64_t ns) { now_ns_ += ns; }

    // Not before now.
    void comes_to(std::int64_t ns);

    [[nodiscard]] std::int64_t now_ns() const { return now_ns_; }

    [[nodiscard]] const Policy& policy() const { return policy_; }

    [[nodiscard]] const Marks& last_prices() const { return marks_; }

    [[nodiscard]] const State& state() const { return state_; }

    [[nodiscard]] const std::vector<Event>& log() const { return log_; }

    // Events whose id was in the log already: a defect of whoever made the id.
    [[nodiscard]] std::size_t repeated_ids() const { return repeated_ids_; }

    Answer submit(const Command& command);
    Answer submit(CommandPayload payload);

    // ---- accounts and links

    // These two must succeed.
    AccountNumber opens_master(std::string code = "MASTER");
    AccountNumber opens_follower(std::string code, std::string_view ratio = "1");
    Answer links(AccountNumber master, AccountNumber follower, const LinkSays& says = {});
    Answer enables(AccountNumber account, bool enabled);
    Answer defines(const Instrument& instrument, std::int64_t lot);
    Answer defines(const InstrumentRules& rules);  // of what MasterSays speaks of by default

    // ---- what bounds orders, and ends them

    Answer limits(AccountNumber place, const RiskLimits& limits);  // 0: the whole ledger
    Answer limits_link(AccountNumber master, AccountNumber follower, const RiskLimits& limits);
    Answer consents(AccountNumber follower, bool accepted);
    Answer has_funds(AccountNumber account, std::optional<std::int64_t> equity,
                     std::optional<std::int64_t> capital = {});
    Answer halts(AccountNumber place);
    Answer resumes(AccountNumber place);
    Answer keeps_calendar(const Calendar& calendar);
    Answer exits(std::string_view order = the_order, ExitScope scope = ExitScope::order,
                 AccountNumber master = AccountNumber{1});
    void marks(std::int64_t price, const MasterSays& of = {});

    // ---- what a master's broker says; of the first account, unless it is said otherwise

    Answer reports(MasterEventType type, const MasterSays& says);
    Answer reports_new(const MasterSays& says = {});
    Answer reports_modify(const MasterSays& says);
    Answer reports_cancel(const MasterSays& says = {});
    Answer reports_fill(const MasterSays& says);

    // ---- what executors ask and tell

    Answer starts(const Aim& aim);
    Answer accepted(const Aim& aim, std::string broker_order_id = "B-1");
    Answer rejected(const Aim& aim, bool retryable = false);
    Answer unknown(const Aim& aim);
    Answer not_placed(const Aim& aim);
    Answer parked(const Aim& aim);
    Answer resolved(const Aim& aim, std::string broker_order_id);
    Answer book_says(const Aim& aim, const BookSays& says);
    // Starts and is accepted.
    void is_done(const Aim& aim, std::string broker_order_id = "B-1");

    // ---- looking at follower orders

    [[nodiscard]] const FollowerOrder* copy(AccountNumber follower,
                                            std::string_view master_order = the_order) const;
    // All of them, of every purpose, in the order of their making.
    [[nodiscard]] std::vector<Aim> orders(AccountNumber follower) const;
    // What is copied of the master's position in this instrument and product; with a sign.
    [[nodiscard]] const CopiedPosition* position(AccountNumber follower,
                                                 const MasterSays& of = {}) const;
    [[nodiscard]] std::int64_t held(AccountNumber follower, const MasterSays& of = {}) const;
    // These require that there is such an order, such a change.
    [[nodiscard]] Aim placing(AccountNumber follower,
                              std::string_view master_order = the_order) const;
    [[nodiscard]] Aim first_change(const Aim& aim) const;
    [[nodiscard]] Aim last_change(const Aim& aim) const;
    [[nodiscard]] const FollowerOrder& row(const Aim& aim) const;
    // The latest attempt.
    [[nodiscard]] AttemptRef ref(const Aim& aim) const;

  private:
    std::optional<Answer> repetition(const Command& command);
    Answer record(Admission admission, const Command& command);
    void append(Event event);
    [[nodiscard]] const Event* find_event(const EventId& id) const;

    Policy policy_;
    Marks marks_;
    State state_;
    std::vector<Event> log_;
    std::map<EventId, std::size_t> ids_;  // into log_
    std::size_t repeated_ids_ = 0;
    std::int64_t now_ns_ = 1'700'000'000 * second_ns;
};

// ---- saying what an answer holds

using Kinds = std::vector<std::string_view>;
using Reasons = std::vector<SkipReason>;

[[nodiscard]] Kinds kinds(const Answer& answer);
[[nodiscard]] Reasons skips(const Answer& answer);
// What waits is no longer wanted because of.
[[nodiscard]] std::vector<SupersededBecause> superseded(const Answer& answer);
[[nodiscard]] std::vector<AnomalyKind> anomalies(const Answer& answer);

// The only payload of this kind, or nullptr where there is none or more than one.
template <class T>
[[nodiscard]] const T* only(const Answer& answer) {
    const T* found = nullptr;
    for (const Event& event : answer.events) {
        const T* here = std::get_if<T>(&event.payload);
        if (here != nullptr && found != nullptr) return nullptr;
        if (here != nullptr) found = here;
    }
    return found;
}

// A master and one follower that copies it one to one.
struct Pair {
    World world;
    AccountNumber master;
    AccountNumber follower;

    explicit Pair(const LinkSays& says = {}, Policy policy = {});

    // The follower's copy of the_order.
    [[nodiscard]] Aim order() const { return world.placing(follower); }

    [[nodiscard]] Aim order(std::string_view master_order) const {
        return world.placing(follower, master_order);
    }

    [[nodiscard]] const FollowerOrder& row() const { return world.row(order()); }
};

}  // namespace ledger::replication::test
