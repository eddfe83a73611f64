// A broker as the world has it: it outlives the node, keeps its own record of every order it took,
// and misbehaves by its dice. Its lateness is bounded by what `lateness` says; the ledger's windows
// are set to bear that much.
#pragma once

#include "executors/broker_gateway.h"
#include "executors/outbox.h"
#include "tests/simulation/twins/agenda.h"
#include "tests/simulation/twins/dice.h"
#include "tests/simulation/twins/faults.h"
#include "tests/simulation/twins/trace.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace simulation {

namespace lateness {

inline constexpr std::int64_t timeout_ns = 3 * ns_per_second;        // a client waits this long
inline constexpr std::int64_t order_arrives_ns = 7 * ns_per_second;  // at most after it was sent
inline constexpr std::int64_t change_arrives_ns = 1'200 * ns_per_ms;
inline constexpr std::int64_t shown_ns = 8 * ns_per_second;        // in the book, at most
inline constexpr std::int64_t stale_ns = 400 * ns_per_ms;          // a row, at most
inline constexpr std::int64_t filled_late_ns = 6 * ns_per_second;  // after a cancel, at most
inline constexpr std::int64_t window_ms = 20'000;                  // for the ledger's configuration

}  // namespace lateness

inline constexpr std::string_view session_ended = "SESSION_ENDED";

// What a broker is like for the whole of a run.
struct BrokerTraits {
    std::string name;
    std::uint64_t seed = 0;
    bool shows_references = true;
    bool refuses_repeated_reference = false;
    bool fills = true;
    std::int64_t clock_step_ns = 1;  // of the times it tells
};

struct BrokerOrder {
    std::uint64_t account = 0;
    executors::PlaceRequest request;  // as it arrived
    executors::BookRow row;           // as it stands
    executors::BookRow earlier_row;   // as it stood before the latest change
    std::int64_t changed_at_ns = 0;
    std::int64_t visible_at_ns = 0;
    std::int64_t value = 0;  // of all fills
    bool cancel_taken = false;
};

// A request on its way. The answer is there when the client's wait is over, or never.
struct Call {
    std::uint64_t account = 0;
    executors::OrderRequest request;
    executors::Outcome answer = executors::Unknown{"no answer in time"};
    std::int64_t answer_after_ns = lateness::timeout_ns;
    bool cut = false;  // it will not arrive
    bool arrived = false;
};

// Who asks: an account under a session that may have ended meanwhile. 0 is none.
struct Caller {
    std::uint64_t account = 0;
    std::uint64_t session = 0;
};

class SimBroker {
  public:
    SimBroker(BrokerTraits traits, WorldTime& time, BrokerFaults faults, Trace& trace);

    // A new session, where the account shows its own secret; 0 where it does not, or on a bad day.
    [[nodiscard]] std::uint64_t log_in(const executors::BrokerAccount& account);
    [[nodiscard]] std::shared_ptr<const Call> send(Caller caller,
                                                   const executors::OrderRequest& request);
    [[nodiscard]] executors::Book book(Caller caller);

    // Its person sets another secret: the session ends. How often that was so far.
    std::uint32_t change_secret(std::uint64_t account);

    // The client died: what it had on the way may not arrive.
    void cut_calls();

    // From here on it behaves.
    void calm() {
        faults_ = {};
        calm_ = true;
    }

    // From here on every order fills, and soon.
    void fill_all();

    [[nodiscard]] const BrokerTraits& traits() const { return traits_; }

    // The witness: every order ever taken, whatever the client was told.
    [[nodiscard]] const std::deque<BrokerOrder>& orders() const { return orders_; }

    // Nothing with this reference is still on its way.
    [[nodiscard]] bool all_arrived(const ledger::ClOrdId& reference) const;

    [[nodiscard]] std::int64_t answer_delay_ns() { return dice_.between(1, 80) * ns_per_ms; }

  private:
    [[nodiscard]] bool has_session(Caller caller);
    void arrive(const std::shared_ptr<Call>& call, bool answered);
    executors::Outcome take(std::uint64_t account, const executors::PlaceRequest& request);
    executors::Outcome take(std::uint64_t account, const executors::ModifyRequest& request);
    executors::Outcome take(std::uint64_t account, const executors::CancelRequest& request);
    BrokerOrder* find_working(std::uint64_t account, std::string_view broker_order_id);
    [[nodiscard]] bool used(std::string_view reference) const;
    [[nodiscard]] std::string shown_reference(const ledger::ClOrdId& reference);
    void live(BrokerOrder& order);
    void plan_fills(BrokerOrder& order);
    void fill_soon(BrokerOrder& order);
    void fill(BrokerOrder& order, std::int64_t quantity);
    void change(BrokerOrder& order, const executors::BookRow& to, std::string_view what);
    [[nodiscard]] std::int64_t clock_ns() const;

    BrokerTraits traits_;
    WorldTime& time_;
    Dice dice_;
    BrokerFaults faults_;
    Trace& trace_;
    bool calm_ = false;
    bool fills_all_ = false;
    std::map<std::uint64_t, std::uint64_t> sessions_;  // by account
    std::map<std::uint64_t, std::uint32_t> secret_changes_;
    std::deque<BrokerOrder> orders_;  // never moved: the agenda points at them
    std::vector<std::shared_ptr<Call>> under_way_;
};

}  // namespace simulation
