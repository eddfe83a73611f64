// Everything that the ledger acknowledged, held against its log: what a client was told is there,
// whole, once, and where it was told.
#pragma once

#include "tests/processes/stage.h"
#include "tests/torture/run/request.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace torture {

class Promises {
  public:
    // Throws a Violation where a repetition was told otherwise than the first.
    void add(const std::vector<Told>& answers);

    // The log from where it was last looked at, with what was promised since. Throws a Violation.
    void check_news(const processes::Stage& stage);
    // All of the log, with all that was ever promised.
    void check_all(const processes::Stage& stage);

    [[nodiscard]] std::size_t size() const { return told_.size(); }

  private:
    void check_from(const processes::Stage& stage, std::uint64_t first,
                    const std::vector<const Told*>& promised);

    std::map<std::string, Told> told_;  // by fact
    std::vector<std::string> fresh_;    // facts that no check has seen
    std::uint64_t looked_at_ = 0;       // the last sequence
};

}  // namespace torture
