#include "ledger/vault/subject_keys.h"

#include "ledger/base/os_error.h"
#include "ledger/base/sync_directory.h"
#include "ledger/base/unique_fd.h"
#include "ledger/proof/base64.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ledger::vault {
namespace {

using boost::outcome_v2::success;

constexpr std::string_view text_beginning = "sealed:1:";
constexpr char credentials_version = 2;  // CredentialVault's own begin with 1
constexpr std::size_t key_bytes = 32;

// A sealed text or sealed credentials, taken apart.
struct Parts {
    std::string_view subject;
    std::string_view bytes;  // in base64 of a text
};

// The subject becomes the name of a file.
bool is_subject(std::string_view text) {
    constexpr std::size_t id_digits = 32;
    constexpr std::size_t number_digits_max = 10;
    if (text.size() < id_digits + 2 || text.size() > id_digits + 1 + number_digits_max) {
        return false;
    }
    if (text[id_digits] != '-' || !parse_event_id(text.substr(0, id_digits))) return false;
    return text.substr(id_digits + 1).find_first_not_of("0123456789") == text.npos;
}

std::optional<Parts> parts_behind(std::string_view beginning, std::string_view sealed) {
    if (!sealed.starts_with(beginning)) return std::nullopt;
    sealed.remove_prefix(beginning.size());
    const auto end = sealed.find(':');
    if (end == sealed.npos || !is_subject(sealed.substr(0, end))) return std::nullopt;
    return Parts{sealed.substr(0, end), sealed.substr(end + 1)};
}

std::string_view credentials_beginning() {
    return {&credentials_version, 1};
}

// Neither a context of credentials nor one of another subject: those hold a line break.
std::string text_context(std::string_view subject) {
    return "text of " + std::string{subject};
}

// What a text's length would tell of a name is told to within this many bytes.
std::string padding_of(std::string_view text) {
    constexpr std::size_t block = 32;
    return std::string((block - text.size() % block) % block, ' ');
}

Result<void> overwrite(const std::string& path) {
    const UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW)};
    if (!fd.valid()) {
        return os_error(errno == ENOENT ? Errc::not_found : Errc::unavailable,
                        "cannot open the key file", path);
    }
    constexpr std::array<char, key_bytes> nothing{};
    const ssize_t count = ::pwrite(fd.get(), nothing.data(), nothing.size(), 0);
    if (count != static_cast<ssize_t>(nothing.size()) || ::fsync(fd.get()) != 0) {
        return os_error(Errc::unavailable, "cannot overwrite the key file", path);
    }
    return success();
}

}  // namespace

std::string to_text(const Subject& subject) {
    return ledger::to_text(subject.account) + "-" + std::to_string(subject.erasures);
}

std::string SubjectKeys::path_of(std::string_view subject) const {
    return directory_ + "/" + std::string{subject} + ".key";
}

Result<CredentialVault> SubjectKeys::key(std::string_view subject) const {
    return CredentialVault::open_existing(path_of(subject));
}

Result<CredentialVault> SubjectKeys::make_key(const Subject& subject) const {
    const std::string name = to_text(subject);
    auto present = key(name);
    if (present || present.error().code != Errc::not_found) return present;
    if (directory_.empty()) return Error{Errc::unavailable, "there is no place for keys", {}};
    if (::mkdir(directory_.c_str(), 0700) != 0 && errno != EEXIST) {
        return os_error(Errc::unavailable, "cannot make the directory of keys", directory_);
    }
    BOOST_OUTCOME_TRYV(sync_parent_directory(directory_));
    return CredentialVault::open_or_create(path_of(name));
}

Result<std::string> SubjectKeys::seal(const Subject& subject, std::string_view text) const {
    if (text.empty()) return std::string{};
    BOOST_OUTCOME_TRY(const CredentialVault key, make_key(subject));
    const std::string name = to_text(subject);
    const std::string bytes =
        key.seal({{"text", std::string{text}}, {"padding", padding_of(text)}}, text_context(name));
    return std::string{text_beginning} + name + ":" + proof::to_base64(bytes);
}

Result<std::string> SubjectKeys::seal(const Subject& subject, const Credentials& credentials,
                                      std::string_view context) const {
    if (credentials.empty()) return std::string{};
    BOOST_OUTCOME_TRY(const CredentialVault key, make_key(subject));
    return std::string{credentials_beginning()} + to_text(subject) + ":" +
           key.seal(credentials, context);
}

std::string SubjectKeys::read(std::string_view text) const {
    constexpr std::string_view unreadable = "(sealed)";
    const auto parts = parts_behind(text_beginning, text);
    if (!parts) return std::string{text};
    if (directory_.empty()) return std::string{unreadable};
    const auto found = key(parts->subject);
    if (!found && found.error().code == Errc::not_found) return "(erased)";
    const auto bytes = proof::from_base64(parts->bytes, "text");
    if (!found || !bytes) return std::string{unreadable};
    auto opened = found.value().open(bytes.value(), text_context(parts->subject));
    if (!opened || !opened.value().contains("text")) return std::string{unreadable};
    return std::move(opened.value().at("text"));
}

bool SubjectKeys::sealed(std::string_view credentials) {
    return credentials.starts_with(credentials_beginning());
}

Result<Credentials> SubjectKeys::open(std::string_view credentials,
                                      std::string_view context) const {
    const auto parts = parts_behind(credentials_beginning(), credentials);
    if (!parts) return Error{Errc::corrupt, "the credentials name no key", {}};
    const auto found = key(parts->subject);
    if (!found && found.error().code == Errc::not_found) {
        return Error{Errc::not_found, "the key of the credentials is gone", {}};
    }
    if (!found) return found.error();
    return found.value().open(parts->bytes, context);
}

Result<void> SubjectKeys::destroy(const Subject& subject) const {
    const std::string path = path_of(to_text(subject));
    const auto overwritten = overwrite(path);
    if (!overwritten && overwritten.error().code != Errc::not_found) return overwritten.error();
    if (overwritten && ::unlink(path.c_str()) != 0) {
        return os_error(Errc::unavailable, "cannot remove the key file", path);
    }
    return success();
}

Result<void> SubjectKeys::destroy_former(const Subject& present) const {
    if (present.erasures == 0 || ::access(directory_.c_str(), F_OK) != 0) return success();
    for (std::uint32_t former = 0; former < present.erasures; ++former) {
        BOOST_OUTCOME_TRYV(destroy({present.account, former}));
    }
    // Also where all were gone: a removal may have been cut short before this.
    return sync_parent_directory(path_of(to_text(present)));
}

Result<Credentials> open_credentials(const CredentialVault& vault, const SubjectKeys& subjects,
                                     std::string_view sealed, std::string_view context) {
    if (SubjectKeys::sealed(sealed)) return subjects.open(sealed, context);
    return vault.open(sealed, context);
}

}  // namespace ledger::vault
