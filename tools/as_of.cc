#include "tools/as_of.h"

#include "ledger/log/record_codec.h"
#include "ledger/text/decimal.h"
#include "ledger/text/rfc3339.h"

namespace tools {

using ledger::Result;
using ledger::log::Journal;

namespace {

Result<std::int64_t> recorded_at(const Journal& journal, std::uint64_t sequence) {
    BOOST_OUTCOME_TRY(const std::string record, journal.read(sequence));
    BOOST_OUTCOME_TRY(const ledger::Event event, ledger::log::decode_record(record));
    return event.recorded_at_ns;
}

// The ledger's clock never goes back, so the log is in the order of its times.
Result<std::uint64_t> last_recorded_by(const Journal& journal, std::int64_t at_ns) {
    std::uint64_t known_by_then = 0;
    std::uint64_t too_late = journal.last_sequence() + 1;
    while (too_late - known_by_then > 1) {
        const std::uint64_t middle = known_by_then + (too_late - known_by_then) / 2;
        BOOST_OUTCOME_TRY(const std::int64_t recorded_at_ns, recorded_at(journal, middle));
        (recorded_at_ns <= at_ns ? known_by_then : too_late) = middle;
    }
    return known_by_then;
}

}  // namespace

Result<AsOf> parse_as_of(const Journal& journal, const std::string& text, std::int64_t now_ns) {
    if (text.empty()) return AsOf{journal.last_sequence(), now_ns};
    if (const auto number = ledger::text::parse_integer(text)) {
        const std::int64_t last = static_cast<std::int64_t>(journal.last_sequence());
        if (number.value() < 1 || number.value() > last) {
            return ledger::invalid_field("as-of",
                                         "is a sequence from 1 to " + std::to_string(last));
        }
        const auto sequence = static_cast<std::uint64_t>(number.value());
        BOOST_OUTCOME_TRY(const std::int64_t at_ns, recorded_at(journal, sequence));
        return AsOf{sequence, at_ns};
    }
    const auto at_ns = ledger::text::parse_rfc3339(text);
    if (!at_ns) return ledger::invalid_field("as-of", "is a sequence, or a time in RFC 3339");
    BOOST_OUTCOME_TRY(const std::uint64_t sequence, last_recorded_by(journal, at_ns.value()));
    return AsOf{sequence, at_ns.value()};
}

}  // namespace tools
