// An instant of the past as a person names it: what was known by then, and of that what had
// happened by another instant.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "projections/ledger_view.h"
#include "tools/data_directory.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tools {

struct AsOf {
    std::uint64_t sequence = 0;  // of the last event that belongs to it; 0: before the first
    std::int64_t at_ns = 0;      // the instant itself, or when that event was recorded
};

// "120", or RFC 3339 for everything that was recorded by then; `now_ns` and the whole log where the
// text is empty. invalid_input naming "as-of".
[[nodiscard]] ledger::Result<AsOf> parse_as_of(const ledger::log::Journal& journal,
                                               const std::string& text, std::int64_t now_ns);

// Of the last event that was recorded at or before the instant; 0: of none.
[[nodiscard]] ledger::Result<std::uint64_t> last_recorded_by(const ledger::log::Journal& journal,
                                                             std::int64_t at_ns);

// When the event of that sequence was recorded; 0 for the beginning, before the first.
[[nodiscard]] ledger::Result<std::int64_t> recorded_at_ns(const ledger::log::Journal& journal,
                                                          std::uint64_t sequence);

// As it was asked for; empty: not.
struct PastQuery {
    std::string as_of;     // a time or a sequence
    std::string valid_at;  // a time

    [[nodiscard]] bool asked() const { return !as_of.empty() || !valid_at.empty(); }
};

// What the query's parts are called where it came from.
struct PastNames {
    std::string_view as_of = "as-of";
    std::string_view valid_at = "valid-at";
};

// As HTTP spells them.
inline constexpr PastNames url_names{"as_of", "valid_at"};

struct Past {
    std::uint64_t sequence = 0;       // of the last event that was known
    std::int64_t recorded_at_ns = 0;  // of that event; 0 before the first
    std::optional<std::int64_t> valid_at_ns{};

    friend bool operator==(const Past&, const Past&) = default;
};

// invalid_input by the name of the part at fault.
[[nodiscard]] ledger::Result<Past> find_past(const ledger::log::Journal& journal,
                                             const PastQuery& query, const PastNames& names = {});

// The fold of the events up to `past.sequence`, and of those of them alone that had happened by
// `past.valid_at_ns` where that is given.
[[nodiscard]] ledger::Result<projections::LedgerView> load_past(const ledger::log::Journal& journal,
                                                                const DataPaths& paths,
                                                                const Past& past,
                                                                const FoldProgress& progress = {});

// `view`, the fold of all that was recorded by `past.valid_at_ns` or of less, brought there.
[[nodiscard]] ledger::Result<void> add_hindsight(const ledger::log::Journal& journal,
                                                 const Past& past, projections::LedgerView& view);

// "as of sequence 120, recorded at 2026-...Z; what had happened by 2026-...Z".
[[nodiscard]] std::string to_text(const Past& past);

}  // namespace tools
