// What an error of the ledger is over HTTP.
#pragma once

#include "ingest/http/response.h"
#include "ledger/base/result.h"

#include <string>

namespace ingest {

// A problem document with the standard title of the status.
[[nodiscard]] http::Response refusal(int status, std::string detail, std::string field = {});

// What went wrong inside (damaged or unwritable storage) is not told to the outside.
[[nodiscard]] http::Response problem_of(const ledger::Error& error);

}  // namespace ingest
