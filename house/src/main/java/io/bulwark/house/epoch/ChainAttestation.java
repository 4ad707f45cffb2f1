package io.bulwark.house.epoch;

import io.bulwark.clearing.attestation.ChainKeyCertificate;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.house.founding.SigningKeys.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sealed epoch signed for contracts: the arguments of {@code publishEpoch}, and who the signers are.
 *
 * @param house the house, hexadecimal
 * @param number the epoch's number
 * @param digest the epoch digest, hexadecimal
 * @param nodes who signed, and the quorum member's word for each address
 * @param signatures 65 bytes each in the order of the addresses, 0x and hexadecimal
 */
public record ChainAttestation(String house, long number, String digest, List<Node> nodes, String signatures) {

    /** Copies. */
    public ChainAttestation {
        nodes = List.copyOf(nodes);
    }

    /**
     * A signer.
     *
     * @param address its address on chains
     * @param member the Ed25519 key of the quorum member, hexadecimal
     * @param certificate the member's signature over house and address, hexadecimal
     */
    public record Node(String address, String member, String certificate) {
        public static Node of(ChainKeyCertificate certificate) {
            return new Node(
                    certificate.address().text(),
                    certificate.member().hex(),
                    HexFormat.of().formatHex(certificate.signature()));
        }
    }

    /** The signatures one by one. */
    public List<ChainSignature> each() {
        byte[] joined = HexFormat.of().parseHex(signatures.substring(2));
        return IntStream.range(0, joined.length / ChainSignature.LENGTH)
                .mapToObj(i -> new ChainSignature(
                        Arrays.copyOfRange(joined, i * ChainSignature.LENGTH, (i + 1) * ChainSignature.LENGTH)))
                .toList();
    }

    /** Signs what the members signed when the epoch was sealed: the same digest, so nobody contradicts itself. */
    public static ChainAttestation of(SealedEpoch sealed, List<Member> members) {
        ChainStatement statement = ChainStatement.OfEpoch.of(sealed);
        Digest house = sealed.epoch().house();
        List<Node> nodes = new ArrayList<>();
        List<ChainSignature> signatures = new ArrayList<>();
        for (Member member : members) {
            nodes.add(Node.of(member.key().certify(house, member.chainKey().address())));
            signatures.add(member.chainKey().sign(statement));
        }
        return new ChainAttestation(
                house.hex(),
                sealed.epoch().number(),
                sealed.digest().hex(),
                nodes,
                "0x" + HexFormat.of().formatHex(ChainSignature.joined(statement, signatures)));
    }

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
}
