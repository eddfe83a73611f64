#include "ledger/vault/subject_keys.h"

#include "ledger/model/event.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ledger::vault::subject_keys_test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view context = "blaze\nF1";
const Credentials credentials{{"appKey", "5f2a91c0"}, {"secretKey", "Kqz#772@wY"}};

Subject subject_of(const std::string& code, std::uint32_t erasures = 0) {
    return {account_id({AccountRole::follower, "blaze", code, code}), erasures};
}

const Subject asha = subject_of("F1");

// A data directory of its own, gone at the end.
class KeyDirectory {
  public:
    KeyDirectory() {
        std::string pattern = (fs::temp_directory_path() / "subjects-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        data_ = pattern;
    }

    KeyDirectory(const KeyDirectory&) = delete;
    KeyDirectory& operator=(const KeyDirectory&) = delete;

    ~KeyDirectory() { fs::remove_all(data_); }

    [[nodiscard]] std::string path() const { return (data_ / "subjects").string(); }

    [[nodiscard]] SubjectKeys keys() const { return SubjectKeys{path()}; }

    [[nodiscard]] fs::path key_of(const Subject& subject) const {
        return data_ / "subjects" / (to_text(subject) + ".key");
    }

  private:
    fs::path data_;
};

std::string content_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

mode_t mode_of(const fs::path& path) {
    struct stat status {};

    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

TEST_CASE("any text comes back exactly, also after a restart", "[ledger]") {
    const KeyDirectory directory;
    rc::prop("read() undoes seal()", [&](const std::string& text) {
        const std::string sealed = directory.keys().seal(asha, text).value();
        RC_ASSERT(sealed.empty() == text.empty());
        RC_ASSERT(text.empty() || sealed.starts_with("sealed:1:" + to_text(asha) + ":"));
        RC_ASSERT(directory.keys().read(sealed) == text);
    });
}

TEST_CASE("credentials come back for their context alone", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string sealed = keys.seal(asha, credentials, context).value();
    CHECK(SubjectKeys::sealed(sealed));
    CHECK(keys.open(sealed, context).value() == credentials);
    CHECK(keys.open(sealed, "blaze\nF2").error().code == Errc::corrupt);
    CHECK(sealed.find("Kqz#772@wY") == std::string::npos);
    CHECK(keys.seal(asha, Credentials{}, context).value().empty());
}

TEST_CASE("equal texts of a subject are sealed into equal ones, those of two into others",
          "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string sealed = keys.seal(asha, "Asha Rao").value();
    CHECK(directory.keys().seal(asha, "Asha Rao").value() == sealed);
    CHECK(keys.seal(asha, "Asha Rap").value() != sealed);
    const auto bytes = [](const std::string& text) { return text.substr(text.rfind(':')); };
    CHECK(bytes(keys.seal(subject_of("F2"), "Asha Rao").value()) != bytes(sealed));
    CHECK(bytes(keys.seal(subject_of("F1", 1), "Asha Rao").value()) != bytes(sealed));
    CHECK(keys.seal(asha, credentials, context).value() ==
          keys.seal(asha, credentials, context).value());
}

TEST_CASE("a sealed text's length does not tell its own", "[ledger]") {
    const KeyDirectory directory;
    std::set<std::size_t> lengths;
    for (std::size_t length = 1; length <= 32; ++length) {
        lengths.insert(directory.keys().seal(asha, std::string(length, 'x')).value().size());
    }
    CHECK(lengths.size() == 1);
}

TEST_CASE("a subject's key is its owner's alone, in a directory that is too", "[ledger]") {
    const KeyDirectory directory;
    REQUIRE(directory.keys().seal(asha, "Asha").has_value());
    CHECK(mode_of(directory.key_of(asha)) == 0600);
    CHECK(fs::file_size(directory.key_of(asha)) == 32);
    CHECK(mode_of(directory.path()) == 0700);
    REQUIRE(directory.keys().seal(subject_of("F2"), "Ravi").has_value());
    CHECK(content_of(directory.key_of(asha)) != content_of(directory.key_of(subject_of("F2"))));
}

TEST_CASE("a key that others may read, or that is none, is refused by its name", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string sealed = keys.seal(asha, "Asha").value();
    const std::string path = directory.key_of(asha).string();
    const auto check_refused = [&](Errc code) {
        const auto refused = keys.seal(asha, "Asha");
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().code == code);
        CHECK(refused.error().detail.find(path) != std::string::npos);
        CHECK(keys.read(sealed) == "(sealed)");
    };
    REQUIRE(::chmod(path.c_str(), 0640) == 0);
    check_refused(Errc::not_allowed);
    REQUIRE(::chmod(path.c_str(), 0600) == 0);
    CHECK(keys.read(sealed) == "Asha");
    for (const std::size_t size : {0U, 31U, 33U}) {
        std::ofstream{path, std::ios::trunc} << std::string(size, 'k');
        check_refused(Errc::corrupt);
    }
}

TEST_CASE("nothing opens without its key, nor with another", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string text = keys.seal(asha, "Asha").value();
    const std::string sealed = keys.seal(asha, credentials, context).value();
    CHECK(SubjectKeys{}.read(text) == "(sealed)");
    CHECK(SubjectKeys{}.seal(asha, "Asha").error().code == Errc::unavailable);
    const KeyDirectory other;
    CHECK(other.keys().read(text) == "(erased)");
    CHECK(other.keys().open(sealed, context).error().code == Errc::not_found);
    REQUIRE(other.keys().seal(asha, "Asha").has_value());
    CHECK(other.keys().read(text) == "(sealed)");
    CHECK(other.keys().open(sealed, context).error().code == Errc::corrupt);
}

TEST_CASE("the subject that a sealed text names cannot be changed for another", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string text = keys.seal(asha, "Asha").value();
    const Subject ravi = subject_of("F2");
    REQUIRE(keys.seal(ravi, "Ravi").has_value());
    std::string other = text;
    other.replace(other.find(to_text(asha)), to_text(asha).size(), to_text(ravi));
    CHECK(keys.read(other) == "(sealed)");
    // Not with the same key either.
    fs::copy_file(directory.key_of(asha), directory.key_of(ravi),
                  fs::copy_options::overwrite_existing);
    CHECK(keys.read(other) == "(sealed)");
}

TEST_CASE("what only looks like a sealed text is read as it is", "[ledger]") {
    const KeyDirectory directory;
    const std::string id = std::string(32, 'a');
    for (const std::string& text :
         {std::string{"Asha"}, std::string{}, std::string{"sealed"}, std::string{"sealed:1:"},
          "sealed:1:" + id + ":QQ==", "sealed:1:" + id + "-:QQ==", "sealed:1:" + id + "-x:QQ==",
          "sealed:1:" + id + "-12345678901:QQ==", "sealed:2:" + id + "-0:QQ==",
          "sealed:1:../" + id + "-0:QQ==", "sealed:1:" + id + "-0"}) {
        CHECK(directory.keys().read(text) == text);
    }
    CHECK(directory.keys().read("sealed:1:" + id + "-0:QQ==") == "(erased)");
}

TEST_CASE("a destroyed key opens nothing any more, and a second time is no error", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const std::string text = keys.seal(asha, "Asha").value();
    const std::string sealed = keys.seal(asha, credentials, context).value();
    const std::string ravi = keys.seal(subject_of("F2"), "Ravi").value();
    // What another name of the same file would keep is overwritten.
    const std::string kept = directory.path() + "/kept";
    fs::create_hard_link(directory.key_of(asha), kept);
    for (int times = 0; times < 2; ++times) {
        CHECK(keys.destroy_former(subject_of("F1", 1)).has_value());
        CHECK_FALSE(fs::exists(directory.key_of(asha)));
        CHECK(content_of(kept) == std::string(32, '\0'));
        CHECK(keys.read(text) == "(erased)");
        CHECK(keys.open(sealed, context).error().code == Errc::not_found);
        CHECK(keys.read(ravi) == "Ravi");
    }
}

TEST_CASE("former subjects' keys are destroyed, the present one's is kept", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    CHECK(keys.destroy_former(subject_of("F1", 3)).has_value());  // there is no directory yet
    std::vector<std::string> texts;
    for (std::uint32_t erasures = 0; erasures < 3; ++erasures) {
        texts.push_back(keys.seal(subject_of("F1", erasures), "Asha").value());
    }
    CHECK(keys.destroy_former(asha).has_value());
    CHECK(keys.read(texts[0]) == "Asha");
    CHECK(keys.destroy_former(subject_of("F1", 2)).has_value());
    CHECK(keys.read(texts[0]) == "(erased)");
    CHECK(keys.read(texts[1]) == "(erased)");
    CHECK(keys.read(texts[2]) == "Asha");
}

TEST_CASE("a key that cannot be destroyed is told by its name", "[ledger]") {
    const KeyDirectory directory;
    fs::create_directories(directory.key_of(asha));
    const auto refused = directory.keys().destroy_former(subject_of("F1", 1));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == Errc::unavailable);
    CHECK(refused.error().detail.find(directory.key_of(asha)) != std::string::npos);
}

