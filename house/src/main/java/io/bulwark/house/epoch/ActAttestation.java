package io.bulwark.house.epoch;

import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.house.founding.SigningKeys.Member;
import java.util.HexFormat;
import java.util.List;

/**
 * An act on one contract on one chain, signed by members of the quorum: what a mirror, a registry or a vault takes beside it.
 *
 * @param chain the contract's chain
 * @param contract its address
 * @param nodes who signed
 * @param signatures 65 bytes each in the order of the addresses, 0x and hexadecimal
 */
public record ActAttestation(long chain, String contract, List<String> nodes, String signatures) {
    /** Copies. */
    public ActAttestation {
        nodes = List.copyOf(nodes);
    }

    public static ActAttestation of(Registry contract, RegistryAct act, List<Member> members) {
        ChainStatement statement = new ChainStatement.OfAct(contract, act);
        return new ActAttestation(
                contract.chainId(),
                contract.address().text(),
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
