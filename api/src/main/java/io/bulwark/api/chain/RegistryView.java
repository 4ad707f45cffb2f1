package io.bulwark.api.chain;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.clearing.attestation.ChainAddress;
import java.math.BigInteger;

/**
 * What a registry says at the newest block: what a transaction that is sent now would meet.
 *
 * @param node of its chain
 * @param registry where it stands
 */
record RegistryView(EvmNode node, ChainAddress registry) {
    private Tuple ask(Function function, Object... values) throws VenueException {
        return node.newest(EvmCall.ofValues(registry.text(), function, values));
    }

    /** An epoch there; the digest is 0 where there is none, and then nothing else says anything. */
    record Published(BigInteger digest, long set, boolean equivocated) {
        boolean isThere() {
            return digest.signum() > 0;
        }
    }

    /** A set that is on its way; number 0 where none is. */
    record Following(long number, long fromSeconds) {}

    BigInteger house() throws VenueException {
        return ask(RegistryCalls.HOUSE).get(0);
    }

    /** The highest number of a published epoch; 0 before the first. */
    long latest() throws VenueException {
        return ask(RegistryCalls.LATEST_EPOCH).<BigInteger>get(0).longValueExact();
    }

    /** How many epochs are taken, counted back from the latest. */
    long taken() throws VenueException {
        return ask(RegistryCalls.EPOCHS_TAKEN).<BigInteger>get(0).longValueExact();
    }

    Published epoch(long number) throws VenueException {
        Tuple epoch = ask(RegistryCalls.EPOCHS, BigInteger.valueOf(number));
        return new Published(epoch.get(0), epoch.<Long>get(2), epoch.<Boolean>get(3));
    }

    /** The set that may sign. */
    long set() throws VenueException {
        return ask(RegistryCalls.NODE_SET).<Long>get(0);
    }

    Following following() throws VenueException {
        Tuple next = ask(RegistryCalls.NEXT_NODE_SET);
        return new Following(next.<Long>get(0), next.<BigInteger>get(1).longValueExact());
    }

    /** The highest number ever given to a set. */
    long lastSet() throws VenueException {
        return ask(RegistryCalls.LAST_NODE_SET).<Long>get(0);
    }

    int threshold(long set) throws VenueException {
        return ask(RegistryCalls.THRESHOLD, set).<Integer>get(0);
    }

    boolean has(long set, ChainAddress node) throws VenueException {
        return ask(RegistryCalls.IS_NODE, set, EvmCall.address(node.text())).<Boolean>get(0);
    }
}
