#include "executors/http/http_client.h"
#include "tests/executors/scripted_server.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace https_client_test {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using executors::HttpClient;
using executors::HttpClientOptions;
using executors::HttpRequest;
using executors::HttpResponse;
using executors::HttpResult;
using executors::NotSent;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

struct Identity {
    std::string certificate;
    std::string key;
};

template <class Write>
std::string pem(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), BIO_free};
    REQUIRE(write(out.get()) == 1);
    std::string text(4096, char{});
    const int length = BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
    REQUIRE(length > 0);
    text.resize(static_cast<std::size_t>(length));
    return text;
}

// Signed by itself, valid for a day, for the address 127.0.0.1 and nothing else.
Identity loopback_identity() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400);
    X509_set_pubkey(certificate.get(), key.get());
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> name{
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1"),
        X509_EXTENSION_free};
    X509_add_ext(certificate.get(), name.get(), -1);
    REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    Identity identity;
    identity.certificate =
        pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); });
    identity.key = pem([&](BIO* out) {
        return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
    return identity;
}

// Answers every request with the same few bytes, on one connection after the other.
class TlsServer {
  public:
    TlsServer(asio::io_context& io, const Identity& identity)
        : context_(ssl::context::tls_server),
          acceptor_(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {
        context_.use_certificate_chain(asio::buffer(identity.certificate));
        context_.use_private_key(asio::buffer(identity.key), ssl::context::pem);
        asio::co_spawn(io, serve(), asio::detached);
    }

    [[nodiscard]] std::string port() const {
        return std::to_string(acceptor_.local_endpoint().port());
    }

    [[nodiscard]] int connections() const { return connections_; }

    [[nodiscard]] int requests() const { return requests_; }

  private:
    asio::awaitable<void> serve() {
        for (;;) {
            auto [error, socket] = co_await acceptor_.async_accept(as_result);
            if (error) co_return;
            ++connections_;
            ssl::stream<tcp::socket> stream{std::move(socket), context_};
            const auto [refused] =
                co_await stream.async_handshake(ssl::stream_base::server, as_result);
            if (!refused) co_await answer_all(stream);
        }
    }

    asio::awaitable<void> answer_all(ssl::stream<tcp::socket>& stream) {
        const std::string answer = scripted::answer(200, "secret").bytes;
        std::string space(4096, char{});
        for (;;) {
            const auto [ended, bytes] =
                co_await stream.async_read_some(asio::buffer(space), as_result);
            if (ended || bytes == 0) co_return;
            ++requests_;
            co_await asio::async_write(stream, asio::buffer(answer), as_result);
        }
    }

    ssl::context context_;
    tcp::acceptor acceptor_;
    int connections_ = 0;
    int requests_ = 0;
};

// A file that is gone with its test.
class TemporaryFile {
  public:
    TemporaryFile(const std::string& name, const std::string& bytes)
        : path_(std::filesystem::temp_directory_path() / name) {
        std::ofstream{path_} << bytes;
    }

    ~TemporaryFile() { std::filesystem::remove(path_); }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] std::string path() const { return path_.string(); }

  private:
    std::filesystem::path path_;
};

std::unique_ptr<HttpClient> client_for(asio::io_context& io, const std::string& url,
                                       const std::string& ca_file) {
    HttpClientOptions options;
    options.ca_file = ca_file;
    return HttpClient::make(io.get_executor(), executors::parse_base_url(url).value(), options)
        .value();
}

HttpRequest a_request() {
    HttpRequest request;
    request.target = "/";
    return request;
}

}  // namespace

TEST_CASE("https reaches only a server whose certificate is trusted and names it", "[executors]") {
    asio::io_context io{1};
    const Identity identity = loopback_identity();
    const TemporaryFile trusted{"copyledger_https_client_test_" + std::to_string(::getpid()),
                                identity.certificate};
    const TlsServer server{io, identity};
    const HttpRequest request = a_request();

    SECTION("trusted and named: answered, and the connection is kept") {
        const auto client = client_for(io, "https://127.0.0.1:" + server.port(), trusted.path());
        for (int i = 0; i < 3; ++i) {
            const HttpResult result = scripted::run(io, client->request(request));
            CHECK(std::get<HttpResponse>(result).body == "secret");
        }
        CHECK(server.connections() == 1);
    }
    SECTION("not trusted: nothing is sent") {
        const auto client = client_for(io, "https://127.0.0.1:" + server.port(), "");
        const HttpResult result = scripted::run(io, client->request(request));
        CHECK(std::holds_alternative<NotSent>(result));
        CHECK(server.requests() == 0);
    }
    SECTION("trusted, but another's name: nothing is sent") {
        const auto client = client_for(io, "https://localhost:" + server.port(), trusted.path());
        const HttpResult result = scripted::run(io, client->request(request));
        CHECK(std::holds_alternative<NotSent>(result));
        CHECK(server.requests() == 0);
    }
}

TEST_CASE("a file of trusted certificates that cannot be read is an error at once", "[executors]") {
    asio::io_context io{1};
    HttpClientOptions options;
    options.ca_file = "/nowhere/at/all.pem";
    const auto base = executors::parse_base_url("https://h").value();
    CHECK(HttpClient::make(io.get_executor(), base, options).error().code ==
          ledger::Errc::unavailable);
}

}  // namespace https_client_test
