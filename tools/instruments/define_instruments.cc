#include "tools/instruments/define_instruments.h"

#include "ledger/base/assert.h"
#include "tools/instruments/instrument_reader.h"
#include "tools/logging.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace tools {

using ledger::Result;
namespace replication = ledger::replication;

namespace {

// What became of one file's rows.
struct Defined {
    std::uint64_t recorded = 0;
    std::uint64_t known = 0;
    std::uint64_t refused = 0;
    std::string first_refusal;

    void count(const Result<ledger::Receipt>& result) {
        if (result) {
            ++(result.value().duplicate ? known : recorded);
        } else if (refused++ == 0) {
            first_refusal = result.error().field + " " + result.error().detail;
        }
    }
};

// What this file does not say, another file of the same day may have said.
void keep_what_is_known(ledger::DefineInstrument& define, const replication::State& state) {
    const auto* known =
        state.instruments.find({define.instrument.segment, define.instrument.token});
    ledger::InstrumentRules& rules = define.rules;
    if (known == nullptr || !known->defined || known->rules.valid_on != rules.valid_on) return;
    if (rules.freeze_quantity.value() == 0) rules.freeze_quantity = known->rules.freeze_quantity;
    if (rules.tick_size.value() == 0) rules.tick_size = known->rules.tick_size;
}

Result<Defined> define_all(InstrumentReader& reader, ledger::Sequencer& sequencer) {
    constexpr std::size_t batch = 256;
    constexpr std::chrono::milliseconds at_once{0};
    Defined defined;
    for (std::size_t waiting = 0;;) {
        BOOST_OUTCOME_TRY(auto instrument, reader.next());
        if (instrument) {
            keep_what_is_known(*instrument, sequencer.state());
            ledger::Command command;
            command.actor = "instruments";
            command.payload = *std::move(instrument);
            const bool taken = sequencer.submit(
                std::move(command), [&defined](const auto& result) { defined.count(result); });
            LEDGER_ASSERT(taken);
            ++waiting;
        }
        if (waiting == batch || (!instrument && waiting > 0)) {
            BOOST_OUTCOME_TRY(sequencer.run_once(at_once));
            waiting = 0;
        }
        if (!instrument) return defined;
    }
}

void report(const InstrumentFile& file, std::int32_t valid_on, const Defined& defined) {
    log_info("{}: {} instruments recorded, {} known already", file.path, defined.recorded,
             defined.known);
    if (valid_on == 0) {
        log_warning("{}: neither its name nor the configuration says its trading day", file.path);
    }
    if (defined.refused > 0) {
        log_warning("{}: {} instruments refused, the first: {}", file.path, defined.refused,
                    defined.first_refusal);
    }
}

}  // namespace

Result<void> define_instruments(const std::vector<InstrumentFile>& files,
                                ledger::Sequencer& sequencer) {
    FreezeQuantities freezes;
    std::vector<InstrumentFile> masters;
    for (const InstrumentFile& file : files) {
        BOOST_OUTCOME_TRY(const bool freeze, holds_freeze_quantities(file.path));
        if (!freeze) {
            masters.push_back(file);
            continue;
        }
        BOOST_OUTCOME_TRY(read_freeze_file(file.path, freezes));
        log_info("{}: freeze quantities of {} underlyings", file.path, freezes.size());
    }
    for (const InstrumentFile& file : masters) {
        BOOST_OUTCOME_TRY(InstrumentReader reader, InstrumentReader::open(file, freezes));
        BOOST_OUTCOME_TRY(const Defined defined, define_all(reader, sequencer));
        report(file, reader.valid_on(), defined);
    }
    return boost::outcome_v2::success();
}

}  // namespace tools
