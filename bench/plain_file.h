// A file that records are only ever appended to: what durability costs where nothing else is asked.
#pragma once

#include "ledger/base/result.h"
#include "ledger/base/unique_fd.h"

#include <string>
#include <string_view>

namespace bench {

class PlainFile {
  public:
    // Not preallocated: it grows with each sync, as a log does.
    [[nodiscard]] static ledger::Result<PlainFile> create(const std::string& path);

    explicit PlainFile(ledger::UniqueFd file) : file_(std::move(file)) {}

    // Kept until commit().
    void add(std::string_view record) { waiting_ += record; }

    // One write and one fdatasync for all that was added.
    [[nodiscard]] ledger::Result<void> commit();

  private:
    ledger::UniqueFd file_;
    std::string waiting_;
};

}  // namespace bench
