#include "ledger/vault/credential_vault.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <sys/stat.h>

namespace ledger::vault::credential_vault_test {
namespace {

constexpr std::string_view context = "blaze/AR1234";
const Credentials credentials{{"appKey", "5f2a91c0"}, {"secretKey", "Kqz#772@wY"}};

// A directory of its own, gone at the end.
class KeyFolder {
  public:
    KeyFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "vault-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
    }

    KeyFolder(const KeyFolder&) = delete;
    KeyFolder& operator=(const KeyFolder&) = delete;

    ~KeyFolder() { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string key_path() const { return (folder_ / "vault.key").string(); }

    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

  private:
    std::filesystem::path folder_;
};

CredentialVault opened(const std::string& key_path) {
    auto vault = CredentialVault::open_or_create(key_path);
    REQUIRE(vault.has_value());
    return std::move(vault.value());
}

Errc refusal_of(const std::string& key_path) {
    const auto vault = CredentialVault::open_or_create(key_path);
    REQUIRE(!vault.has_value());
    return vault.error().code;
}

void write_file(const std::string& path, const std::string& bytes, mode_t mode) {
    std::ofstream{path} << bytes;
    REQUIRE(::chmod(path.c_str(), mode) == 0);
}

std::string content_of(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

bool is_refused(const Result<Credentials>& result) {
    return !result.has_value() && result.error().code == Errc::corrupt;
}

TEST_CASE("sealed credentials open again, also after a restart", "[ledger]") {
    const KeyFolder folder;
    const std::string sealed = opened(folder.key_path()).seal(credentials, context);
    CHECK(opened(folder.key_path()).open(sealed, context).value() == credentials);
}

TEST_CASE("any credentials come back exactly", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    rc::prop("open is the inverse of seal", [&](const Credentials& any, const std::string& where) {
        RC_ASSERT(vault.open(vault.seal(any, where), where).value() == any);
    });
}

TEST_CASE("no credentials are no bytes", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    CHECK(vault.seal({}, context).empty());
    CHECK(vault.open("", context).value().empty());
}

TEST_CASE("equal credentials for equal accounts are sealed into equal bytes", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    const std::string sealed = vault.seal(credentials, context);
    CHECK(vault.seal(credentials, context) == sealed);
    CHECK(opened(folder.key_path()).seal(credentials, context) == sealed);
}

TEST_CASE("other credentials or another account give another nonce", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    const auto nonce = [](const std::string& sealed) { return sealed.substr(1, 24); };
    const std::string sealed = vault.seal(credentials, context);
    Credentials others = credentials;
    others["secretKey"] = "Kqz#772@wZ";
    CHECK(nonce(vault.seal(others, context)) != nonce(sealed));
    CHECK(nonce(vault.seal(credentials, "blaze/AR1235")) != nonce(sealed));
}

TEST_CASE("sealed bytes open for their own account alone", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    const std::string sealed = vault.seal(credentials, context);
    CHECK(is_refused(vault.open(sealed, "blaze/AR1235")));
    CHECK(is_refused(vault.open(sealed, "")));
}

TEST_CASE("sealed bytes open with their own key alone", "[ledger]") {
    const KeyFolder folder;
    const KeyFolder other;
    const std::string sealed = opened(folder.key_path()).seal(credentials, context);
    CHECK(is_refused(opened(other.key_path()).open(sealed, context)));
}

TEST_CASE("any flipped bit and any truncation of sealed bytes is refused", "[ledger]") {
    const KeyFolder folder;
    const CredentialVault vault = opened(folder.key_path());
    const std::string sealed = vault.seal(credentials, context);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string damaged = sealed;
            damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ (1U << bit));
            REQUIRE(is_refused(vault.open(damaged, context)));
        }
    }
    for (std::size_t size = 1; size < sealed.size(); ++size) {
        REQUIRE(is_refused(vault.open(sealed.substr(0, size), context)));
    }
    CHECK(is_refused(vault.open(sealed + '\0', context)));
}

