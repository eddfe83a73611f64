// A causal chain as text for a terminal, and as JSON.
#pragma once

#include "projections/why_tree.h"
#include "tools/why_gather.h"

#include <string>

namespace tools {

// One line for each event, below what it follows from; the one that was asked for is marked.
[[nodiscard]] std::string why_text(const Why& why);

// Appends {"asked":ID or null,"cut_short":false,"roots":[{an event's cells,"asked":...,
// "children":[...]}]}.
void append_why_json(const Why& why, std::string& out);

}  // namespace tools