TEST_CASE("credentials from before there were subjects' keys open with the directory's",
          "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    const auto vault = CredentialVault::open_or_create(directory.path() + "-vault.key");
    REQUIRE(vault.has_value());
    const std::string former = vault.value().seal(credentials, context);
    CHECK_FALSE(SubjectKeys::sealed(former));
    CHECK(open_credentials(vault.value(), keys, former, context).value() == credentials);
    const std::string sealed = keys.seal(asha, credentials, context).value();
    CHECK(open_credentials(vault.value(), keys, sealed, context).value() == credentials);
    CHECK(open_credentials(vault.value(), keys, "", context).value().empty());
}

// The stored form: what was sealed by an earlier version must open for ever.
TEST_CASE("the sealed form does not change", "[ledger]") {
    const KeyDirectory directory;
    const SubjectKeys keys = directory.keys();
    REQUIRE(keys.seal(asha, "Asha").has_value());
    std::ofstream{directory.key_of(asha), std::ios::trunc} << std::string(32, 'k');
    const std::string sealed = keys.seal(asha, "Asha Rao").value();
    CHECK(sealed ==
          "sealed:1:d12a870ce9275f5fc2a0cbfb3eed4468-0:"
          "AWLEgMPS71rSqH4OOYdEcQ/mFeTgVGTFSvYHqhn60iEoCaVHWRjExHLtnWrpa/Mdtnj6qpO7BC1YHeUD2HytOt"
          "vST/kRNnGaRF2f22J+YzTiig5yjMPb8gaeQjYYpG+49Q3hJRVbyEc=");
    CHECK(keys.read(sealed) == "Asha Rao");
}

}  // namespace
}  // namespace ledger::vault::subject_keys_test
