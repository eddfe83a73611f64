// What each format makes of an event.
#pragma once

#include "ledger/model/event.h"
#include "ledger/vault/subject_keys.h"
#include "projections/ledger_view.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tools {

class ExportRecords {
  public:
    // nullptr for an unknown format. `subjects` open what is shown.
    [[nodiscard]] static std::unique_ptr<ExportRecords> make(std::string_view format,
                                                             ledger::vault::SubjectKeys subjects);

    ExportRecords() = default;
    ExportRecords(const ExportRecords&) = delete;
    ExportRecords& operator=(const ExportRecords&) = delete;
    virtual ~ExportRecords() = default;

    // What the file begins with.
    [[nodiscard]] virtual std::string heading() const { return {}; }

    // Whether append() must have every event folded into its view.
    [[nodiscard]] virtual bool needs_view() const { return false; }

    // Appends the records of the event, which are `number` + 1, `number` + 2, ... of the file.
    // Returns how many there are.
    virtual std::uint64_t append(const projections::LedgerView& view, const ledger::Event& event,
                                 std::uint64_t number, std::string& out) const = 0;
};

}  // namespace tools
