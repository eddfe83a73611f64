#include "tests/ledger/journal_fixture.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ledger::log::test {

namespace fs = std::filesystem;

namespace {

// Catch writes to standard output what it likes.
constexpr int parent_fd = 3;

}  // namespace

ScratchDirectory::ScratchDirectory() {
    std::string pattern = (fs::temp_directory_path() / "journal_test.XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
}

ScratchDirectory::~ScratchDirectory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string record_of(std::uint64_t number) {
    return "record " + std::to_string(number) + std::string(number % 300, 'x');
}

EventId id_of(std::uint64_t number) {
    return NaturalKey("test.id").add(number).id();
}

EventId alias_of(std::uint64_t number) {
    return NaturalKey("test.alias").add(number).id();
}

EntityKey account_of(std::uint64_t number) {
    return {'a', number % 3};
}

Result<void> append_next(Journal& journal, std::uint64_t count) {
    struct Parts {
        std::string record;
        std::array<EventId, 2> ids;
        std::array<EntityKey, 2> entities;
    };

    std::vector<Parts> parts;
    for (std::uint64_t i = 1; i <= count; ++i) {
        const std::uint64_t number = journal.last_sequence() + i;
        parts.push_back({record_of(number),
                         {id_of(number), alias_of(number)},
                         {account_of(number), the_order}});
    }
    std::vector<JournalEntry> batch;
    for (const Parts& part : parts) batch.push_back({part.record, part.ids, part.entities});
    return journal.append(batch);
}

void check_records(const Journal& journal, SequenceNumber first, SequenceNumber last) {
    SequenceNumber next = first;
    const auto scanned = journal.scan(first, last, [&](SequenceNumber sequence, auto record) {
        CHECK(sequence == next);
        CHECK(record == record_of(sequence));
        ++next;
        return true;
    });
    if (!scanned) FAIL(scanned.error().detail);
    CHECK(next == last + 1);
}

Result<std::unique_ptr<RocksdbJournal>> open_journal(const std::string& directory) {
    return RocksdbJournal::open({.directory = directory});
}

Result<std::unique_ptr<RocksdbJournal>> open_reader(const std::string& directory) {
    return RocksdbJournal::open({.directory = directory, .read_only = true});
}

std::unique_ptr<RocksdbJournal> writer_of(const std::string& directory) {
    auto journal = open_journal(directory);
    if (!journal) FAIL(journal.error().detail);
    return std::move(journal).value();
}

std::unique_ptr<RocksdbJournal> reader_of(const std::string& directory) {
    auto journal = open_reader(directory);
    if (!journal) FAIL(journal.error().detail);
    return std::move(journal).value();
}

std::vector<fs::path> log_files(const std::string& directory, const std::string& extension) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory + "/log")) {
        if (entry.path().extension() == extension) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void flip_byte(const fs::path& file, std::uint64_t offset) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(offset));
    const int byte = stream.get();
    REQUIRE(byte != std::char_traits<char>::eof());
    stream.seekp(static_cast<std::streamoff>(offset));
    stream.put(static_cast<char>(byte ^ 0x40));
    REQUIRE(stream.flush());
}

Child::Child(const std::string& test_case, const std::string& directory) {
    std::array<int, 2> down{};
    std::array<int, 2> up{};
    REQUIRE(::pipe2(down.data(), O_CLOEXEC) == 0);
    REQUIRE(::pipe2(up.data(), O_CLOEXEC) == 0);
    pid_ = ::fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY);
        const bool ready = ::dup2(down[0], STDIN_FILENO) >= 0 &&
                           ::dup2(nowhere, STDOUT_FILENO) >= 0 && ::dup2(up[1], parent_fd) >= 0 &&
                           ::chdir(directory.c_str()) == 0;
        if (ready) ::execl("/proc/self/exe", "child", test_case.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(down[0]);
    ::close(up[1]);
    to_child_ = ::fdopen(down[1], "w");
    from_child_ = ::fdopen(up[0], "r");
    REQUIRE((to_child_ != nullptr && from_child_ != nullptr));
}

Child::~Child() {
    if (pid_ > 0) {
        kill_now();
        static_cast<void>(wait());
    }
    std::fclose(from_child_);
    std::fclose(to_child_);
}

std::optional<std::string> Child::read_line() {
    std::string line;
    for (int c = std::fgetc(from_child_); c != EOF; c = std::fgetc(from_child_)) {
        if (c == '\n') return line;
        line.push_back(static_cast<char>(c));
    }
    return std::nullopt;
}

void Child::write_line(const std::string& line) {
    REQUIRE(std::fputs((line + "\n").c_str(), to_child_) >= 0);
    REQUIRE(std::fflush(to_child_) == 0);
}

void Child::kill_now() {
    ::kill(pid_, SIGKILL);
}

int Child::wait() {
    int status = 0;
    REQUIRE(::waitpid(pid_, &status, 0) == pid_);
    pid_ = -1;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

void tell_parent(const std::string& line) {
    const std::string text = line + "\n";
    REQUIRE(::write(parent_fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

}  // namespace ledger::log::test