TEST_CASE("sealed bytes show neither names nor values", "[ledger]") {
    const KeyFolder folder;
    const std::string sealed = opened(folder.key_path()).seal(credentials, context);
    for (const auto& [name, value] : credentials) {
        CHECK(sealed.find(name) == std::string::npos);
        CHECK(sealed.find(value) == std::string::npos);
    }
    CHECK(sealed.find(context) == std::string::npos);
}

// The stored form: credentials sealed by an earlier version must open for ever.
TEST_CASE("bytes sealed by the first version open", "[ledger]") {
    const KeyFolder folder;
    std::string key;
    for (char c = 0; c < 32; ++c) key.push_back(c);
    write_file(folder.key_path(), key, 0600);
    const CredentialVault vault = opened(folder.key_path());
    const std::string_view hex =
        "01ad5e068bac33a379f9a7c3b88bd441bf00945e600174772f243f3a8fca58580ebc8146e9f631f1"
        "0ec12a80940b370998bcbe085c8d93c43934b33b491b52c252b8c8507d4fe3eed1dfee387516f281"
        "4c6d1a2d9aa231e39c8829b1049f";
    std::string sealed;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        sealed.push_back(static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
    }
    CHECK(vault.open(sealed, context).value() == credentials);
    CHECK(vault.seal(credentials, context) == sealed);
}

TEST_CASE("a new key file is its owner's alone and has nothing beside it", "[ledger]") {
    const KeyFolder folder;
    static_cast<void>(opened(folder.key_path()));

    struct stat status {};

    REQUIRE(::stat(folder.key_path().c_str(), &status) == 0);
    CHECK((status.st_mode & 07777) == 0600);
    CHECK(status.st_size == 32);
    const std::filesystem::directory_iterator files{folder.path()};
    CHECK(std::distance(begin(files), end(files)) == 1);
}

TEST_CASE("two new keys differ", "[ledger]") {
    const KeyFolder folder;
    const KeyFolder other;
    static_cast<void>(opened(folder.key_path()));
    static_cast<void>(opened(other.key_path()));
    CHECK(content_of(folder.key_path()) != content_of(other.key_path()));
}

TEST_CASE("a key file that others may use is refused", "[ledger]") {
    const KeyFolder folder;
    static_cast<void>(opened(folder.key_path()));
    for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0601U}) {
        REQUIRE(::chmod(folder.key_path().c_str(), mode) == 0);
        CHECK(refusal_of(folder.key_path()) == Errc::not_allowed);
    }
    REQUIRE(::chmod(folder.key_path().c_str(), 0400) == 0);
    CHECK(CredentialVault::open_or_create(folder.key_path()).has_value());
}

TEST_CASE("a file that holds no key is refused and left as it is", "[ledger]") {
    const KeyFolder folder;
    for (const std::string& bytes : {std::string(), std::string(31, 'k'), std::string(33, 'k')}) {
        write_file(folder.key_path(), bytes, 0600);
        CHECK(refusal_of(folder.key_path()) == Errc::corrupt);
        CHECK(content_of(folder.key_path()) == bytes);
    }
}

TEST_CASE("a key file that is no file, or has no directory, is refused", "[ledger]") {
    const KeyFolder folder;
    CHECK(refusal_of(folder.path().string()) == Errc::not_allowed);
    CHECK(refusal_of((folder.path() / "nowhere" / "vault.key").string()) == Errc::unavailable);
}

TEST_CASE("a vault that was moved from keeps no key", "[ledger]") {
    const KeyFolder folder;
    CredentialVault first = opened(folder.key_path());
    const std::string sealed = first.seal(credentials, context);
    const CredentialVault second = std::move(first);
    CHECK(second.open(sealed, context).value() == credentials);
    CHECK(is_refused(first.open(sealed, context)));  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace ledger::vault::credential_vault_test
