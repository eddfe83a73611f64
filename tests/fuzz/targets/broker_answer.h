// A broker's answer as one input: its HTTP status in digits, a line end, its body.
#pragma once

#include "executors/brokers/xts/xts_answer.h"
#include "tests/fuzz/target.h"

namespace fuzz {

inline executors::xts::RawAnswer broker_answer(Input input) {
    executors::xts::RawAnswer answer;
    while (!input.empty() && input.front() != '\n') {
        answer.status =
            (answer.status * 10 + static_cast<unsigned char>(input.front()) % 16) % 1000;
        input.remove_prefix(1);
    }
    if (!input.empty()) input.remove_prefix(1);
    answer.body = input;
    return answer;
}

// What such a status says, nobody knows who answered and whether the request got through.
inline bool leaves_open(unsigned status) {
    return status >= 500 || status == 408 || status < 200;
}

inline bool is_success(unsigned status) {
    return status >= 200 && status < 300;
}

}  // namespace fuzz
