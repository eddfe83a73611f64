#include "ingest/http/router.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ingest::http {

namespace {

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string_view> split_pattern(std::string_view pattern) {
    LEDGER_ASSERT(pattern.starts_with('/'));
    std::vector<std::string_view> segments;
    pattern.remove_prefix(1);
    while (!pattern.empty()) {
        const auto slash = std::min(pattern.find('/'), pattern.size());
        LEDGER_ASSERT(slash > 0);
        segments.push_back(pattern.substr(0, slash));
        pattern.remove_prefix(std::min(slash + 1, pattern.size()));
    }
    return segments;
}

}  // namespace

Router::Node& Router::child(Node& node, std::string_view segment) {
    if (is_parameter(segment)) {
        if (!node.parameter) node.parameter = std::make_unique<Node>();
        return *node.parameter;
    }
    const auto found = std::ranges::find(node.literals, segment, &Node::literal);
    if (found != node.literals.end()) return *found;
    node.literals.emplace_back().literal = segment;
    return node.literals.back();
}

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
    LEDGER_ASSERT(handler != nullptr);
    Route route{std::string(method), std::string(pattern), {}, std::move(handler)};
    Node* node = &root_;
    std::size_t index = 0;
    for (const std::string_view segment : split_pattern(pattern)) {
        if (is_parameter(segment))
            route.parameters.push_back({index, std::string(segment.substr(1, segment.size() - 2))});
        node = &child(*node, segment);
        ++index;
    }
    LEDGER_ASSERT(std::ranges::find(node->routes, method, &Route::method) == node->routes.end());
    node->routes.push_back(std::move(route));
}

std::string Router::allowed_methods(const std::vector<const Route*>& routes) {
    std::set<std::string_view> methods;
    for (const Route* route : routes) methods.insert(route->method);
    if (methods.contains("GET")) methods.insert("HEAD");
    std::string allow;
    for (const std::string_view method : methods)
        allow.append(allow.empty() ? "" : ", ").append(method);
    return allow;
}

void Router::collect(const Node& node, Segments segments, std::vector<const Route*>& routes) {
    if (segments.empty()) {
        for (const Route& route : node.routes) routes.push_back(&route);
        return;
    }
    const std::string& segment = segments.front();
    const auto found = std::ranges::find(node.literals, segment, &Node::literal);
    if (found != node.literals.end()) collect(*found, segments.subspan(1), routes);
    if (node.parameter && !segment.empty()) collect(*node.parameter, segments.subspan(1), routes);
}

Router::Match Router::match(Request& request) const {
    std::vector<const Route*> routes;
    collect(root_, request.segments, routes);
    auto found = std::ranges::find(routes, request.method, &Route::method);
    if (found == routes.end() && request.method == "HEAD")
        found = std::ranges::find(routes, "GET", &Route::method);
    Match match;
    if (found == routes.end()) {
        match.allow = allowed_methods(routes);
        return match;
    }
    for (const Parameter& parameter : (*found)->parameters)
        request.path_params.emplace_back(parameter.name, request.segments[parameter.segment]);
    request.route = (*found)->pattern;
    match.handler = &(*found)->handler;
    return match;
}

}  // namespace ingest::http
