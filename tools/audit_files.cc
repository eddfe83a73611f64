#include "tools/audit_files.h"

#include "ledger/base/byte_size.h"
#include "tools/checkpoint_keys.h"
#include "tools/data_directory.h"

#include <cstdio>
#include <ios>
#include <utility>

#include <fmt/format.h>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

Result<std::string> read_text_file(const std::string& path) {
    constexpr std::size_t bytes_max = 16 * ledger::mib;
    std::ifstream file{path, std::ios::binary};
    if (!file) return Error{Errc::unavailable, "cannot read " + path, {}};
    std::string text;
    char part[4096];
    while (file.read(part, sizeof part), file.gcount() > 0) {
        text.append(part, static_cast<std::size_t>(file.gcount()));
        if (text.size() > bytes_max) return ledger::invalid_field("", path + " is too large");
    }
    return text;
}

Result<std::vector<ledger::proof::VerifierKey>> believed_keys(const AuditOptions& options) {
    const std::string path =
        options.keys_path.empty() ? DataPaths{options.data}.checkpoint_keys() : options.keys_path;
    auto keys = read_verifiers(path);
    if (!keys && keys.error().code != Errc::not_found) return keys.error();
    if (!keys || keys.value().empty()) {
        return ledger::invalid_field(
            "pubkey", "there is no public key in " + path + "; name a file of them with --pubkey");
    }
    return keys;
}

Result<LineSink> LineSink::open(const std::string& path) {
    LineSink sink;
    sink.path_ = path;
    if (path == "-") return sink;
    sink.file_.open(path, std::ios::binary | std::ios::trunc);
    if (!sink.file_) return Error{Errc::unavailable, "cannot write " + path, {}};
    return sink;
}

void LineSink::write(std::string_view line) {
    if (path_ == "-") {
        fmt::print("{}\n", line);
    } else {
        file_ << line << '\n';
    }
}

Result<void> LineSink::finish() {
    const bool written = path_ == "-" ? std::fflush(stdout) == 0 : file_.flush().good();
    if (!written) return Error{Errc::storage_failed, "cannot write " + path_, {}};
    return boost::outcome_v2::success();
}

}  // namespace tools
