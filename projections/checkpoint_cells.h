// A signed checkpoint as cells.
#pragma once

#include "projections/row.h"

#include <string>

namespace projections {

void add_checkpoint(Row& row, const std::string& note);

}  // namespace projections
