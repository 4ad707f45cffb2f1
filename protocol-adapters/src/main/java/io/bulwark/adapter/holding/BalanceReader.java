package io.bulwark.adapter.holding;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.PlaceControl;
import io.bulwark.clearing.holding.HoldingEvidence;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;

/** Asks a node for the proof of a balance; whether it proves anything {@link HoldingAudit.Balance} says. */
public final class BalanceReader {
    private BalanceReader() {}

    /**
     * The balance of a place as a node proves it at a block.
     *
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    public static HoldingEvidence.Storage read(EvmNode node, PaymentPlace.OnChain place, Horizon.Block block)
            throws VenueException {
        String address = PlaceControl.address(place.place()).orElseThrow().text();
        List<Reading> answers = node.ask(List.of(
                new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)),
                new Question(
                        StorageProof.METHOD,
                        StorageProof.parametersAt(
                                place.contract(),
                                List.of(StorageProof.mappingSlot(address, place.balances())),
                                block))));
        return new HoldingEvidence.Storage(
                place.contract(),
                place.balances(),
                place.units(),
                block.number(),
                block.timeMillis(),
                block.hash(),
                answers.get(0).result(),
                answers.get(1).result());
    }
}
