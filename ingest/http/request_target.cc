#include "ingest/http/request_target.h"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace ingest::http {

namespace urls = boost::urls;

namespace {

void read_path(const urls::url_view& url, Request& request) {
    for (const auto& segment : url.segments()) request.segments.emplace_back(segment);
    // "/a/b/" names what "/a/b" names.
    if (!request.segments.empty() && request.segments.back().empty()) request.segments.pop_back();
    request.path = url.path();
    if (request.path.empty()) request.path.push_back('/');
}

void read_query(const urls::url_view& url, Request& request) {
    if (!url.has_query()) return;
    for (const auto& param : url.params()) request.query.emplace_back(param.key, param.value);
}

}  // namespace

bool read_request_target(std::string_view target, Request& request) {
    if (target.empty() || target.find("%00") != std::string_view::npos) return false;
    const auto url =
        target.front() == '/' ? urls::parse_origin_form(target) : urls::parse_absolute_uri(target);
    if (!url || url->has_fragment()) return false;
    read_path(*url, request);
    read_query(*url, request);
    return true;
}

}  // namespace ingest::http
