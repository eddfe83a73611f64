#include "tests/simulation/twins/faults.h"

namespace simulation {

Faults draw_faults(Dice& dice) {
    const bool calm = dice.chance(50);
    const auto rate = [&](std::int64_t most) -> PerMille {
        const bool happens = dice.chance(500);
        const auto drawn = static_cast<PerMille>(dice.between(1, most));
        return happens && !calm ? drawn : 0;
    };
    Faults faults;
    faults.broker = {.not_sent = rate(80),
                     .request_lost = rate(150),
                     .answer_lost = rate(250),
                     .slow = rate(100),
                     .refused = rate(60),
                     .throttled = rate(150),
                     .refused_later = rate(60),
                     .book_unread = rate(300),
                     .shown_late = rate(300),
                     .shown_stale = rate(200),
                     .shown_twice = rate(100),
                     .shown_unordered = rate(1'000),
                     .reference_cut = rate(150),
                     .filled_late = rate(400),
                     .ended_by_exchange = rate(30),
                     .session_ends = rate(60),
                     .login_fails = rate(200)};
    faults.journal = {.write_fails = rate(15),
                      .dies_in_write = rate(30),
                      .bit_flips = rate(200),
                      .read_flips = rate(100),
                      .stays_full = rate(500)};
    faults.feed = {
        .repeated = rate(300), .late = rate(200), .lost = rate(60), .disconnects = rate(40)};
    faults.dies = rate(200);
    faults.dies_again = rate(600);
    faults.dies_in_recovery = rate(300);
    faults.stops_cleanly = rate(300);
    faults.clock_jumps = rate(100);
    faults.directory_locked = rate(30);
    return faults;
}

}  // namespace simulation
