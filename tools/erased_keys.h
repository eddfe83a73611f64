// Which subjects' keys a log still needs, and the end of those that it says are destroyed.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/event.h"
#include "ledger/replication/state.h"
#include "ledger/vault/subject_keys.h"

#include <map>
#include <string>
#include <vector>

namespace tools {

// What the log says is erased and a crash, or a copy of the directory, has kept.
[[nodiscard]] ledger::Result<void> destroy_erased(const ledger::replication::State& state,
                                                  const ledger::vault::SubjectKeys& keys);

// A fold of the subjects alone.
class SubjectsInUse {
  public:
    void apply(const ledger::Event& event);

    [[nodiscard]] std::vector<std::string> names() const;

  private:
    std::map<ledger::AccountNumber, ledger::vault::Subject> subjects_;
};

}  // namespace tools
