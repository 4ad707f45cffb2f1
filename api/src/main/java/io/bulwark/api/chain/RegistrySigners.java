package io.bulwark.api.chain;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.node.NodeList;
import io.bulwark.house.node.Genesis;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Who signs for a house on a chain: the signers of an attestation, or the nodes of a genesis.
 *
 * @param house the house
 * @param nodes the signers, and how many must
 */
record RegistrySigners(Digest house, NodeSet nodes) {
    /**
     * Reads a file that says it.
     *
     * @param threshold how many must sign; 0: more than half, or as many as the nodes agreed on
     * @throws BadInput if it is neither
     */
    static RegistrySigners of(Path file, int threshold) {
        byte[] content = InputFile.bytes(file, Genesis.BYTES_MAX);
        if (content.length > 0 && (content[0] & 0xe0) == 0x80) {
            NodeList nodes = Genesis.read(content).nodes();
            return new RegistrySigners(
                    nodes.house(),
                    set(
                            () -> NodeSet.of(
                                    threshold == 0 ? nodes.threshold() : threshold,
                                    nodes.members().stream()
                                            .map(NodeList.Member::chain)
                                            .toList()),
                            threshold));
        }
        AttestationFile signed = AttestationFile.of(file);
        return new RegistrySigners(signed.house(), set(() -> signed.nodeSet(threshold), threshold));
    }

    private static NodeSet set(Supplier<NodeSet> made, int threshold) {
        return BadInput.refusing("--threshold", Integer.toString(threshold), made);
    }
}
