// A file of master events: LOBSTER messages or webhook bodies, a line each. What is made of a
// message is a webhook that is accepted.
#include "ingest/blaze_webhook.h"
#include "ledger/text/json_value.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/target.h"
#include "tools/import/import_source.h"

#include <string>

namespace fuzz {

namespace {

using ledger::text::JsonValue;

tools::ImportOptions options_of(const MemoryFile& file, const char* format) {
    tools::ImportOptions options;
    options.file = file.path();
    options.format = format;
    options.account = "M1";
    options.date = "2012-06-21";
    return options;
}

void check_body(const std::string& text, bool made_here) {
    const auto body = ledger::text::parse_json(text);
    law(body && body.value().is(JsonValue::Kind::object), "a webhook's body is an object");
    const auto order = ingest::read_blaze_order(body.value());
    if (order || !made_here) return;
    // A file may hold what no broker's order has: a long id, or fills that add up to too much.
    const std::string& field = order.error().field;
    law(field == "order_id" || field == "quantity", "a message's webhook is accepted");
}

void import_file(const tools::ImportOptions& options) {
    const auto source = tools::ImportSource::open(options);
    law(source.has_value(), "a file that is there can be opened");
    while (true) {
        const auto body = source.value()->next();
        if (!body) {
            law(!body.error().detail.empty() && !body.error().field.empty(),
                "a refusal names the line");
            return;
        }
        if (!body.value()) return;
        check_body(*body.value(), options.format == "lobster");
    }
}

}  // namespace

void import_lines(Input input) {
    const MemoryFile file{input};
    import_file(options_of(file, "lobster"));
    import_file(options_of(file, "jsonl"));
}

}  // namespace fuzz
