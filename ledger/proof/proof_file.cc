#include "ledger/proof/proof_file.h"

#include "ledger/proof/base64.h"
#include "ledger/proof/proof_json.h"
#include "ledger/proof/tree_verify.h"
#include "ledger/text/json_writer.h"

namespace ledger::proof {
namespace {

using text::JsonValue;
using text::JsonWriter;

constexpr std::string_view inclusion_type = "copyledger/inclusion-v1";
constexpr std::string_view consistency_type = "copyledger/consistency-v1";
constexpr std::string_view bundle_type = "copyledger/bundle-v1";

void write_hashes(JsonWriter& writer, const std::vector<Hash>& hashes) {
    writer.key("hashes");
    writer.begin_array();
    for (const Hash& hash : hashes) writer.string(to_base64(hash));
    writer.end_array();
}

// All but the end of the object.
void write_inclusion(JsonWriter& writer, const InclusionProof& proof) {
    writer.begin_object();
    writer.member("type", inclusion_type);
    writer.member("leaf_index", std::to_string(proof.leaf_index));
    writer.member("tree_size", std::to_string(proof.tree_size));
    writer.member("record", to_base64(proof.record));
    write_hashes(writer, proof.hashes);
}

Result<InclusionProof> read_inclusion(const JsonValue& object) {
    InclusionProof proof;
    BOOST_OUTCOME_TRY(proof.leaf_index, number_member(object, "leaf_index"));
    BOOST_OUTCOME_TRY(proof.tree_size, number_member(object, "tree_size"));
    BOOST_OUTCOME_TRY(proof.record, base64_member(object, "record"));
    BOOST_OUTCOME_TRY(proof.hashes, hashes_member(object));
    return proof;
}

// The signed checkpoint that is the member `name`; errors within it name "NAME.FIELD".
Result<Checkpoint> checkpoint_member(const JsonValue& object, std::string_view name,
                                     std::span<const VerifierKey> keys) {
    BOOST_OUTCOME_TRY(const std::string text, text_member(object, name));
    auto checkpoint = verified_checkpoint(text, keys);
    if (!checkpoint) {
        Error error = std::move(checkpoint).error();
        error.field = std::string{name} + '.' + error.field;
        return error;
    }
    return checkpoint;
}

Result<void> verify_inclusion_in(const Checkpoint& checkpoint, const InclusionProof& proof) {
    if (proof.tree_size != checkpoint.tree.size) {
        return invalid_field("tree_size", "is not the size that the checkpoint is of");
    }
    const Leaf leaf{.index = proof.leaf_index, .hash = leaf_hash(proof.record)};
    return verify_inclusion(leaf, checkpoint.tree, proof.hashes);
}

}  // namespace

std::string inclusion_json(const InclusionProof& proof, std::string_view checkpoint) {
    std::string json;
    JsonWriter writer{json};
    write_inclusion(writer, proof);
    writer.member("checkpoint", checkpoint);
    writer.end_object();
    return json;
}

std::string bundle_line_json(const InclusionProof& proof) {
    std::string json;
    JsonWriter writer{json};
    write_inclusion(writer, proof);
    writer.end_object();
    return json;
}

std::string consistency_json(const ConsistencyProof& proof) {
    std::string json;
    JsonWriter writer{json};
    writer.begin_object();
    writer.member("type", consistency_type);
    writer.member("first", proof.first);
    writer.member("second", proof.second);
    write_hashes(writer, proof.hashes);
    writer.end_object();
    return json;
}

std::string bundle_header_json(std::string_view account, std::string_view checkpoint) {
    std::string json;
    JsonWriter writer{json};
    writer.begin_object();
    writer.member("type", bundle_type);
    writer.member("account", account);
    writer.member("checkpoint", checkpoint);
    writer.end_object();
    return json;
}

Result<ProofKind> proof_kind(std::string_view first_line) {
    if (!first_line.starts_with('{')) return ProofKind::checkpoint;
    BOOST_OUTCOME_TRY(const JsonValue object, text::parse_json(first_line, proof_limits));
    BOOST_OUTCOME_TRY(const std::string type, text_member(object, "type"));
    if (type == inclusion_type) return ProofKind::inclusion;
    if (type == consistency_type) return ProofKind::consistency;
    if (type == bundle_type) return ProofKind::bundle;
    return invalid_field("type", "is none of a proof's: " + type);
}

Result<CheckedInclusion> check_inclusion(std::string_view json, std::span<const VerifierKey> keys) {
    BOOST_OUTCOME_TRY(
        const JsonValue object,
        parse_proof_object(json, inclusion_type,
                           {"leaf_index", "tree_size", "record", "hashes", "checkpoint"}));
    BOOST_OUTCOME_TRY(Checkpoint checkpoint, checkpoint_member(object, "checkpoint", keys));
    BOOST_OUTCOME_TRY(InclusionProof proof, read_inclusion(object));
    BOOST_OUTCOME_TRYV(verify_inclusion_in(checkpoint, proof));
    return CheckedInclusion{.checkpoint = std::move(checkpoint), .proof = std::move(proof)};
}

Result<CheckedConsistency> check_consistency(std::string_view json,
                                             std::span<const VerifierKey> keys) {
    BOOST_OUTCOME_TRY(const JsonValue object,
                      parse_proof_object(json, consistency_type, {"first", "second", "hashes"}));
    BOOST_OUTCOME_TRY(Checkpoint first, checkpoint_member(object, "first", keys));
    BOOST_OUTCOME_TRY(Checkpoint second, checkpoint_member(object, "second", keys));
    BOOST_OUTCOME_TRY(const std::vector<Hash> hashes, hashes_member(object));
    if (first.origin != second.origin) {
        return invalid_field("second", "it is of another log than the first");
    }
    BOOST_OUTCOME_TRYV(verify_consistency(first.tree, second.tree, hashes));
    return CheckedConsistency{.first = std::move(first), .second = std::move(second)};
}

Result<BundleChecker> BundleChecker::begin(std::string_view header,
                                           std::span<const VerifierKey> keys) {
    BOOST_OUTCOME_TRY(const JsonValue object,
                      parse_proof_object(header, bundle_type, {"account", "checkpoint"}));
    BOOST_OUTCOME_TRY(std::string account, text_member(object, "account"));
    BOOST_OUTCOME_TRY(Checkpoint checkpoint, checkpoint_member(object, "checkpoint", keys));
    return BundleChecker{std::move(account), std::move(checkpoint)};
}

Result<InclusionProof> BundleChecker::check(std::string_view line) {
    BOOST_OUTCOME_TRY(
        const JsonValue object,
        parse_proof_object(line, inclusion_type, {"leaf_index", "tree_size", "record", "hashes"}));
    BOOST_OUTCOME_TRY(InclusionProof proof, read_inclusion(object));
    if (last_index_ && proof.leaf_index <= *last_index_) {
        return invalid_field("leaf_index", "does not come after that of the line before");
    }
    BOOST_OUTCOME_TRYV(verify_inclusion_in(checkpoint_, proof));
    last_index_ = proof.leaf_index;
    return proof;
}

}  // namespace ledger::proof
