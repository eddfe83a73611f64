#include "tools/server_file.h"

#include "tools/data_directory.h"
#include "tools/logging.h"

#include <filesystem>
#include <fstream>

namespace tools {

namespace {

// "0.0.0.0" and "[::]" are where one listens, not where one is reached.
std::string reachable(std::string url) {
    for (const auto& [every, loopback] :
         {std::pair{"//0.0.0.0:", "//127.0.0.1:"}, std::pair{"//[::]:", "//[::1]:"}}) {
        const std::size_t at = url.find(every);
        if (at != std::string::npos) url.replace(at, std::string{every}.size(), loopback);
    }
    return url;
}

}  // namespace

ServerFile::ServerFile(const std::string& data, const std::string& url)
    : path_(DataPaths{data}.server()) {
    std::ofstream file{path_};
    file << reachable(url) << '\n';
    if (!file.flush()) log_warning("cannot write {}: commands do not find this server", path_);
}

ServerFile::~ServerFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

std::optional<std::string> server_url(const std::string& data) {
    std::ifstream file{DataPaths{data}.server()};
    std::string url;
    if (!std::getline(file, url) || url.empty()) return std::nullopt;
    return url;
}

}  // namespace tools
