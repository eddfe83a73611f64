// Finds the handler of a request by its method and path.
#pragma once

#include "ingest/http/asio.h"
#include "ingest/http/request.h"
#include "ingest/http/response.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ingest::http {

// Runs on the server's thread. The server keeps the handler and the request alive until the
// coroutine ends, so a handler may be a lambda coroutine with captures; whatever these refer to
// must outlive the io_context's run. An exception leaves io_context::run(): handlers answer, they
// do not throw.
using Handler = std::function<asio::awaitable<Response>(Request&)>;

class Router {
  public:
    // `pattern` is "/", or "/segment" repeated; a segment in braces, "{id}", stands for any one
    // non-empty segment. Each method and pattern is added once.
    void add(std::string_view method, std::string_view pattern, Handler handler);

    struct Match {
        const Handler* handler = nullptr;  // valid as long as the router
        std::string allow;                 // without a handler: what the path's methods are, if any
    };

    // Fills request.route and path_params. A literal segment wins over a parameter; HEAD without a
    // route of its own goes to GET's.
    [[nodiscard]] Match match(Request& request) const;

  private:
    struct Parameter {
        std::size_t segment;
        std::string name;
    };

    struct Route {
        std::string method;
        std::string pattern;
        std::vector<Parameter> parameters;
        Handler handler;
    };

    struct Node {
        std::string literal;
        std::vector<Node> literals;
        std::unique_ptr<Node> parameter;
        std::vector<Route> routes;
    };

    using Segments = std::span<const std::string>;

    static Node& child(Node& node, std::string_view segment);
    // Collects the routes of every pattern that fits the segments, the most literal first.
    static void collect(const Node& node, Segments segments, std::vector<const Route*>& routes);
    static std::string allowed_methods(const std::vector<const Route*>& routes);

    Node root_;
};

}  // namespace ingest::http
