package io.bulwark.adapter.registry;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.attestation.RegistryAct.Slash;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Duration;

/** What is said to {@code GlobalRiskVault}: its creation and its calls. Its refusals have their names in {@link RegistryCalls}. */
public final class VaultCalls {
    /** Asks how many slashes there were. */
    public static final Function SLASHES = Function.parse("slashes()", "(uint32)");

    private static final Function SETTLED = Function.parse("settled(bytes32)", "(bool)");
    private static final TupleType<Tuple> CREATION =
            TupleType.parse("(address,address,uint64,uint64,uint64,uint64,uint8,address[])");
    private static final Function SLASH = Function.parse("slash(uint32,bytes32,address[],uint256[],uint256,bytes)");

    private VaultCalls() {}

    /**
     * What a vault is for ever.
     *
     * @param asset what is deposited, a plain ERC-20
     * @param settlement where slashed assets go
     * @param riskHorizon that the loss of a default can take to show and to be settled
     * @param exitDelay that an exit waits; longer than the risk horizon
     * @param exitWindow in which it can then be used
     * @param delay before a new node set counts
     * @param nodes the first node set
     */
    public record Terms(
            ChainAddress asset,
            ChainAddress settlement,
            Duration riskHorizon,
            Duration exitDelay,
            Duration exitWindow,
            Duration delay,
            NodeSet nodes) {}

    /** What creates a vault: its code and its terms. */
    public static byte[] creation(byte[] code, Terms terms) {
        ByteArrayOutputStream creation = new ByteArrayOutputStream();
        creation.writeBytes(code);
        creation.writeBytes(CREATION.encode(Tuple.from(
                        EvmCall.address(terms.asset.text()),
                        EvmCall.address(terms.settlement.text()),
                        seconds(terms.riskHorizon),
                        seconds(terms.exitDelay),
                        seconds(terms.exitWindow),
                        seconds(terms.delay),
                        terms.nodes.threshold(),
                        RegistryCalls.addresses(terms.nodes.nodes())))
                .array());
        return creation.toByteArray();
    }

    private static BigInteger seconds(Duration time) {
        return BigInteger.valueOf(time.toSeconds());
    }

    /** Asks a vault whether a default was settled in it. */
    public static EvmCall settled(ChainAddress vault, Slash of) {
        return EvmCall.ofValues(vault.text(), SETTLED, (Object) of.declaration().bytes());
    }

    /** The call that slashes. */
    public static byte[] slash(Slash act, byte[] signatures) {
        return SLASH.encodeCallWithArgs(
                        (long) act.number(),
                        act.declaration().bytes(),
                        RegistryCalls.addresses(act.losses().keySet()),
                        act.losses().values().toArray(BigInteger[]::new),
                        act.shared(),
                        signatures)
                .array();
    }
}
