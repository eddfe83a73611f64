#include "ingest/problem_of.h"

#include <utility>

namespace ingest {

namespace {

std::string title_of(int status) {
    switch (status) {
        case 400:
            return "Bad Request";
        case 404:
            return "Not Found";
        case 409:
            return "Conflict";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 503:
            return "Service Unavailable";
        default:
            return "Error";
    }
}

// The details of invalid_input are predicates: "must be positive".
std::string sentence(const ledger::Error& error) {
    return error.field.empty() ? error.detail : error.field + " " + error.detail;
}

http::Response later(int status, std::string detail) {
    http::Response response = refusal(status, std::move(detail));
    response.headers.emplace_back("retry-after", "1");
    return response;
}

}  // namespace

http::Response refusal(int status, std::string detail, std::string field) {
    return http::problem(status, title_of(status), std::move(detail), std::move(field));
}

http::Response problem_of(const ledger::Error& error) {
    using ledger::Errc;
    switch (error.code) {
        case Errc::invalid_input:
            return refusal(422, sentence(error), error.field);
        case Errc::not_found:
            return refusal(404, error.detail, error.field);
        case Errc::conflict:
        case Errc::not_allowed:
            return refusal(409, error.detail, error.field);
        case Errc::overloaded:
            return later(429, error.detail);
        case Errc::unavailable:
            return later(503, error.detail);
        case Errc::corrupt:
        case Errc::storage_failed:
            break;
    }
    return refusal(503, "The ledger cannot answer; its operator has to look.");
}

}  // namespace ingest
