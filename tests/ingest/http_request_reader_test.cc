// The reader without a socket: any split of the bytes gives the same requests.
#include "ingest/http/request_reader.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

namespace ingest::http::http_request_reader_test {

namespace {

using Progress = RequestReader::Progress;

// Gives the reader up to `piece_bytes` of the text, as far as it has room.
void feed(RequestReader& reader, std::string_view& text, std::size_t piece_bytes) {
    const auto space = reader.space();
    const std::size_t bytes = std::min({space.size(), text.size(), piece_bytes});
    std::copy_n(text.begin(), bytes, space.begin());
    reader.commit(bytes);
    text.remove_prefix(bytes);
}

struct Reading {
    Progress last = Progress::idle;
    int status = 0;  // of a refusal
    Request request;
};

// Reads until the first request is complete or refused or the text is at its end.
Reading read_one(std::string_view text, ReaderLimits limits = {}, std::size_t piece_bytes = 4096) {
    RequestReader reader(limits);
    Reading reading;
    for (;;) {
        reading.last = reader.advance(reading.request);
        if (reading.last == Progress::refused) reading.status = reader.refusal().status;
        if (reading.last == Progress::refused || reading.last == Progress::complete) return reading;
        if (text.empty()) return reading;
        feed(reader, text, piece_bytes);
    }
}

// What of a request the tests compare, as one text.
std::string summary(const Request& request) {
    return request.method + " " + request.path + " " +
           std::string(request.headers.find("x-tag").value_or("-")) + " " + request.body;
}

const std::string_view pipeline =
    "GET /first HTTP/1.1\r\nHost: a\r\nX-Tag: one\r\n\r\n"
    "\r\nPOST /second?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world"
    "POST /third HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5;why=not\r\nhello\r\n1\r\n!\r\n0\r\nX-Tag: trailer\r\n\r\n"
    "PUT /fourth HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    "GET /fifth HTTP/1.0\r\n\r\n";

const std::vector<std::string> pipeline_summaries = {
    "GET /first one ", "POST /second - hello world", "POST /third - hello!", "PUT /fourth - ",
    "GET /fifth - "};

std::vector<std::string> read_all(std::string_view text, const std::vector<std::size_t>& pieces) {
    RequestReader reader(ReaderLimits{});
    Request request;
    std::vector<std::string> summaries;
    std::size_t piece = 0;
    for (;;) {
        const Progress progress = reader.advance(request);
        if (progress == Progress::refused) return {"refused: " + reader.refusal().detail};
        if (progress == Progress::complete) {
            summaries.push_back(summary(request));
            continue;
        }
        if (text.empty()) return summaries;
        feed(reader, text, pieces.empty() ? 1 : pieces[piece++ % pieces.size()]);
    }
}

}  // namespace

TEST_CASE("pipelined requests come out one by one", "[ingest]") {
    CHECK(read_all(pipeline, {pipeline.size()}) == pipeline_summaries);
}

TEST_CASE("requests that come byte by byte are the same requests", "[ingest]") {
    CHECK(read_all(pipeline, {1}) == pipeline_summaries);
}

TEST_CASE("how the network splits requests does not change them", "[ingest]") {
    rc::prop("any split", [] {
        const auto pieces =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40));
        RC_ASSERT(read_all(pipeline, pieces) == pipeline_summaries);
    });
}

TEST_CASE("no bytes at all end the reader in anything but an answer", "[ingest]") {
    rc::prop("damaged requests are complete, unfinished or refused", [] {
        std::string text(pipeline);
        const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
        text[place] = *rc::gen::arbitrary<char>();
        const auto pieces =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40));
        RC_ASSERT(read_all(text, pieces).size() <= pipeline_summaries.size() + 1);
    });
}

