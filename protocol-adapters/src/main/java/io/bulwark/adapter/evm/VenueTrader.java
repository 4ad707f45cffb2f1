package io.bulwark.adapter.evm;

import io.bulwark.adapter.VenueException;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.money.Amount;
import java.util.List;

/** What a venue on a chain takes of whoever trades there for another: the calls, which somebody signs and sends. */
public interface VenueTrader {
    /**
     * A kind of venue on a chain at which one may trade for the account of another who approved it on the chain: an order of the
     * house is sent there. At any other venue it is proposed.
     *
     * @param <F> what a founding file says of such a venue
     */
    interface Taking<F extends ChainVenue.OnChain> extends ChainVenue<F> {
        /** Who knows the calls. */
        VenueTrader trader(F founding);
    }

    /**
     * A trade for the account of somebody else.
     *
     * @param account whose, lower-case 0x address
     * @param symbol how the house calls the market
     * @param size of the underlying, above 0 bought, below 0 sold
     * @param limit of all of it, in the quote: the least that a sale brings, the most that a purchase costs; > 0
     */
    record Order(String account, String symbol, Amount size, Amount limit) {
        /** Checks the ranges. */
        public Order {
            EvmAddress.require("account", account);
            if (size.signum() == 0 || limit.signum() <= 0) {
                throw new IllegalArgumentException(
                        "size of an order must not be 0, and its limit > 0; have " + size + ", " + limit);
            }
        }
    }

    /**
     * A call of a contract.
     *
     * @param to the contract
     * @param data what it is told
     */
    record Call(ChainAddress to, byte[] data) {
        /** Copies. */
        public Call {
            data = data.clone();
        }

        @Override
        public byte[] data() {
            return data.clone();
        }
    }

    /**
     * The call that trades; the venue takes it of a sender that the account has approved, and reverts it where the limit does not hold.
     *
     * @throws VenueException of category HALT if the account has not approved the sender
     */
    Call trade(EvmNode node, ChainAddress sender, Order order) throws VenueException;

    /**
     * The calls by which the sender pays into the account, in their order.
     *
     * @param account lower-case 0x address
     * @param asset how the house calls what is paid
     * @param amount of it, above 0; what the asset cannot say is rounded up
     */
    List<Call> deposit(EvmNode node, String account, String asset, Amount amount) throws VenueException;
}
