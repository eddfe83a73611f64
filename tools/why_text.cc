#include "tools/why_text.h"

#include "ledger/text/decimal.h"
#include "ledger/text/json_writer.h"
#include "ledger/text/rfc3339.h"
#include "projections/event_row.h"
#include "tools/readable.h"
#include "tools/row_json.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace tools {

using namespace ledger;
using projections::Cell;
using projections::WhyNode;
using projections::WhyTree;

namespace {

// What the tree's shape says, and ids that the event's own line stands for.
constexpr std::array<std::string_view, 9> left_out{
    "sequence", "recorded_at",    "kind",     "occurred_at",    "causation_id",
    "event_id", "correlation_id", "order_id", "master_order_id"};

bool tells(const Cell& cell) {
    if (cell.text.empty() || cell.text == "0" || cell.text == "false") return false;
    return std::ranges::find(left_out, cell.name) == left_out.end();
}

projections::Row shown_row(const Why& why, const Event& event) {
    return readable(projections::event_row(event), why.subjects);
}

std::string details_of(const projections::Row& row) {
    std::string out;
    for (const Cell& cell : row.cells()) {
        if (tells(cell)) out += " " + std::string{cell.name} + "=" + cell.text;
    }
    return out;
}

// "+0.001250 s": how long after the event that all of it follows from.
std::string since(std::int64_t root_ns, std::int64_t at_ns) {
    constexpr std::int64_t ns_per_us = 1000;
    constexpr int us_to_s = 6;
    std::string seconds = text::format_scaled((at_ns - root_ns) / ns_per_us, us_to_s);
    const auto point = seconds.find('.');
    const std::size_t decimals = point == seconds.npos ? 0 : seconds.size() - point - 1;
    if (point == seconds.npos) seconds += '.';
    seconds.append(us_to_s - decimals, '0');
    return "+" + seconds + " s";
}

class Drawing {
  public:
    explicit Drawing(const Why& why) : why_(why) {}

    void root(std::size_t at) {
        const Event& event = why_.tree.nodes[at].event;
        root_ns_ = event.recorded_at_ns;
        line(at, text::format_rfc3339(root_ns_));
        if (event.occurred_at_ns != event.recorded_at_ns) {
            out_ += "   (happened " + text::format_rfc3339(event.occurred_at_ns) + ")\n";
        }
        children(at, "");
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void children(std::size_t at, const std::string& indent) {
        const auto& below = why_.tree.nodes[at].children;
        for (const std::size_t child : below) {
            const bool last = child == below.back();
            const Event& event = why_.tree.nodes[child].event;
            out_ += indent + (last ? "└─ " : "├─ ");
            line(child, since(root_ns_, event.recorded_at_ns));
            children(child, indent + (last ? "   " : "│  "));
        }
    }

    void line(std::size_t at, const std::string& when) {
        const Event& event = why_.tree.nodes[at].event;
        const bool asked = why_.asked && *why_.asked == event.id;
        out_ += (asked ? "> #" : "#") + std::to_string(event.sequence) + " " + when + " ";
        out_ += kind_of(event.payload);
        out_ += details_of(shown_row(why_, event)) + "\n";
    }

    const Why& why_;
    std::string out_;
    std::int64_t root_ns_ = 0;
};

void write_node(text::JsonWriter& json, const Why& why, std::size_t at) {
    const WhyNode& node = why.tree.nodes[at];
    json.begin_object();
    write_cells(json, shown_row(why, node.event));
    json.member_boolean("asked", why.asked && *why.asked == node.event.id);
    json.key("children");
    json.begin_array();
    for (const std::size_t child : node.children) write_node(json, why, child);
    json.end_array();
    json.end_object();
}

}  // namespace

std::string why_text(const Why& why) {
    Drawing drawing{why};
    for (const std::size_t root : why.tree.roots) drawing.root(root);
    std::string out = drawing.take();
    if (why.cut_short) out += "(there is more; ask for one of the orders)\n";
    return out;
}

void append_why_json(const Why& why, std::string& out) {
    text::JsonWriter json{out};
    json.begin_object();
    json.key("asked");
    why.asked ? json.string(to_text(*why.asked)) : json.null();
    json.member_boolean("cut_short", why.cut_short);
    json.key("roots");
    json.begin_array();
    for (const std::size_t root : why.tree.roots) write_node(json, why, root);
    json.end_array();
    json.end_object();
}

}  // namespace tools
