// Which books to read for news of working orders, and what a book tells that was not told before.
// Pure: durable events, books and times go in.
#pragma once

#include "executors/book_evidence.h"
#include "executors/due_times.h"
#include "ledger/model/command.h"
#include "ledger/replication/state.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace executors {

struct PollSchedule {
    std::int64_t interval_ns = 1'000'000'000;
    std::int64_t interval_ns_max = 30'000'000'000;  // to which it doubles while books are unread
    std::int64_t prompt_ns = 100'000'000;           // after the broker took something
    // A cancelled order is looked at once more after this long: a trade may have crossed it.
    std::int64_t late_fill_ns = 10'000'000'000;
};

class ReportPoller {
  public:
    explicit ReportPoller(PollSchedule schedule) : schedule_(schedule) {}

    void restore(const ledger::replication::State& state, std::int64_t now_ns);
    // Events must come in the log's order, without a gap.
    void apply(const ledger::Event& event, std::int64_t now_ns);

    // The account whose book is to be read now. on_book() must follow, whatever came of the read.
    [[nodiscard]] std::optional<ledger::AccountNumber> take_due(std::int64_t now_ns) {
        return due_.take(now_ns);
    }

    [[nodiscard]] std::optional<std::int64_t> next_due_ns() const { return due_.next_ns(); }

    // Any read of an account's book, by whomever it was asked for.
    [[nodiscard]] std::vector<ledger::ReportFollowerOrder> on_book(ledger::AccountNumber account,
                                                                   const BookLook& look);

    [[nodiscard]] std::size_t watched() const { return accounts_of_.size(); }

  private:
    struct Watched {
        std::string broker_order_id;
        std::optional<std::int64_t> last_look_ns;  // of an order that ended
        // What was last said of it, and of every other order under its reference.
        std::map<std::string, ledger::FollowerOrderReported, std::less<>> told;
    };

    struct Account {
        std::map<ledger::EventId, Watched> orders;
        std::map<std::string, ledger::EventId, std::less<>> by_broker_order_id;
        std::map<std::string, ledger::EventId, std::less<>> by_reference;
        std::uint32_t unread = 0;  // in a row
    };

    void watch(ledger::AccountNumber number, const ledger::EventId& order,
               const std::string& broker_order_id);
    void unwatch(const ledger::EventId& order);
    void take_report(const ledger::FollowerOrderReported& report, std::int64_t now_ns);
    void prompt(const ledger::EventId& order, std::int64_t now_ns);
    [[nodiscard]] std::vector<ledger::ReportFollowerOrder> read_news(ledger::AccountNumber number,
                                                                     Account& account,
                                                                     const BookRead& book,
                                                                     std::int64_t now_ns) const;
    // Forgets the orders that have had their last look.
    void end_watches(const Account& account, std::int64_t started_ns);
    [[nodiscard]] static const ledger::EventId* order_of(const Account& account,
                                                         const BookRow& row);
    void schedule_next(ledger::AccountNumber number, const Account& account, std::int64_t now_ns);

    PollSchedule schedule_;
    std::map<ledger::AccountNumber, Account> accounts_;  // those with a watched order
    std::map<ledger::EventId, ledger::AccountNumber> accounts_of_;
    DueTimes due_;
};

}  // namespace executors
