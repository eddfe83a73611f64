#include "tools/witness_post.h"

#include "tools/logging.h"
#include "tools/server_call.h"

#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

namespace tools {

namespace {

constexpr std::size_t notes_max = 4096;  // more than an hour's
constexpr std::chrono::milliseconds pause{1000};

}  // namespace

WitnessPost::WitnessPost(std::string url)
    : url_(std::move(url)), queue_(notes_max), thread_([this] { run(); }) {}

WitnessPost::~WitnessPost() {
    queue_.close();
    thread_.join();
}

void WitnessPost::tell(std::string note) {
    // Full where one post takes longer than an hour: the next note says as much and more.
    static_cast<void>(queue_.try_push(std::move(note)));
}

void WitnessPost::run() {
    std::vector<std::string> notes;
    for (bool open = true; open;) {
        open = queue_.pop_some(notes, notes_max, pause);
        for (std::string& note : notes) waiting_.push_back(std::move(note));
        notes.clear();
        while (waiting_.size() > notes_max) waiting_.pop_front();
        post_waiting();
    }
}

void WitnessPost::post_waiting() {
    while (!waiting_.empty()) {
        const auto posted = post_text(url_, waiting_.front());
        if (!posted && !fails_) {
            log_error("the witness gets no checkpoints: {}", posted.error().detail);
        }
        fails_ = !posted;
        if (fails_) return;
        waiting_.pop_front();
    }
}

}  // namespace tools
