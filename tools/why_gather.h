// Gathers from the log what a person asks the reasons of.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/journal.h"
#include "ledger/vault/subject_keys.h"
#include "projections/ledger_view.h"
#include "projections/why_tree.h"

#include <functional>
#include <optional>
#include <string>

namespace tools {

// No more events than this are gathered; a master order of thousands of followers has more.
inline constexpr std::size_t why_events_max = 20'000;

struct Why {
    projections::WhyTree tree;
    std::optional<ledger::EventId> asked;   // the event that was named, where one was
    bool cut_short = false;                 // there were more events than why_events_max
    ledger::vault::SubjectKeys subjects{};  // which open what is shown
};

// Makes a view of the log, for names that only it knows; asked for where it is needed.
using ViewSource = std::function<ledger::Result<const projections::LedgerView*>()>;

// Of a sequence, an event's, intent's or order's id, a ClOrdID, or a broker's order id. An event of
// a follower order brings all of that order; a master's event all that followed from it; a master
// order all of its events. not_found where nothing has that name.
[[nodiscard]] ledger::Result<Why> gather_why(const ledger::log::Journal& journal,
                                             const std::string& name, const ViewSource& view);

}  // namespace tools
