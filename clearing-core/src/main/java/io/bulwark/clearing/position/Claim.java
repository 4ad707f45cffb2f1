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
public record Claim(long chain, String contract, String book, String holder, String on) implements Comparable<Claim> {
    private static final Comparator<Claim> ORDER = Comparator.comparingLong(Claim::chain)
            .thenComparing(Claim::contract)
            .thenComparing(Claim::book)
            .thenComparing(Claim::holder)
            .thenComparing(Claim::on);

    /** A balance of a token. */
    public static Claim token(long chain, String token, String holder) {
        return new Claim(chain, token, "", holder, token);
    }

    /** The same entry of the same book, whatever is told of the token behind it. */
    public Claim entry() {
        return new Claim(chain, contract, book, holder, contract);
    }

    /** Whether it is a claim on its own holder, and so on nothing. */
    public boolean onItself() {
        return holder.equals(contract) || holder.equals(on);
    }

    /** By chain, contract, book, holder, token. */
    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
