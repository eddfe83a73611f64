#include "tools/as_of.h"

#include "ledger/text/decimal.h"
#include "ledger/text/rfc3339.h"
#include "projections/hindsight.h"

#include <algorithm>

namespace tools {

using ledger::Result;
using ledger::log::Journal;

namespace {

Result<std::uint64_t> parse_sequence(const Journal& journal, std::int64_t number,
                                     std::string_view name) {
    const auto last = static_cast<std::int64_t>(journal.last_sequence());
    if (number >= 1 && number <= last) return static_cast<std::uint64_t>(number);
    return ledger::invalid_field(std::string{name},
                                 "is a sequence from 1 to " + std::to_string(last));
}

// Which of the two the text is.
Result<AsOf> parse(const Journal& journal, const std::string& text, std::string_view name) {
    if (const auto number = ledger::text::parse_integer(text)) {
        BOOST_OUTCOME_TRY(const auto sequence, parse_sequence(journal, number.value(), name));
        BOOST_OUTCOME_TRY(const std::int64_t at_ns, recorded_at_ns(journal, sequence));
        return AsOf{sequence, at_ns};
    }
    const auto at_ns = ledger::text::parse_rfc3339(text);
    if (!at_ns) {
        return ledger::invalid_field(std::string{name}, "is a sequence, or a time in RFC 3339");
    }
    BOOST_OUTCOME_TRY(const std::uint64_t sequence, last_recorded_by(journal, at_ns.value()));
    return AsOf{sequence, at_ns.value()};
}

}  // namespace

Result<std::int64_t> recorded_at_ns(const Journal& journal, std::uint64_t sequence) {
    if (sequence == 0) return std::int64_t{0};
    BOOST_OUTCOME_TRY(const ledger::Event event, read_event(journal, sequence));
    return event.recorded_at_ns;
}

// The ledger's clock never goes back, so the log is in the order of its times.
Result<std::uint64_t> last_recorded_by(const Journal& journal, std::int64_t at_ns) {
    const std::uint64_t before = journal.first_sequence() - 1;
    std::uint64_t known_by_then = before;
    std::uint64_t too_late = journal.last_sequence() + 1;
    while (too_late - known_by_then > 1) {
        const std::uint64_t middle = known_by_then + (too_late - known_by_then) / 2;
        BOOST_OUTCOME_TRY(const std::int64_t then_ns, recorded_at_ns(journal, middle));
        (then_ns <= at_ns ? known_by_then : too_late) = middle;
    }
    // It lies in what is archived, perhaps before its last record.
    if (known_by_then == before) {
        BOOST_OUTCOME_TRYV(recorded_at_ns(journal, before));
    }
    return known_by_then;
}

Result<AsOf> parse_as_of(const Journal& journal, const std::string& text, std::int64_t now_ns) {
    if (text.empty()) return AsOf{journal.last_sequence(), now_ns};
    return parse(journal, text, PastNames{}.as_of);
}

Result<Past> find_past(const Journal& journal, const PastQuery& query, const PastNames& names) {
    Past past;
    past.sequence = journal.last_sequence();
    if (!query.as_of.empty()) {
        BOOST_OUTCOME_TRY(const AsOf as_of, parse(journal, query.as_of, names.as_of));
        past.sequence = as_of.sequence;
    }
    BOOST_OUTCOME_TRY(past.recorded_at_ns, recorded_at_ns(journal, past.sequence));
    if (query.valid_at.empty()) return past;
    const auto valid_at_ns = ledger::text::parse_rfc3339(query.valid_at);
    if (!valid_at_ns) {
        return ledger::invalid_field(std::string{names.valid_at}, "is a time in RFC 3339");
    }
    past.valid_at_ns = valid_at_ns.value();
    return past;
}

Result<projections::LedgerView> load_past(const Journal& journal, const DataPaths& paths,
                                          const Past& past, const FoldProgress& progress) {
    if (!past.valid_at_ns) return load_view(journal, paths, past.sequence, progress);
    BOOST_OUTCOME_TRY(const auto recorded, last_recorded_by(journal, *past.valid_at_ns));
    BOOST_OUTCOME_TRY(projections::LedgerView view,
                      load_view(journal, paths, std::min(recorded, past.sequence), progress));
    BOOST_OUTCOME_TRY(add_hindsight(journal, past, view));
    return view;
}

Result<void> add_hindsight(const Journal& journal, const Past& past,
                           projections::LedgerView& view) {
    projections::Hindsight hindsight{view, *past.valid_at_ns};
    BOOST_OUTCOME_TRY(visit_records(journal, view.sequence() + 1, past.sequence,
                                    [&](const ledger::Event& event) { hindsight.apply(event); }));
    view.set_offset(past.sequence, *past.valid_at_ns);
    return boost::outcome_v2::success();
}

std::string to_text(const Past& past) {
    std::string text = "as of sequence " + std::to_string(past.sequence);
    text += past.sequence == 0
                ? ", before the first event"
                : ", recorded at " + ledger::text::format_rfc3339(past.recorded_at_ns);
    if (!past.valid_at_ns) return text;
    return text + "; what had happened by " + ledger::text::format_rfc3339(*past.valid_at_ns);
}

}  // namespace tools
