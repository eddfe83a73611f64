// Appends of real events: records encoded by the codec, with the ids and entities they stand under.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/entity_keys.h"
#include "ledger/log/record_codec.h"
#include "ledger/model/event.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Append {
    std::string record;
    std::array<ledger::EventId, 1> ids;
    ledger::log::EntityKeys entities;
};

// Those of some orders' whole lives.
[[nodiscard]] ledger::Result<std::vector<ledger::Event>> sample_events();

// Repeats the samples, which must not be none, for ever.
class AppendSource {
  public:
    explicit AppendSource(std::vector<ledger::Event> samples) : samples_(std::move(samples)) {}

    // The next one, with an id that no other has.
    void fill(Append& append);

    // Of the samples, on average.
    [[nodiscard]] double record_bytes();

  private:
    std::vector<ledger::Event> samples_;
    ledger::log::RecordEncoder encoder_;
    std::uint64_t made_ = 0;
};

}  // namespace bench
