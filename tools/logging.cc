#include "tools/logging.h"

#include "ledger/text/json_writer.h"

#include <memory>
#include <string>
#include <string_view>

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace tools {

namespace {

// "%*": the message as a JSON string.
class JsonMessage final : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& message, const std::tm&,
                spdlog::memory_buf_t& out) override {
        std::string text;
        ledger::text::JsonWriter{text}.string({message.payload.data(), message.payload.size()});
        out.append(text.data(), text.data() + text.size());
    }

    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<JsonMessage>();
    }
};

spdlog::level::level_enum level_of(Severity severity) {
    switch (severity) {
        case Severity::info:
            return spdlog::level::info;
        case Severity::warning:
            return spdlog::level::warn;
        case Severity::error:
            return spdlog::level::err;
        case Severity::critical:
            return spdlog::level::critical;
    }
    return spdlog::level::critical;
}

}  // namespace

void start_logging() {
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<JsonMessage>('*').set_pattern(
        R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l","message":%*})");
    auto logger = std::make_shared<spdlog::logger>(
        "copyledger", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_formatter(std::move(formatter));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

void log(Severity severity, std::string_view message) {
    spdlog::log(level_of(severity), spdlog::string_view_t{message.data(), message.size()});
}

}  // namespace tools
