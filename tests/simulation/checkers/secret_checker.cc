// I14: no secret is anywhere but sealed.
#include "tests/simulation/checkers/evidence.h"
#include "tests/simulation/run/event_line.h"

#include <fmt/format.h>

namespace simulation {

void i14_no_secret_is_told(const Evidence& evidence, Findings& findings) {
    std::string all{evidence.disk};
    for (const std::string& refusal : evidence.record.refusals) all.append(refusal);
    for (const ledger::Event& event : evidence.log) all.append(line_of(event));
    for (const std::string& secret : evidence.secrets) {
        if (all.find(secret) == std::string::npos) continue;
        findings.emplace_back("I14: a secret stands in the log, in an error or in the trace");
    }
}

}  // namespace simulation
