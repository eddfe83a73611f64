// Appends compact JSON to a string. The caller keeps the nesting right; misuse asserts. Values on
// the top level follow one another without a separator, which is the caller's to write.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ledger::text {

class JsonWriter {
  public:
    // "*out" must outlive the writer; text is appended to what it holds.
    explicit JsonWriter(std::string& out) : out_(out) {}

    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    void begin_object();
    void end_object();
    void begin_array();
    void end_array();
    void key(std::string_view name);

    void string(std::string_view text);  // escaped; each byte of invalid UTF-8 becomes U+FFFD
    void number(std::int64_t value);     // a JSON number: for counts
    void number_text(std::string_view verbatim);  // a number as its text; asserts that it is one
    void boolean(bool value);
    void null();

    void member(std::string_view name, std::string_view text) { key(name), string(text); }

    void member_number(std::string_view name, std::int64_t value) { key(name), number(value); }

    void member_boolean(std::string_view name, bool value) { key(name), boolean(value); }

    // 64-bit integers that are not mere counts are strings in JSON.
    void member_integer(std::string_view name, std::int64_t value) {
        member(name, std::to_string(value));
    }

  private:
    void before_value();

    struct Level {
        bool object;
        bool empty;
    };

    std::string& out_;
    std::vector<Level> levels_;
    bool after_key_ = false;
};

}  // namespace ledger::text
