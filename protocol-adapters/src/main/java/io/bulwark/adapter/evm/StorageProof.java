package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.rlp.RLPDecoder;
import com.esaulpaugh.headlong.rlp.RLPItem;
import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Storage words of one contract, proved from a state root by Merkle–Patricia paths (EIP-1186). Every node on a path must be there and must have the hash that its
 * parent names; a path that ends in an empty branch proves zero, a path that merely breaks off proves nothing and is refused.
 */
public final class StorageProof {
    /** The method by which proofs are read and sealed. */
    public static final String METHOD = "eth_getProof";

    private static final int WORD = 32;

    /** The root of a trie without entries: the hash of the empty string's encoding. */
    private static final byte[] EMPTY_ROOT = Keccak256.of(new byte[] {(byte) 0x80});

    private final String venue;
    private final Map<BigInteger, BigInteger> words;

    private StorageProof(String venue, Map<BigInteger, BigInteger> words) {
        this.venue = venue;
        this.words = words;
    }

    /** The parameters by which words of a contract are asked for at one block. */
    public static String parametersAt(String contract, List<BigInteger> slots, Horizon.Block block) {
        StringBuilder keys = new StringBuilder();
        for (BigInteger slot : slots) {
            keys.append(keys.isEmpty() ? "" : ",").append('"').append(key(slot)).append('"');
        }
        return "[\"" + contract + "\",[" + keys + "],{\"blockHash\":\"0x"
                + block.hash().hex() + "\",\"requireCanonical\":true}]";
    }

    /** The slot of a mapping's value for an address, where the mapping itself stands at a slot. */
    public static BigInteger mappingSlot(String address, int mapping) {
        byte[] key = new byte[2 * WORD];
        byte[] twenty = HexFormat.of().parseHex(address.substring(2));
        System.arraycopy(twenty, 0, key, WORD - twenty.length, twenty.length);
        key[2 * WORD - 1] = (byte) mapping;
        return new BigInteger(1, Keccak256.of(key));
    }

    /** The slot of a mapping's value for a word as key, where the mapping itself stands at a slot: also the way from a mapping of mappings to an inner one. */
    public static BigInteger mappingSlot(BigInteger key, BigInteger mapping) {
        byte[] both = new byte[2 * WORD];
        System.arraycopy(fixed(key), 0, both, 0, WORD);
        System.arraycopy(fixed(mapping), 0, both, WORD, WORD);
        return new BigInteger(1, Keccak256.of(both));
    }

    /** The slot of the first element of an array whose length stands at a slot. */
    public static BigInteger arraySlot(BigInteger length) {
        return new BigInteger(1, Keccak256.of(fixed(length)));
    }

    /**
     * Verifies an answer.
     *
     * @param venue names the venue in a refusal
     * @param json the node's answer
     * @param contract whose storage it must be
     * @param header the checked header of the block
     * @throws PayloadRefused if any node is missing, has another hash, or proves another value than the answer claims
     */
    public static StorageProof verified(String venue, byte[] json, String contract, BlockHeader header) {
        PayloadFields fields = PayloadFields.of(venue, METHOD, json);
        fields.unread(Kind.TEXT, "address", "balance", "codeHash", "nonce", "storageHash")
                .unread(Kind.ARRAY, "accountProof", "storageProof");
        fields.end();
        JsonNode answer = JsonText.tree(venue, METHOD, json);
        Trie accounts = new Trie(venue, "accountProof", header.stateRoot(), nodes(venue, answer.path("accountProof")));
        byte[] account = accounts.value(HexFormat.of().parseHex(contract.substring(2)))
                .orElseThrow(
                        () -> new PayloadRefused(venue, "accountProof", contract, "must be an account of the state"));
        byte[] storageRoot = decoded(venue, account).get(2).asBytes();
        Map<BigInteger, BigInteger> words = new HashMap<>();
        for (JsonNode entry : answer.path("storageProof")) {
            BigInteger slot = new BigInteger(
                    1,
                    EvmHex.bytes(
                            venue, "storageProof.key", padded(entry.path("key").asText())));
            Trie storage = new Trie(venue, "storageProof", storageRoot, nodes(venue, entry.path("proof")));
            words.put(slot, word(venue, storage, slot));
        }
        return new StorageProof(venue, words);
    }

    /**
     * A proved word.
     *
     * @throws PayloadRefused if the slot was not proved
     */
    public BigInteger word(BigInteger slot) {
        BigInteger word = words.get(slot);
        if (word == null) {
            throw new PayloadRefused(venue, "storageProof", key(slot), "must prove this slot");
        }
        return word;
    }

