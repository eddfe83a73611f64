#include "ledger/proof/tree_hash.h"

#include "ledger/base/assert.h"

#include <algorithm>
#include <cstddef>
#include <memory>

#include <openssl/evp.h>

namespace ledger::proof {
namespace {

// What keeps the hash of a record from passing for the hash of a node, and the other way round.
constexpr char leaf_prefix = 0x00;
constexpr char node_prefix = 0x01;

// A context that is begun again costs a tenth of a new one, and much less than the hash of a
// record.
class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new()) {
        LEDGER_ASSERT(context_ != nullptr);
        LEDGER_ASSERT(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
    }

    void begin() { LEDGER_ASSERT(EVP_DigestInit_ex(context_.get(), nullptr, nullptr) == 1); }

    void add(const void* data, std::size_t size) {
        LEDGER_ASSERT(EVP_DigestUpdate(context_.get(), data, size) == 1);
    }

    Hash end() {
        Hash hash;
        LEDGER_ASSERT(EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr) == 1);
        return hash;
    }

  private:
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };

    std::unique_ptr<EVP_MD_CTX, Free> context_;
};

// Holds nothing between two hashes; a thread's own, so that hashing stays a pure function.
Sha256& begun() {
    thread_local Sha256 hasher;
    hasher.begin();
    return hasher;
}

}  // namespace

Hash sha256(std::string_view bytes) {
    Sha256& hasher = begun();
    hasher.add(bytes.data(), bytes.size());
    return hasher.end();
}

Hash empty_tree_hash() {
    return sha256({});
}

Hash leaf_hash(std::string_view record) {
    Sha256& hasher = begun();
    hasher.add(&leaf_prefix, 1);
    hasher.add(record.data(), record.size());
    return hasher.end();
}

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 1 + 2 * sizeof(Hash)> node{};
    node[0] = node_prefix;
    std::copy(left.begin(), left.end(), node.begin() + 1);
    std::copy(right.begin(), right.end(), node.begin() + 1 + sizeof(Hash));
    Sha256& hasher = begun();
    hasher.add(node.data(), node.size());
    return hasher.end();
}

}  // namespace ledger::proof
