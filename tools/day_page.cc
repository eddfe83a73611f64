#include "tools/day_page.h"

#include "ledger/model/reason.h"
#include "projections/cell_text.h"
#include "tools/html_text.h"
#include "tools/latency_picture.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tools {

using namespace ledger;
using projections::FollowerDay;

namespace {

using Cells = std::vector<std::string>;
using Rows = std::vector<Cells>;

constexpr std::string_view style = R"(<style>
body{font:14px/1.45 system-ui,sans-serif;color:#111;max-width:1100px;margin:2em auto;padding:0 1em}
h1{font-size:1.6em;margin-bottom:.2em}h2{font-size:1.15em;margin-top:1.8em;border-bottom:1px solid #999}
table{border-collapse:collapse;width:100%;font-size:.92em}th,td{border:1px solid #bbb;padding:.25em .5em;
text-align:left;vertical-align:top;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
th{background:#eee}svg rect{fill:#456}svg text{font:11px system-ui,sans-serif}svg .n{text-anchor:middle;
font-size:9px}pre{border:1px solid #bbb;padding:.6em;overflow-x:auto}.bad{color:#a00;font-weight:bold}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr,svg{break-inside:avoid}}
</style>
)";

std::string name_of(const DayPage& page, AccountNumber number) {
    const auto* account = page.end.state().account(number);
    if (account == nullptr) return "the whole ledger";
    const std::string& code = account->identity.broker_account;
    const std::string name = page.subjects.read(account->profile.name);
    return name.empty() ? code : code + " (" + name + ")";
}

std::string section(std::string_view title, const std::string& body) {
    return "<h2>" + escaped(title) + "</h2>\n" + body;
}

std::string paragraph(const std::string& text) {
    return "<p>" + escaped(text) + "</p>\n";
}

// "+05:30"
std::string clock_text(const Calendar& calendar) {
    const int minutes = calendar.utc_offset_minutes;
    return (minutes < 0 ? "-" : "+") + projections::time_of_day(std::abs(minutes));
}

std::string front(const DayPage& page) {
    std::string out = "<h1>Replication report for " + escaped(page.day) + "</h1>\n";
    if (page.account) out += paragraph("Of follower " + name_of(page, *page.account) + " alone.");
    if (page.range.last < page.range.first)
        return out + paragraph("Nothing was recorded that day.");
    out += paragraph(
        fmt::format("Events {} to {} of the ledger: what was recorded on that day, "
                    "from midnight to midnight on the exchange's clock (UTC{}).",
                    page.range.first, page.range.last, clock_text(page.end.state().calendar)));
    return out + paragraph("Made " + to_text(page.known_at) + ". Times are UTC.");
}

std::string outcomes(const DayPage& page) {
    const auto& counts = page.outcomes;
    Rows rows{{std::to_string(counts.master_events), std::to_string(counts.expected),
               std::to_string(counts.orders), std::to_string(counts.skipped),
               std::to_string(counts.pending), std::to_string(counts.needs_review),
               std::to_string(counts.findings)}};
    std::string out = paragraph(
        "Every order event of a master has one outcome for each follower that copied him at that "
        "instant, of all followers together. Fills of a master's order are not copied, orders "
        "are.");
    out += html_table({"Master events", "Outcomes expected", "Orders", "Skipped", "Pending",
                       "Wait for a person", "Missing or double"},
                      rows);
    return counts.findings == 0
               ? out
               : out + "<p class=\"bad\">Not complete: see `copyledger audit completeness`.</p>\n";
}

std::string followers(const DayPage& page) {
    Rows rows;
    for (const auto& [number, day] : page.figures.followers()) {
        rows.push_back({name_of(page, number), std::to_string(day.orders),
                        std::to_string(day.modifies), std::to_string(day.cancels),
                        std::to_string(day.withdrawn), std::to_string(day.accepted),
                        std::to_string(day.rejected), std::to_string(day.expired),
                        std::to_string(day.skipped), std::to_string(day.fills),
                        std::to_string(day.filled.value()), projections::decimal(day.value)});
    }
    return html_table(
        {"Follower", "Orders", "Modifies", "Cancels", "Withdrawn unsent", "Accepted by the broker",
         "Refused by the broker", "Expired", "Skipped", "Fills", "Filled quantity", "Filled value"},
        rows);
}

std::string_view meaning_of(SkipReason reason) {
    const auto catalogue = reason_catalogue();
    const auto found = std::ranges::find(catalogue, reason, &ReasonEntry::reason);
    return found == catalogue.end() ? std::string_view{} : found->meaning;
}

std::string skips(const DayPage& page) {
    std::map<SkipReason, std::pair<std::uint64_t, std::string>> by_reason;
    for (const auto& [number, day] : page.figures.followers()) {
        for (const auto& [reason, count] : day.skips) {
            auto& [sum, who] = by_reason[reason];
            sum += count;
            who += (who.empty() ? "" : ", ") + name_of(page, number) + " " + std::to_string(count);
        }
    }
    Rows rows;
    for (const auto& [reason, counted] : by_reason) {
        rows.push_back({std::string{to_text(reason)}, std::string{meaning_of(reason)},
                        std::to_string(counted.first), counted.second});
    }
    return html_table({"Reason", "Meaning", "Count", "Followers"}, rows);
}

std::string latencies(const DayPage& page) {
    const auto& all = page.figures.latencies();
    Rows rows;
    std::string pictures;
    for (const auto& [title, values] :
         {std::pair{"From the decision to the first attempt to send", &all.to_sent},
          std::pair{"From the decision to the broker's acknowledgement", &all.to_acknowledged}}) {
        rows.push_back({title, std::to_string(values->size()), percentile_ms(*values, 5'000),
                        percentile_ms(*values, 9'900), percentile_ms(*values, 10'000)});
        pictures += latency_picture(title, *values);
    }
    return html_table({"Latency", "Orders", "Median, ms", "99th percentile, ms", "Greatest, ms"},
                      rows) +
           pictures;
}

std::string limits(const DayPage& page) {
    Rows rows;
    for (const auto& [key, limit] : page.figures.limits()) {
        const auto& [follower, rule, scope] = key;
        rows.push_back({name_of(page, follower), std::string{to_text(rule)},
                        std::string{to_text(scope)}, std::to_string(limit.cut),
                        std::to_string(limit.refused), std::to_string(limit.bound),
                        std::to_string(limit.actual), std::to_string(limit.last_sequence)});
    }
    return html_table({"Follower", "Limit", "Where it stands", "Orders cut", "Orders refused",
                       "Bound (rule's unit)", "Latest held against it", "Latest event"},
                      rows);
}

std::string unknown(const DayPage& page) {
    Rows rows;
    for (const auto& outcome : page.figures.unknown()) {
        const bool open = outcome.closed_by.empty();
        rows.push_back({std::to_string(outcome.sequence), projections::instant(outcome.at_ns),
                        name_of(page, outcome.ref.follower),
                        std::string{cl_ord_id_of(outcome.ref.order).view()}, outcome.cause,
                        open ? "still open" : outcome.closed_by,
                        open ? "" : projections::instant(outcome.closed_at_ns),
                        open ? "" : std::to_string(outcome.closed_sequence)});
    }
    return html_table(
        {"Event", "Since", "Follower", "ClOrdID", "Cause", "How it was closed", "When", "By event"},
        rows);
}

std::string notes(const DayPage& page) {
    Rows rows;
    for (const auto& note : page.figures.notes()) {
        rows.push_back(
            {std::to_string(note.sequence), projections::instant(note.at_ns), note.text});
    }
    return html_table({"Event", "When", "What"}, rows);
}

std::string checkpoint(const DayPage& page) {
    if (!page.checkpoint || page.checkpoint->tree_size < page.range.first) {
        return paragraph("No signed checkpoint covers these events.");
    }
    // The last of them may be the checkpoint itself.
    const std::uint64_t covered = page.checkpoint->tree_size + 1;
    const std::string of =
        covered >= page.range.last
            ? "covers them"
            : fmt::format("covers all but the last {} of them", page.range.last - covered);
    return paragraph(fmt::format("The signed checkpoint over the first {} events of the log {}:",
                                 page.checkpoint->tree_size, of)) +
           "<pre>" + escaped(page.checkpoint->text) + "</pre>\n";
}

}  // namespace

std::string day_page(const DayPage& page) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += "<title>Replication report " + escaped(page.day) + "</title>\n";
    out += style;
    out += "</head>\n<body>\n" + front(page);
    out += section("Outcomes", outcomes(page));
    out += section("Orders by follower", followers(page));
    out += section("Why orders were skipped", skips(page));
    out += section("How long it took", latencies(page));
    out += section("Limits touched", limits(page));
    out += section("Outcomes that were unknown, and how each was closed", unknown(page));
    out += section("Halts, incidents and conflicts", notes(page));
    out += section("Proof", checkpoint(page));
    return out + "</body>\n</html>\n";
}

}  // namespace tools
