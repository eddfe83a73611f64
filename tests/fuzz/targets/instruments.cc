// An instrument master or a file of freeze quantities. What it defines can be recorded.
#include "ingest/body_fields.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/recording.h"
#include "tests/fuzz/target.h"
#include "tools/instruments/instrument_reader.h"

#include <string>

namespace fuzz {

namespace {

void check_refusal(const ledger::Error& error) {
    law(error.field == "instruments.files", "a refusal names the setting");
    law(!error.detail.empty(), "a refusal says why");
}

void check_name(const std::string& name) {
    law(!name.empty() && name.size() <= ingest::code_bytes_max && ingest::is_printable(name),
        "an instrument has a name that can be shown");
}

void check_definition(const ledger::DefineInstrument& define) {
    check_name(define.instrument.token);
    check_name(define.instrument.symbol);
    const ledger::InstrumentRules& rules = define.rules;
    law(rules.lot_size.value() > 0 && rules.lot_size.value() <= ledger::quantity_max,
        "a lot holds something");
    law(rules.tick_size.value() >= 0 && rules.freeze_quantity.value() >= 0, "no rule is negative");
    survives_recording(ledger::InstrumentDefined{define.instrument, rules});
}

void read_master(const tools::InstrumentFile& file, const tools::FreezeQuantities& freezes) {
    auto reader = tools::InstrumentReader::open(file, freezes);
    if (!reader) return check_refusal(reader.error());
    while (true) {
        const auto define = reader.value().next();
        if (!define) return check_refusal(define.error());
        if (!define.value()) return;
        check_definition(*define.value());
    }
}

}  // namespace

void instruments(Input input) {
    const MemoryFile file{input};
    const tools::InstrumentFile named{file.path(), 20'777};
    tools::FreezeQuantities freezes{{"NIFTY", ledger::Quantity{1'800}}};
    const auto holds_freezes = tools::holds_freeze_quantities(named.path);
    if (!holds_freezes) return check_refusal(holds_freezes.error());
    if (!holds_freezes.value()) return read_master(named, freezes);
    const auto read = tools::read_freeze_file(named.path, freezes);
    if (!read) return check_refusal(read.error());
    for (const auto& [symbol, quantity] : freezes) {
        check_name(symbol);
        law(quantity.value() > 0, "an order may hold something");
    }
}

}  // namespace fuzz
