#include "tools/historian.h"

#include <chrono>
#include <utility>
#include <vector>

namespace tools {

namespace {

constexpr std::size_t questions_max = 64;
constexpr std::chrono::milliseconds kept_for{60'000};  // after the last question

}  // namespace

Historian::Historian(const ledger::log::Journal& journal, std::string directory)
    : history_(journal, std::move(directory)), queue_(questions_max), thread_([this] { run(); }) {}

Historian::~Historian() {
    stopping_ = true;
    queue_.close();
    thread_.join();
}

bool Historian::ask(Question question) {
    return queue_.try_push(std::move(question));
}

void Historian::run() {
    std::vector<Question> questions;
    while (queue_.pop_some(questions, 1, kept_for)) {
        if (questions.empty()) history_.forget();
        for (const Question& question : questions) {
            if (!stopping_) question(history_);
        }
        questions.clear();
    }
}

}  // namespace tools
