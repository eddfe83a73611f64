#include "tools/token_command.h"

#include "ingest/tokens.h"
#include "ledger/text/rfc3339.h"
#include "tools/system_ports.h"

#include <fmt/format.h>

namespace tools {

using ledger::Result;

Result<ExitCode> run_token_create(const TokenOptions& options, const std::string& role_name) {
    const auto role = ingest::parse_role(role_name);
    if (!role) {
        return ledger::invalid_field("role", "is ADMIN, MASTER, FOLLOWER, AUDITOR or INGEST");
    }
    const SystemClock clock;
    BOOST_OUTCOME_TRY(ingest::TokenStore store, ingest::TokenStore::open(options.data, clock));
    BOOST_OUTCOME_TRY(const ingest::NewToken made, store.create(*role));
    projections::Row row;
    row.text("id", made.id).text("role", ingest::to_text(*role)).text("token", made.token);
    if (options.output == OutputFormat::table) {
        // A table would clip it.
        fmt::print("{}\n", made.token);
        return ExitCode::done;
    }
    const auto printer = RowPrinter::make(options.output, stdout);
    printer->print(row);
    printer->finish();
    return ExitCode::done;
}

Result<ExitCode> run_token_revoke(const TokenOptions& options, const std::string& id) {
    const SystemClock clock;
    BOOST_OUTCOME_TRY(ingest::TokenStore store, ingest::TokenStore::open(options.data, clock));
    BOOST_OUTCOME_TRY(store.revoke(id));
    return ExitCode::done;
}

Result<ExitCode> run_token_list(const TokenOptions& options) {
    const SystemClock clock;
    BOOST_OUTCOME_TRY(const ingest::TokenStore store,
                      ingest::TokenStore::open(options.data, clock));
    const auto printer = RowPrinter::make(options.output, stdout);
    for (const ingest::TokenRecord& record : store.records()) {
        projections::Row row;
        row.text("id", record.id)
            .text("role", ingest::to_text(record.role))
            .text("created_at", ledger::text::format_rfc3339(record.created_at_ns))
            .text("revoked_at", record.revoked_at_ns == 0
                                    ? ""
                                    : ledger::text::format_rfc3339(record.revoked_at_ns));
        printer->print(row);
    }
    printer->finish();
    return ExitCode::done;
}

}  // namespace tools
