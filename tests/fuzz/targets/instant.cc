// A moment or a day, as RFC 3339, XTS's books or an operator write it.
#include "executors/brokers/xts/xts_time.h"
#include "ledger/text/rfc3339.h"
#include "tests/fuzz/target.h"
#include "tools/day.h"

#include <cstdint>
#include <string>

namespace fuzz {

namespace {

void check_instant(std::int64_t instant) {
    law(instant >= 0, "no instant lies before 1970");
    const auto again = ledger::text::parse_rfc3339(ledger::text::format_rfc3339(instant));
    law(again && again.value() == instant, "printing and reading changes no instant");
}

}  // namespace

void instant(Input input) {
    const auto rfc = ledger::text::parse_rfc3339(input);
    if (rfc) check_instant(rfc.value());
    const std::int64_t xts = executors::xts::parse_time(input);
    check_instant(xts);
    if (rfc && xts != 0) law(xts == rfc.value(), "an instant that has an offset is one instant");
    if (const auto day = tools::parse_day(input)) {
        law(tools::day_text(*day) == input, "a day has one name");
    }
    if (const auto day = tools::day_in_name(input)) {
        law(tools::parse_day(tools::day_text(*day)) == day, "a day in a file's name is a day");
    }
}

}  // namespace fuzz
