package io.bulwark.house.epoch;

import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.BlockCheckpoint;
import io.bulwark.house.founding.SigningKeys.Member;
import java.util.HexFormat;
import java.util.List;

/**
 * A final block of one chain signed for a mirror on another: the arguments of {@code EpochMirror.checkpoint}.
 *
 * @param chain the mirror's chain
 * @param mirror its address
 * @param nodes who signed
 * @param signatures 65 bytes each in the order of the addresses, 0x and hexadecimal
 */
public record BlockAttestation(long chain, String mirror, List<String> nodes, String signatures) {
    /** Copies. */
    public BlockAttestation {
        nodes = List.copyOf(nodes);
    }

    public static BlockAttestation of(Registry mirror, BlockCheckpoint block, List<Member> members) {
        ChainStatement statement = new ChainStatement.OfAct(mirror, block);
        return new BlockAttestation(
                mirror.chainId(),
                mirror.address().text(),
                members.stream().map(m -> m.chainKey().address().text()).toList(),
                "0x"
                        + HexFormat.of()
                                .formatHex(ChainSignature.joined(
                                        statement,
                                        members.stream()
                                                .map(m -> m.chainKey().sign(statement))
                                                .toList())));
    }
}
