// A bounded queue from many producers to one consumer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace ledger {

template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t items_max) : items_max_(items_max) {}

    // False, and `item` untouched, when the queue is full or closed.
    [[nodiscard]] bool try_push(T&& item) {
        {
            const std::scoped_lock lock{mutex_};
            if (closed_ || items_.size() >= items_max_) return false;
            items_.push_back(std::move(item));
        }
        filled_.notify_one();
        return true;
    }

    // Waits for room. False when the queue is closed.
    [[nodiscard]] bool push(T&& item) {
        {
            std::unique_lock lock{mutex_};
            emptied_.wait(lock, [this] { return closed_ || items_.size() < items_max_; });
            if (closed_) return false;
            items_.push_back(std::move(item));
        }
        filled_.notify_one();
        return true;
    }

    // Moves up to `count_max` items to the end of `out`, waiting up to `patience` for the first.
    // False once the queue is closed and empty.
    [[nodiscard]] bool pop_some(std::vector<T>& out, std::size_t count_max,
                                std::chrono::milliseconds patience) {
        std::unique_lock lock{mutex_};
        filled_.wait_for(lock, patience, [this] { return closed_ || !items_.empty(); });
        const bool was_full = items_.size() >= items_max_;
        for (std::size_t n = 0; n < count_max && !items_.empty(); ++n) {
            out.push_back(std::move(items_.front()));
            items_.pop_front();
        }
        const bool open = !closed_ || !out.empty();
        lock.unlock();
        if (was_full) emptied_.notify_all();
        return open;
    }

    // What is queued can still be taken; nothing more can be added.
    void close() {
        {
            const std::scoped_lock lock{mutex_};
            closed_ = true;
        }
        filled_.notify_all();
        emptied_.notify_all();
    }

    [[nodiscard]] std::size_t size() const {
        const std::scoped_lock lock{mutex_};
        return items_.size();
    }

  private:
    const std::size_t items_max_;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable emptied_;
    std::deque<T> items_;
    bool closed_ = false;
};

}  // namespace ledger
