#include "tests/ledger/simulated_disk.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include <catch2/catch.hpp>

namespace ledger::log::test {
namespace {

namespace fs = std::filesystem;

// RocksDB's diary and the locks: their loss means nothing.
bool is_of_no_consequence(const std::string& name) {
    const std::string file = fs::path(name).filename();
    return file.starts_with("LOG") || file == "LOCK" || file == "lock";
}

std::string bytes_of(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

std::string parent_of(const std::string& name) {
    return fs::path(name).parent_path();
}

bool takes_room(Operation operation) {
    return operation == Operation::create || operation == Operation::append ||
           operation == Operation::create_directory;
}

}  // namespace

SimulatedDisk::SimulatedDisk(std::string directory) : directory_(std::move(directory)) {
    if (!fs::exists(directory_)) return;
    for (const auto& entry : fs::recursive_directory_iterator(directory_)) {
        const std::string name = within(entry.path());
        if (is_of_no_consequence(name)) continue;
        auto file = std::make_shared<File>();
        file->is_directory = entry.is_directory();
        if (!file->is_directory) file->written = bytes_of(entry.path());
        file->synced = file->written;
        names_.emplace(name, std::move(file));
    }
    synced_names_ = names_;
}

void SimulatedDisk::plan(const Fault& fault) {
    const std::scoped_lock lock(mutex_);
    fault_ = fault;
}

std::uint64_t SimulatedDisk::operations() const {
    const std::scoped_lock lock(mutex_);
    return operations_;
}

std::uint64_t SimulatedDisk::operations(Operation operation) const {
    const std::scoped_lock lock(mutex_);
    return operations_by_kind_.at(static_cast<std::size_t>(operation));
}

void SimulatedDisk::cut_power() {
    const std::scoped_lock lock(mutex_);
    powered_ = false;
}

std::size_t SimulatedDisk::last_write_size() const {
    const std::scoped_lock lock(mutex_);
    return last_write_.size;
}

Verdict SimulatedDisk::admit(Operation operation) {
    const std::scoped_lock lock(mutex_);
    if (fault_.kind == Fault::Kind::power_cut && operations_ + 1 >= fault_.at) powered_ = false;
    if (!powered_) return Verdict::io_error;
    ++operations_;
    ++operations_by_kind_.at(static_cast<std::size_t>(operation));
    switch (fault_.kind) {
        case Fault::Kind::none:
        case Fault::Kind::power_cut:
            return Verdict::done;
        case Fault::Kind::once:
            return operations_ == fault_.at ? Verdict::io_error : Verdict::done;
        case Fault::Kind::for_ever:
            return operations_ >= fault_.at ? Verdict::io_error : Verdict::done;
        case Fault::Kind::disk_full:
            return operations_ >= fault_.at && takes_room(operation) ? Verdict::no_space
                                                                     : Verdict::done;
    }
    return Verdict::done;
}

std::string SimulatedDisk::within(const std::string& path) const {
    return fs::path(path).lexically_normal().lexically_relative(
        fs::path(directory_).lexically_normal());
}

SimulatedDisk::FileRef SimulatedDisk::find(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    const auto found = names_.find(within(path));
    // What is not kept track of may be written to, to no effect.
    return found == names_.end() ? std::make_shared<File>() : found->second;
}

SimulatedDisk::FileRef SimulatedDisk::create(const std::string& path) {
    auto file = std::make_shared<File>();
    const std::scoped_lock lock(mutex_);
    if (powered_) names_[within(path)] = file;
    return file;
}

void SimulatedDisk::note_write(const File& file, std::size_t offset, std::size_t size) {
    last_write_ = {&file, offset, size};
}

void SimulatedDisk::append(File& file, std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    if (!powered_) return;
    note_write(file, file.written.size(), bytes.size());
    file.written.append(bytes);
}

void SimulatedDisk::overwrite(File& file, std::size_t offset, std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    if (!powered_) return;
    note_write(file, offset, bytes.size());
    if (file.written.size() < offset + bytes.size()) file.written.resize(offset + bytes.size());
    std::copy(bytes.begin(), bytes.end(),
              file.written.begin() + static_cast<std::ptrdiff_t>(offset));
}

void SimulatedDisk::truncate(File& file, std::size_t size) {
    const std::scoped_lock lock(mutex_);
    if (powered_) file.written.resize(size);
}

void SimulatedDisk::sync(File& file) {
    const std::scoped_lock lock(mutex_);
    if (powered_) file.synced = file.written;
}

void SimulatedDisk::fail_sync(File& file) {
    const std::scoped_lock lock(mutex_);
    if (!powered_) return;
    const std::size_t size = file.written.size();
    file.written = file.synced;
    file.written.resize(size);
}

void SimulatedDisk::create_directory(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!powered_ || names_.contains(within(path))) return;
    auto file = std::make_shared<File>();
    file->is_directory = true;
    names_.emplace(within(path), std::move(file));
}

void SimulatedDisk::rename(const std::string& from, const std::string& to) {
    const std::scoped_lock lock(mutex_);
    const auto found = names_.find(within(from));
    if (!powered_ || found == names_.end()) return;
    auto file = found->second;
    names_.erase(found);
    names_[within(to)] = std::move(file);
}

void SimulatedDisk::remove(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (powered_) names_.erase(within(path));
}

void SimulatedDisk::sync_directory(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!powered_) return;
    const std::string directory = within(path) == "." ? "" : within(path);
    const auto lies_in_it = [&](const auto& name) { return parent_of(name.first) == directory; };
    std::erase_if(synced_names_, lies_in_it);
    for (const auto& name : names_) {
        if (lies_in_it(name)) synced_names_.insert(name);
    }
}

std::string SimulatedDisk::content_after(const Crash& crash, const File& file) const {
    if (crash.data == Crash::Data::written) return file.written;
    if (crash.data == Crash::Data::synced || last_write_.file != &file) return file.synced;
    const std::size_t survives = last_write_.offset + std::min(crash.torn_at, last_write_.size);
    std::string content = file.written.substr(0, survives);
    if (file.synced.size() > survives) content += file.synced.substr(survives);
    return content;
}

void SimulatedDisk::lay_out(const Crash& crash, const std::string& directory) const {
    const std::scoped_lock lock(mutex_);
    fs::remove_all(directory);
    fs::create_directory(directory);
    // A directory stands before what lies in it.
    for (const auto& [name, file] : crash.names ? names_ : synced_names_) {
        const fs::path path = fs::path(directory) / name;
        if (!fs::exists(path.parent_path())) continue;
        if (file->is_directory) {
            fs::create_directory(path);
            continue;
        }
        std::ofstream stream(path, std::ios::binary);
        stream << content_after(crash, *file);
        REQUIRE(stream.flush());
    }
}

}  // namespace ledger::log::test