TEST_CASE("malformed requests are refused with 400", "[ingest]") {
    const std::string_view text = GENERATE(
        "nonsense\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",                            // no Host
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",      // two
        "GET / HTTP/1.1\r\nHost: a\r\nbad name: x\r\n\r\n",  //
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",              // no percent escape
        "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",            // NUL
        "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",           // no origin form
        "GET /a?b=%q HTTP/1.1\r\nHost: a\r\n\r\n",           //
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        // What request smuggling is made of.
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n");
    CAPTURE(text);
    CHECK(read_one(text).status == 400);
}

TEST_CASE("transfer codings other than chunked are refused with 501", "[ingest]") {
    const std::string coding = GENERATE("gzip", "gzip, chunked", "identity");
    CHECK(read_one("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + "\r\n\r\n")
              .status == 501);
}

TEST_CASE("expectations other than 100-continue are refused with 417", "[ingest]") {
    CHECK(read_one("POST / HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\n\r\n").status == 417);
    CHECK(read_one("GET / HTTP/1.0\r\nExpect: wonders\r\n\r\n").last == Progress::complete);
}

TEST_CASE("a client that waits for 100 Continue is noticed once", "[ingest]") {
    RequestReader reader(ReaderLimits{});
    Request request;
    std::string_view header =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
    feed(reader, header, header.size());
    CHECK(reader.advance(request) == Progress::expects_continue);
    CHECK(reader.advance(request) == Progress::body);
    std::string_view body = "ok";
    feed(reader, body, body.size());
    CHECK(reader.advance(request) == Progress::complete);
    CHECK(request.body == "ok");
}

TEST_CASE("a client that sent its body along is not told to continue", "[ingest]") {
    CHECK(read_one("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                   "Content-Length: 2\r\n\r\nok")
              .last == Progress::complete);
}

TEST_CASE("a header up to the limit is read and a byte more is refused with 431", "[ingest]") {
    const std::size_t header_bytes_max = 512;
    const std::string front = "GET / HTTP/1.1\r\nHost: a\r\nX-Tag: ";
    const std::string back = "\r\n\r\n";
    const std::size_t room = header_bytes_max - front.size() - back.size();
    const auto piece_bytes = GENERATE(as<std::size_t>{}, 1, 7, 4096);
    const ReaderLimits limits{header_bytes_max, 1024};
    const std::string fits = front + std::string(room, 'x') + back;
    CHECK(read_one(fits, limits, piece_bytes).last == Progress::complete);
    const std::string exceeds = front + std::string(room + 1, 'x') + back;
    CHECK(read_one(exceeds, limits, piece_bytes).status == 431);
}

TEST_CASE("many small fields count together against the header's limit", "[ingest]") {
    std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 200; ++i) text += "X-Tag: 0123456789\r\n";
    const auto piece_bytes = GENERATE(as<std::size_t>{}, 1, 19, 4096);
    CHECK(read_one(text, {1024, 1024}, piece_bytes).status == 431);
}

TEST_CASE("a body up to the limit is read and a byte more is refused with 413", "[ingest]") {
    const ReaderLimits limits{512, 2000};
    const auto with_length = [](std::size_t bytes) {
        return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) +
               "\r\n\r\n" + std::string(bytes, 'x');
    };
    CHECK(read_one(with_length(2000), limits).request.body.size() == 2000);
    CHECK(read_one(with_length(2001), limits).status == 413);
    const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string chunk = "3e8\r\n" + std::string(1000, 'x') + "\r\n";
    CHECK(read_one(chunked + chunk + chunk + "0\r\n\r\n", limits).request.body.size() == 2000);
    CHECK(read_one(chunked + chunk + chunk + "1\r\nx\r\n0\r\n\r\n", limits).status == 413);
}

TEST_CASE("an endless chunk header or trailer is refused", "[ingest]") {
    const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    CHECK(read_one(chunked + "1;" + std::string(4096, 'x'), {512, 1024}).status == 400);
    CHECK(read_one(chunked + "0\r\nX-Tag: " + std::string(4096, 'x'), {512, 1024}).status == 400);
}

TEST_CASE("a target is taken apart and decoded", "[ingest]") {
    const auto read = read_one(
        "GET /a%2Fb/%E2%82%B9/?as_of=2026-11-21T09%3A15&name=x+y&flag HTTP/1.1\r\nHost: a\r\n\r\n");
    REQUIRE(read.last == Progress::complete);
    CHECK(read.request.path == "/a/b/\xE2\x82\xB9/");
    CHECK(read.request.segments == std::vector<std::string>{"a/b", "\xE2\x82\xB9"});
    CHECK(*read.request.query_param("as_of") == "2026-11-21T09:15");
    CHECK(*read.request.query_param("name") == "x y");
    CHECK(read.request.query_param("flag")->empty());
    CHECK(read.request.query_param("none") == nullptr);
    CHECK(read_one("GET http://host:80/a?b=c HTTP/1.1\r\nHost: a\r\n\r\n").request.path == "/a");
}

TEST_CASE("header names are found without regard to case", "[ingest]") {
    const auto read =
        read_one("GET / HTTP/1.1\r\nhOST: a\r\nX-TAG: first\r\nx-tag: second\r\n\r\n");
    CHECK(read.request.headers.find("X-Tag") == "first");
    CHECK(read.request.headers.count("x-Tag") == 2);
    CHECK_FALSE(read.request.headers.find("x-ta").has_value());
}

}  // namespace ingest::http::http_request_reader_test
