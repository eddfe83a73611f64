// What nearly every file above ledger/model reads, read once. Each file still includes what it
// uses: COPYLEDGER_PRECOMPILE=OFF builds without this.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/command.h"
#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/text/json_value.h"
#include "ledger/text/json_writer.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
