package io.bulwark.clearing.position;

import java.util.Comparator;

/**
 * What stands in a holder's name in the books of a contract: one claim, whichever venue reads it. Addresses are in lower case.
 *
 * @param chain where the contract is
 * @param contract whose books, and who keeps in its own name what the claim is on: a token, a pool, a vault
 * @param book which of its books, such as a market; empty for a token, which has one
 * @param holder in whose name
 * @param on the token that the contract keeps for the holder; the contract itself where it is a token, or where that is not told
 */
public record HeldClaim(long chain, String contract, String book, String holder, String on)
        implements Comparable<HeldClaim> {
    private static final Comparator<HeldClaim> ORDER = Comparator.comparingLong(HeldClaim::chain)
            .thenComparing(HeldClaim::contract)
            .thenComparing(HeldClaim::book)
            .thenComparing(HeldClaim::holder)
            .thenComparing(HeldClaim::on);

    /** A balance of a token. */
    public static HeldClaim token(long chain, String token, String holder) {
        return new HeldClaim(chain, token, "", holder, token);
    }

    /** The same entry of the same book, whatever is told of the token behind it. */
    public HeldClaim entry() {
        return new HeldClaim(chain, contract, book, holder, contract);
    }

    /** Whether it is a claim on its own holder, and so on nothing. */
    public boolean onItself() {
        return holder.equals(contract) || holder.equals(on);
    }

    /** By chain, contract, book, holder, token. */
    @Override
    public int compareTo(HeldClaim other) {
        return ORDER.compare(this, other);
    }
}