    private static BigInteger word(String venue, Trie storage, BigInteger slot) {
        Optional<byte[]> value = storage.value(fixed(slot));
        return value.map(rlp -> new BigInteger(1, item(venue, rlp).asBytes())).orElse(BigInteger.ZERO);
    }

    private static List<byte[]> nodes(String venue, JsonNode array) {
        List<byte[]> nodes = new ArrayList<>();
        array.forEach(node -> nodes.add(EvmHex.bytes(venue, "proof", node.asText())));
        return nodes;
    }

    private static RLPItem item(String venue, byte[] rlp) {
        try {
            return RLPDecoder.RLP_STRICT.wrap(rlp);
        } catch (IllegalArgumentException e) {
            throw new PayloadRefused(venue, "proof", HexFormat.of().formatHex(rlp), "must be strict RLP");
        }
    }

    private static List<RLPItem> decoded(String venue, byte[] rlp) {
        RLPItem item = item(venue, rlp);
        if (!item.isList()) {
            throw new PayloadRefused(venue, "proof", HexFormat.of().formatHex(rlp), "must be an RLP list");
        }
        return item.asRLPList().elements();
    }

    private static String padded(String key) {
        return key.startsWith("0x") && key.length() % 2 == 1 ? "0x0" + key.substring(2) : key;
    }

    private static String key(BigInteger slot) {
        return "0x" + HexFormat.of().formatHex(fixed(slot));
    }

    private static byte[] fixed(BigInteger slot) {
        byte[] bytes = BlockHeader.unsigned(slot);
        byte[] word = new byte[WORD];
        System.arraycopy(bytes, 0, word, WORD - bytes.length, bytes.length);
        return word;
    }

    /** One path of a Merkle–Patricia trie, walked from the root; nodes are taken in the order of the proof. */
    private record Trie(String venue, String field, byte[] root, List<byte[]> nodes) {
        Optional<byte[]> value(byte[] key) {
            String path = HexFormat.of().formatHex(Keccak256.of(key));
            Step step = Arrays.equals(root, EMPTY_ROOT) ? new End(Optional.empty()) : new Next(root, 0);
            int used = 0;
            while (step instanceof Next(byte[] reference, int depth)) {
                // A node shorter than a hash stands in its parent itself.
                byte[] node = reference.length == WORD ? hashed(used++, reference) : reference;
                List<RLPItem> items = decoded(venue, node);
                step = items.size() == 17 ? branch(items, path, depth) : leafOrExtension(items, path, depth);
            }
            return ((End) step).value();
        }

        private byte[] hashed(int index, byte[] reference) {
            if (index >= nodes.size()) {
                throw new PayloadRefused(venue, field, "", "must not break off: a missing node proves nothing");
            }
            byte[] node = nodes.get(index);
            byte[] hash = Keccak256.of(node);
            if (!Arrays.equals(hash, reference)) {
                throw new PayloadRefused(
                        venue, field, HexFormat.of().formatHex(hash), "must have the hash that its parent names");
            }
            return node;
        }

        private static Step branch(List<RLPItem> items, String path, int depth) {
            if (depth == path.length()) {
                return new End(some(items.get(16)));
            }
            RLPItem child = items.get(Character.digit(path.charAt(depth), 16));
            return next(child, depth + 1);
        }

        private Step leafOrExtension(List<RLPItem> items, String path, int depth) {
            if (items.size() != 2) {
                throw new PayloadRefused(
                        venue, field, items.size() + " items", "must be a branch, an extension or a leaf");
            }
            String compact = HexFormat.of().formatHex(items.getFirst().asBytes());
            int flag = compact.isEmpty() ? 4 : Character.digit(compact.charAt(0), 16);
            if (flag > 3) {
                throw new PayloadRefused(venue, field, compact, "must be a compact path");
            }
            String part = compact.substring((flag & 1) == 1 ? 1 : 2);
            if (!path.startsWith(part, depth)) {
                return new End(Optional.empty());
            }
            boolean leaf = flag >= 2;
            int below = depth + part.length();
            if (leaf) {
                return new End(below == path.length() ? Optional.of(items.get(1).asBytes()) : Optional.empty());
            }
            return next(items.get(1), below);
        }

        /** A child is a hash, nothing, or a short node that stands here itself. */
        private static Step next(RLPItem child, int depth) {
            if (child.isList()) {
                return new Next(child.encoding(), depth);
            }
            byte[] reference = child.asBytes();
            return reference.length == 0 ? new End(Optional.empty()) : new Next(reference, depth);
        }

        private static Optional<byte[]> some(RLPItem value) {
            byte[] bytes = value.asBytes();
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        }
    }

    private sealed interface Step {}

    private record Next(byte[] reference, int depth) implements Step {}

    private record End(Optional<byte[]> value) implements Step {}
}
