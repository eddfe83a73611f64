// Ends doubts by reading brokers' books. Pure: books and times go in, commands come out. Only a
// book that was positively read counts, and only a read begun after the doubt proves an absence.
#pragma once

#include "executors/book_evidence.h"
#include "executors/broker_gateway.h"
#include "executors/doubt.h"
#include "executors/due_times.h"
#include "ledger/model/command.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace executors {

struct ReconcileSchedule {
    std::int64_t first_read_ns = 100'000'000;
    std::int64_t interval_ns_max = 5'000'000'000;
    // An order counts as absent after this many reads, which span at least half the broker's
    // visibility window, the last of them begun after its end.
    std::uint32_t reads_min = 3;
    // A change counts as not made after this many reads that show the order without it.
    std::uint32_t change_reads_min = 2;
    std::int64_t change_settle_ns = 2'000'000'000;
};

// How a doubt ended: to be recorded in this order.
struct Verdict {
    ledger::AttemptRef ref;
    std::vector<ledger::CommandPayload> commands;
};

class Reconciler {
  public:
    explicit Reconciler(ReconcileSchedule schedule) : schedule_(schedule) {}

    void add(Doubt doubt, std::int64_t now_ns);

    // The doubt ended in another way.
    void drop(const ledger::AttemptRef& ref);

    // The account whose book is to be read now. on_book() must follow, whatever came of the read.
    [[nodiscard]] std::optional<ledger::AccountNumber> take_due(std::int64_t now_ns) {
        return due_.take(now_ns);
    }

    [[nodiscard]] std::optional<std::int64_t> next_due_ns() const { return due_.next_ns(); }

    // Any read of an account's book, by whomever it was asked for, serves all its doubts.
    [[nodiscard]] std::vector<Verdict> on_book(ledger::AccountNumber account, const BookLook& look);

    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    struct Case {
        Doubt doubt;
        std::int64_t since_ns = 0;
        std::uint32_t reads = 0;  // positive, and begun since
        std::int64_t first_read_ns = 0;
    };

    struct Account {
        std::vector<Case> cases;
        std::int64_t interval_ns = 0;
    };

    [[nodiscard]] std::optional<Verdict> judge(Case& open, const BookLook& look) const;
    [[nodiscard]] bool proves_absence(const Case& open, const BookLook& look) const;
    void schedule_next(ledger::AccountNumber number, Account& account, const BookLook& look);

    ReconcileSchedule schedule_;
    std::map<ledger::AccountNumber, Account> accounts_;  // those with a doubt
    DueTimes due_;
    std::size_t size_ = 0;
};

}  // namespace executors
