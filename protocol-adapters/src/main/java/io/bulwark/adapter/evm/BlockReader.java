package io.bulwark.adapter.evm;

import io.bulwark.adapter.VenueException;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;

/** What a venue on a chain asks its node, everything at one block hash. */
public interface BlockReader {
    /** The node. */
    EvmNode node();

    /**
     * All that is asked of an account, in the venue's fixed order.
     *
     * @param user the account's lower-case 0x address
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    List<Reading> account(String user, Horizon.Block block) throws VenueException;

    /**
     * All that is asked of the market, in the venue's fixed order.
     *
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    List<Reading> market(Horizon.Block block) throws VenueException;
}
