#include "ledger/log/rocksdb_manifest.h"

#include "ledger/base/assert.h"
#include "ledger/base/byte_size.h"
#include "ledger/base/os_error.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace ledger::log {
namespace {

constexpr std::size_t piece_size = 64 * kib;
constexpr std::string_view name_prefix = "MANIFEST-";
constexpr std::size_t number_digits_min = 6;

std::string name_of(std::uint64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < number_digits_min) digits.insert(0, number_digits_min - digits.size(), '0');
    return std::string(name_prefix) + digits;
}

Error damaged_manifest(std::string detail) {
    return Error{Errc::corrupt, std::move(detail), {}};
}

Result<std::uint64_t> number_in_use(const std::string& log_directory) {
    const std::string path = log_directory + "/CURRENT";
    std::ifstream file(path);
    std::string name;
    std::getline(file, name);
    const auto number = manifest_number(name);
    if (!number) return damaged_manifest(path + " names no manifest");
    return *number;
}

}  // namespace

ManifestSum::ManifestSum(std::string log_directory) : log_directory_(std::move(log_directory)) {}

Result<void> ManifestSum::begin(std::uint64_t number) {
    path_ = log_directory_ + "/" + name_of(number);
    fd_ = UniqueFd(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd_.valid()) {
        const Errc code = errno == ENOENT ? Errc::corrupt : Errc::unavailable;
        return os_error(code, "cannot open", path_);
    }
    summed_ = {number, 0};
    sum_ = ChecksumStream();
    return boost::outcome_v2::success();
}

Result<ManifestMark> ManifestSum::mark(const ManifestExtent& extent) {
    if (extent.number != summed_.number) {
        BOOST_OUTCOME_TRYV(begin(extent.number));
    }
    LEDGER_ASSERT(extent.size >= summed_.size);
    std::vector<char> piece(std::min<std::uint64_t>(piece_size, extent.size - summed_.size));
    while (summed_.size < extent.size) {
        const std::size_t wanted =
            std::min<std::uint64_t>(piece.size(), extent.size - summed_.size);
        const ssize_t count =
            ::pread(fd_.get(), piece.data(), wanted, static_cast<off_t>(summed_.size));
        if (count < 0) return os_error(Errc::unavailable, "cannot read", path_);
        if (count == 0) {
            return damaged_manifest(path_ + " ends at " + std::to_string(summed_.size) + " of " +
                                    std::to_string(extent.size) + " bytes: it was cut short");
        }
        sum_.add({piece.data(), static_cast<std::size_t>(count)});
        summed_.size += static_cast<std::uint64_t>(count);
    }
    return ManifestMark{extent.number, extent.size, sum_.value()};
}

std::optional<std::uint64_t> manifest_number(std::string_view file_name) {
    if (!file_name.starts_with(name_prefix)) return std::nullopt;
    const std::string_view digits = file_name.substr(name_prefix.size());
    const char* end = digits.data() + digits.size();
    std::uint64_t number = 0;
    const auto parsed = std::from_chars(digits.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return number;
}

Result<void> check_manifest(const std::string& log_directory, const ManifestMark& mark) {
    BOOST_OUTCOME_TRY(const std::uint64_t number, number_in_use(log_directory));
    if (number > mark.number) return boost::outcome_v2::success();
    if (number < mark.number) {
        return damaged_manifest(log_directory + " uses " + name_of(number) +
                                " but the head record knows " + name_of(mark.number) +
                                ": the log was put back to an earlier day");
    }
    ManifestSum sum(log_directory);
    BOOST_OUTCOME_TRY(const ManifestMark found, sum.mark({mark.number, mark.size}));
    if (found.checksum != mark.checksum) {
        return damaged_manifest(log_directory + "/" + name_of(number) +
                                " is not what the head record knows: it was damaged");
    }
    return boost::outcome_v2::success();
}

}  // namespace ledger::log
