#!/usr/bin/env python3
"""Checks copyledger's proofs, knowing nothing of copyledger but docs/proofs.md.

    check_proof.py KEY FILE...

KEY is a verifier key ("name+hash+base64") or the name of a file that holds some, one a line. Each
FILE is a checkpoint, an inclusion or consistency proof, or a bundle. Exits with 0 where all of them
hold, 4 where one does not, 2 where it was called wrongly.

Written from RFC 6962, RFC 9162 (2.1.3.2, 2.1.4.2), RFC 8032 (5.1.7), RFC 4648 and the C2SP
documents signed-note and tlog-checkpoint, with Python's standard library alone.
"""

import base64
import binascii
import hashlib
import json
import os
import re
import sys


class Refused(Exception):
    pass


def refuse(why):
    raise Refused(why)


# ---- Ed25519 (RFC 8032, 5.1)

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Points in extended coordinates (X, Y, Z, T)."""
    p = (a[1] - a[0]) * (b[1] - b[0]) % P
    q = (a[1] + a[0]) * (b[1] + b[0]) % P
    r = 2 * a[3] * b[3] * D % P
    s = 2 * a[2] * b[2] % P
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    product = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            product = add(product, point)
        point = add(point, point)
        scalar >>= 1
    return product


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def decode_point(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(key, message, signature):
    if len(signature) != 64:
        return False
    a, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % L
    return same_point(times(s, BASE), add(r, times(k, a)))


# ---- texts

def from_base64(text, what):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        refuse(what + " is not base64")
    if base64.b64encode(data).decode() != text:
        refuse(what + " is base64 written in another way")
    return data


def hash_from_base64(text, what):
    data = from_base64(text, what)
    if len(data) != 32:
        refuse(what + " does not have 32 bytes")
    return data


def number(text, what):
    if not isinstance(text, str) or not re.fullmatch("0|[1-9][0-9]{0,18}", text, re.ASCII):
        refuse(what + " is not a decimal number")
    if int(text) >= 2**63:
        refuse(what + " is too large")
    return int(text)


# ---- signed notes and checkpoints

def parse_key(text):
    parts = text.split("+", 2)
    if len(parts) != 3:
        refuse("a key is NAME+HASH+BASE64")
    name, hash_hex, encoded = parts
    data = from_base64(encoded, "the key")
    if len(data) != 33 or data[0] != 1:
        refuse("the key is not Ed25519")
    key_hash = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    if key_hash.hex() != hash_hex:
        refuse("the key's hash is not that of its name and bytes")
    return name, key_hash, data[1:]


def open_note(note, keys):
    """The text of a note that one of the keys has signed."""
    raw = note.encode("utf-8", "strict")
    if any(byte < 0x20 and byte != 0x0A for byte in raw):
        refuse("a note holds a control character")
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        refuse("a note has a text, an empty line and signatures")
    text += "\n"
    known = 0
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
        if not match:
            refuse("no signature line: " + line)
        data = from_base64(match.group(2), "a signature")
        if len(data) < 5:
            refuse("a signature is too short")
        for name, key_hash, key in keys:
            if name == match.group(1) and key_hash == data[:4]:
                if not ed25519_verifies(key, text.encode(), data[4:]):
                    refuse("the signature of " + name + " is wrong")
                known += 1
    if not known:
        refuse("no known key has signed the note")
    return text


def open_checkpoint(note, keys):
    """(origin, size, root)"""
    if not isinstance(note, str):
        refuse("a checkpoint is a text")
    lines = open_note(note, keys)[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        refuse("a checkpoint has an origin, a size, a root and no empty line")
    size = number(lines[1], "the size")
    for line in lines[3:]:
        if line.startswith("state "):
            parts = line.split(" ")
            if len(parts) != 3 or not parts[1]:
                refuse("a state line is: state PROJECTION BASE64")
            from_base64(parts[2], "a state")
        if line.startswith("sequence ") and number(line[9:], "the sequence") > size:
            refuse("the states are of more records than the checkpoint")
    return lines[0], size, hash_from_base64(lines[2], "the root")


# ---- the tree

def leaf_hash(record):
    return hashlib.sha256(b"\0" + record).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def check_inclusion(record, index, size, root, hashes):
    if index >= size:
        refuse("the leaf lies beyond the tree")
    fn, sn, r = index, size - 1, leaf_hash(record)
    for p in hashes:
        if sn == 0:
            refuse("the proof is too long")
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    if sn != 0 or r != root:
        refuse("the proof does not lead to the root")


def check_consistency(first, first_root, second, second_root, hashes):
    if first > second:
        refuse("the first tree is the larger one")
    if first in (0, second):
        if hashes:
            refuse("there is nothing to prove, yet there is a proof")
        if first == second and first_root != second_root:
            refuse("two roots for one size")
        if first == 0 and first_root != hashlib.sha256().digest():
            refuse("the root of an empty tree is another")
        return
    path = list(hashes)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    if not path:
        refuse("the proof is empty")
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            refuse("the proof is too long")
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    if fr != first_root or sr != second_root or sn != 0:
        refuse("the proof does not lead to both roots")


# ---- files

def without_repetition(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        refuse("a member comes twice")
    return members


def parse_object(line, kind, members):
    try:
        value = json.loads(line, object_pairs_hook=without_repetition)
    except ValueError:
        refuse("is no JSON")
    if not isinstance(value, dict) or value.get("type") != kind:
        refuse("is not " + kind)
    if set(value) != {"type", *members}:
        refuse("the members of " + kind + " are: " + ", ".join(members))
    return value


def hashes_of(value):
    if not isinstance(value["hashes"], list):
        refuse("hashes is no array")
    return [hash_from_base64(each, "a hash") for each in value["hashes"]]


def inclusion_index(value, size, root):
    index = number(value["leaf_index"], "leaf_index")
    if number(value["tree_size"], "tree_size") != size:
        refuse("tree_size is not the checkpoint's")
    record = from_base64(value["record"], "record")
    check_inclusion(record, index, size, root, hashes_of(value))
    return index


INCLUSION = ("leaf_index", "tree_size", "record", "hashes")


def check_inclusion_file(line, keys):
    value = parse_object(line, "copyledger/inclusion-v1", INCLUSION + ("checkpoint",))
    _, size, root = open_checkpoint(value["checkpoint"], keys)
    return "record %d of %d" % (inclusion_index(value, size, root) + 1, size)


def check_consistency_file(line, keys):
    value = parse_object(line, "copyledger/consistency-v1", ("first", "second", "hashes"))
    origin, first, first_root = open_checkpoint(value["first"], keys)
    second_origin, second, second_root = open_checkpoint(value["second"], keys)
    if origin != second_origin:
        refuse("the checkpoints are of two logs")
    check_consistency(first, first_root, second, second_root, hashes_of(value))
    return "the log of %d begins the log of %d" % (first, second)


def check_bundle_file(lines, keys):
    header = parse_object(lines[0], "copyledger/bundle-v1", ("account", "checkpoint"))
    _, size, root = open_checkpoint(header["checkpoint"], keys)
    last = -1
    for line in lines[1:]:
        value = parse_object(line, "copyledger/inclusion-v1", INCLUSION)
        index = inclusion_index(value, size, root)
        if index <= last:
            refuse("the events are not in the order of the log")
        last = index
    return "%d events of account %s" % (len(lines) - 1, header["account"])


def check(text, keys):
    if not text.startswith("{"):
        origin, size, _ = open_checkpoint(text, keys)
        return "%s at size %d" % (origin, size)
    lines = text.rstrip("\n").split("\n")
    try:
        kind = json.loads(lines[0]).get("type")
    except ValueError:
        refuse("is no JSON")
    if kind == "copyledger/bundle-v1":
        return check_bundle_file(lines, keys)
    if len(lines) != 1:
        refuse("has more than one line")
    if kind == "copyledger/consistency-v1":
        return check_consistency_file(lines[0], keys)
    return check_inclusion_file(lines[0], keys)


def read_keys(argument):
    if not os.path.exists(argument):
        return [parse_key(argument)]
    with open(argument, encoding="utf-8") as file:
        return [parse_key(line) for line in file.read().split("\n") if line]


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    keys = read_keys(arguments[0])
    code = 0
    for path in arguments[1:]:
        try:
            with open(path, encoding="utf-8", newline="") as file:
                print(path + ": holds: " + check(file.read(), keys))
        except (Refused, UnicodeDecodeError) as error:
            print(path + ": REFUSED: " + str(error))
            code = 4
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Refused as error:
        print("the key: " + str(error), file=sys.stderr)
        sys.exit(2)
