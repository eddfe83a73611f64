// Where the server of a data directory listens, as a file in it: so that a command can reach who
// holds the directory.
#pragma once

#include <optional>
#include <string>

namespace tools {

// There for as long as the server takes requests; one that was killed leaves it behind.
class ServerFile {
  public:
    ServerFile(const std::string& data, const std::string& url);
    ~ServerFile();
    ServerFile(const ServerFile&) = delete;
    ServerFile& operator=(const ServerFile&) = delete;

  private:
    std::string path_;
};

// A URL at which this machine reaches the server: one that listens on every address is asked at the
// loopback.
[[nodiscard]] std::optional<std::string> server_url(const std::string& data);

}  // namespace tools
