// What is fuzzed: functions that take any bytes whatever. libFuzzer runs them one by one (engine/),
// the tests run them all over the corpus.
#pragma once

#include <array>
#include <stdexcept>
#include <string_view>

namespace fuzz {

using Input = std::string_view;

// Something was neither refused nor handled as it must be.
class BrokenLaw : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

inline void law(bool holds, const char* what) {
    if (!holds) throw BrokenLaw{what};
}

// One file each in targets/, which says what its input is.
void base_url(Input input);
void config(Input input);
void decimal(Input input);
void http_request(Input input);
void http_response(Input input);
void import_lines(Input input);
void instant(Input input);
void instruments(Input input);
void json(Input input);
void proofs(Input input);
void record(Input input);
void request_bodies(Input input);
void snapshot(Input input);
void tokens(Input input);
void webhook(Input input);
void xts_answer(Input input);
void xts_book(Input input);

struct Target {
    std::string_view name;
    void (*run)(Input input);
};

inline constexpr std::array targets{
    Target{"base_url", base_url},
    Target{"config", config},
    Target{"decimal", decimal},
    Target{"http_request", http_request},
    Target{"http_response", http_response},
    Target{"import_lines", import_lines},
    Target{"instant", instant},
    Target{"instruments", instruments},
    Target{"json", json},
    Target{"proofs", proofs},
    Target{"record", record},
    Target{"request_bodies", request_bodies},
    Target{"snapshot", snapshot},
    Target{"tokens", tokens},
    Target{"webhook", webhook},
    Target{"xts_answer", xts_answer},
    Target{"xts_book", xts_book},
};

}  // namespace fuzz
