// A log closed in good order, to be harmed one file at a time and then read in full.
#pragma once

#include "tests/ledger/journal_fixture.h"
#include "tests/ledger/journal_trial.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ledger::log::test {

// Tables, a manifest, and several write-ahead logs with records in them: what a restart leaves.
class ClosedLog {
  public:
    ClosedLog();

    // A copy of the directory, which may be harmed; lay_out() makes it whole again.
    [[nodiscard]] std::string work() const { return scratch_.path() + "/work"; }

    void lay_out() const;

    // Relative to the directory, sorted.
    [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

    // Opens the copy and reads every record by all its indexes. The error that refused it, or
    // nothing where all of it was what was appended; anything else is reported through Catch.
    [[nodiscard]] std::optional<Error> read_in_full(bool read_only) const;

  private:
    void append_in_one_life(const std::vector<std::uint64_t>& batches);

    ScratchDirectory scratch_;
    SimulatedStorage storage_;
    SequenceNumber last_ = 0;
    std::vector<std::string> files_;
};

struct Outcomes {
    int refused = 0;
    int harmless = 0;
};

// By the kind of file: "log", "sst", "MANIFEST", "CURRENT", "OPTIONS", "IDENTITY", "head".
using Tally = std::map<std::string, Outcomes>;

[[nodiscard]] std::string kind_of(const std::string& file);

// What reading in full made of the harm, for readers and for the writer.
void count_outcomes(const ClosedLog& log, const std::string& file,
                    const std::function<void()>& harm, Tally& tally);

}  // namespace ledger::log::test
