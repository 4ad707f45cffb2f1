package io.bulwark.adapter.evm;

import io.bulwark.adapter.VenueException;

/** What a venue on a chain asks its node, all at one block hash and in the venue's fixed order, so that a replay finds every answer. */
public interface BlockReader {
    /**
     * Asks all that is asked of an account.
     *
     * @param user the account's lower-case 0x address
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    void account(String user, BlockInquiry at) throws VenueException;

    /**
     * Asks all that is asked of the market.
     *
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    void market(BlockInquiry at) throws VenueException;
}
