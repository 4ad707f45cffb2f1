package io.bulwark.adapter.holding;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;

/**
 * The balance of an address, proved from a token's storage.
 *
 * @param units of the token
 * @param block in which it was; whether it is the chain's own, the proof does not say
 */
public record ProvedBalance(BigInteger units, Horizon.Block block) {
    private static final String VENUE = "holding";

    /**
     * Reads and checks a proof.
     *
     * @param place CAIP-10 of the address
     * @throws PayloadRefused if the header has not the hash and the time that the evidence says, or the balance is not under its state root
     * @throws IllegalArgumentException if the place is no address
     */
    public static ProvedBalance of(String place, HoldingEvidence.Storage storage) {
        String address = PlaceControl.address(place)
                .orElseThrow(() -> new IllegalArgumentException("place must be an address (CAIP-10); have " + place))
                .text();
        Horizon.Block block = new Horizon.Block(
                PlaceControl.chain(place).orElseThrow(),
                storage.number(),
                storage.hash(),
                Horizon.Finality.FINALIZED,
                storage.timeMillis());
        BlockHeader header = BlockHeader.of(VENUE, storage.header(), block);
        BigInteger units = StorageProof.verified(VENUE, storage.proof(), storage.contract(), header)
                .word(StorageProof.mappingSlot(address, storage.balances()));
        return new ProvedBalance(units, block);
    }
}
