package io.bulwark.api.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKeyCertificate;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An epoch signed for contracts, from the file that {@code epoch attest} wrote.
 *
 * @param house first 31 bytes of the SHA-256 of the founding document, behind a zero
 * @param number the epoch's number
 * @param digest the epoch digest
 * @param nodes the signers, each with its quorum member's word for the address
 * @param signatures 65 bytes each in the order of the addresses
 */
record AttestationFile(Digest house, long number, Digest digest, List<ChainKeyCertificate> nodes, byte[] signatures) {
    private static final long BYTES_MAX = 1 << 20;

    AttestationFile {
        nodes = List.copyOf(nodes);
        signatures = signatures.clone();
    }

    /**
     * Reads one.
     *
     * @throws BadInput if it is none, or a member's word for its address does not hold
     */
    static AttestationFile of(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(InputFile.text(file, BYTES_MAX));
            List<ChainKeyCertificate> nodes = new ArrayList<>();
            for (JsonNode node : json.path("nodes")) {
                nodes.add(new ChainKeyCertificate(
                        digest(node.path("member")),
                        new ChainAddress(node.path("address").asText()),
                        hex(node.path("certificate").asText())));
            }
            AttestationFile read = new AttestationFile(
                    digest(json.path("house")),
                    json.path("number").asLong(),
                    digest(json.path("digest")),
                    nodes,
                    hex(json.path("signatures").asText().replaceFirst("^0x", "")));
            for (ChainKeyCertificate node : nodes) {
                if (!node.holds(read.house)) {
                    throw new BadInput(
                            "FILE",
                            node.address().text(),
                            "must be certified by member " + node.member() + " for the house");
                }
            }
            return read;
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("FILE", file.toString(), "must be what 'bulwark epoch attest' wrote");
        }
    }

    /** Its signers as a node set: more than half of them, or so many as are said. */
    NodeSet nodeSet(int threshold) {
        return NodeSet.of(
                threshold == 0 ? nodes.size() / 2 + 1 : threshold,
                nodes.stream().map(ChainKeyCertificate::address).toList());
    }

    private static Digest digest(JsonNode node) {
        return Digest.of(hex(node.asText()));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
