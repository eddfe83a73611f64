// Reads a settings object key by key: every key has a default, every value its bounds, and a key
// that was never asked for is an error that names the nearest one that was.
#pragma once

#include "ledger/base/result.h"
#include "ledger/model/money.h"
#include "ledger/text/json_value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools::settings {

// Probabilities are in millionths.
inline constexpr int rate_scale = 6;
inline constexpr std::uint32_t rate_one = 1'000'000;

struct Bounds {
    std::int64_t min = 0;
    std::int64_t max = 0;
};

// After the first error every further read gives its default; finish() tells the error.
class ObjectReader {
  public:
    // "object" must outlive the reader; `path` is what precedes its keys in errors
    // ("faults.place").
    ObjectReader(const ledger::text::JsonValue& object, std::string path);

    [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise, Bounds bounds);
    // Bounds of the library's own types where a setting is a count or a size.
    [[nodiscard]] std::size_t size(std::string_view key, std::size_t otherwise, Bounds bounds);
    [[nodiscard]] bool boolean(std::string_view key, bool otherwise);
    [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise);
    // One of `words`, as its index.
    [[nodiscard]] std::size_t choice(std::string_view key, std::size_t otherwise,
                                     const std::vector<std::string_view>& words);
    [[nodiscard]] std::uint32_t rate(std::string_view key, std::uint32_t otherwise);
    [[nodiscard]] ledger::Price price(std::string_view key, ledger::Price otherwise);
    // nullptr where the key is absent.
    [[nodiscard]] const ledger::text::JsonValue* object(std::string_view key);
    [[nodiscard]] const ledger::text::JsonValue* array(std::string_view key);

    void fail(std::string_view key, std::string detail);
    [[nodiscard]] std::string path_of(std::string_view key) const;
    [[nodiscard]] ledger::Result<void> finish();

  private:
    const ledger::text::JsonValue* take(std::string_view key);
    std::optional<std::int64_t> scaled(std::string_view key, int scale, Bounds bounds);

    const ledger::text::JsonValue& object_;
    std::string path_;
    std::vector<std::string> known_;
    std::optional<ledger::Error> error_;
};

}  // namespace tools::settings
