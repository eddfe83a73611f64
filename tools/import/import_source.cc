#include "tools/import/import_source.h"

#include "ledger/text/json_value.h"
#include "tools/import/lobster.h"
#include "tools/line_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <memory>
#include <utility>

namespace tools {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

namespace {

class FileSource : public ImportSource {
  public:
    FileSource(LineReader lines, std::uint64_t lines_max)
        : lines_(std::move(lines)), lines_max_(lines_max) {}

    Result<std::optional<std::string>> next() override {
        while (lines_.number() < lines_max_) {
            BOOST_OUTCOME_TRY(auto line, lines_.next());
            if (!line) break;
            if (line->empty()) continue;
            BOOST_OUTCOME_TRY(auto body, body_of(std::move(*line), lines_.number()));
            if (body) return body;
        }
        return std::optional<std::string>{};
    }

    [[nodiscard]] std::uint64_t bytes_done() const override { return lines_.bytes_done(); }

    [[nodiscard]] std::uint64_t bytes_total() const override { return lines_.bytes_total(); }

  private:
    virtual Result<std::optional<std::string>> body_of(std::string line, std::uint64_t number) = 0;

    LineReader lines_;
    std::uint64_t lines_max_;
};

class LobsterSource final : public FileSource {
  public:
    LobsterSource(LineReader lines, std::uint64_t lines_max, LobsterReader reader)
        : FileSource(std::move(lines), lines_max), reader_(std::move(reader)) {}

  private:
    Result<std::optional<std::string>> body_of(std::string line, std::uint64_t number) override {
        return reader_.read(line, number);
    }

    LobsterReader reader_;
};

// Each line is a webhook's body already; the account is the one that the import names.
class JsonLinesSource final : public FileSource {
  public:
    using FileSource::FileSource;

  private:
    Result<std::optional<std::string>> body_of(std::string line, std::uint64_t number) override {
        const auto parsed = ledger::text::parse_json(line);
        if (!parsed || !parsed.value().is(ledger::text::JsonValue::Kind::object)) {
            return ledger::invalid_field("line " + std::to_string(number), "is no JSON object");
        }
        return std::optional{std::move(line)};
    }
};

std::string format_of(const ImportOptions& options) {
    if (!options.format.empty()) return options.format;
    const std::string name = std::filesystem::path{options.file}.filename().string();
    if (name.find("lobster") != name.npos) return "lobster";
    return name.find(".jsonl") != name.npos ? "jsonl" : "";
}

// "…_2012-06-21_…", as LOBSTER names its files.
std::string date_in(const std::string& name) {
    constexpr std::string_view shape = "0000-00-00";
    const auto fits = [&](std::size_t at) {
        return std::ranges::all_of(std::array{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, [&](int i) {
            const auto index = static_cast<std::size_t>(i);
            const char c = name[at + index];
            return shape[index] == '-' ? c == '-' : c >= '0' && c <= '9';
        });
    };
    for (std::size_t at = 0; at + shape.size() <= name.size(); ++at) {
        if (fits(at)) return name.substr(at, shape.size());
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<ImportSource>> ImportSource::open(const ImportOptions& options) {
    BOOST_OUTCOME_TRY(LineReader lines, LineReader::open(options.file));
    const std::string format = format_of(options);
    std::unique_ptr<ImportSource> source;
    if (format == "lobster") {
        ImportOptions dated = options;
        if (dated.date.empty()) {
            dated.date = date_in(std::filesystem::path{options.file}.filename().string());
        }
        BOOST_OUTCOME_TRY(LobsterReader reader, LobsterReader::make(dated));
        source =
            std::make_unique<LobsterSource>(std::move(lines), options.lines_max, std::move(reader));
    } else if (format == "jsonl") {
        source = std::make_unique<JsonLinesSource>(std::move(lines), options.lines_max);
    } else {
        return ledger::invalid_field("format", "is lobster or jsonl");
    }
    return source;
}

}  // namespace tools
