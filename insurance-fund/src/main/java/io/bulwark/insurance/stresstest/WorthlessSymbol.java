package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.portfolio.LendingPool;
import java.math.BigInteger;
import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * What is lost if one collateral symbol, and every claim on it, loses a share of its worth: not a move of a market, but tokens without backing or keys that were lost.
 *
 * <p>An account whose margin rests on the symbol is a pool that lent against it ({@link LendingPool}): of what it holds along the chain, everything beyond the margin that it
 * holds is owed to others. A debt in the symbol counts nothing: no gain is credited.
 *
 * @param symbol the root of the chain
 * @param chain the symbol and what is a claim on it, hop by hop
 * @param exposure what accounts hold along the chain, u
 * @param uncovered what they lose beyond the margin that they hold, rounded up once an account, u
 * @param members who loses it, largest first, then by name
 */
public record WorthlessSymbol(
        String symbol, List<String> chain, long exposure, long uncovered, List<MemberLoss> members) {

    /**
     * What one account holds along the chain.
     *
     * @param number of the account
     * @param member who stands behind it
     * @param onChain value of the symbol and the claims on it, u ≥ 0
     * @param margin what the account holds against losses, u ≥ 0
     */
    public record Holding(int number, String member, long onChain, long margin) {
        /** Checks signs. */
        public Holding {
            if (onChain < 0 || margin < 0) {
                throw new IllegalArgumentException(
                        "onChain and margin must be >= 0; have " + onChain + " and " + margin);
            }
        }

        private long beyondMargin(BigFraction drop) {
            BigFraction lost = new LendingPool(
                            new BigFraction(BigInteger.valueOf(onChain)),
                            new BigFraction(BigInteger.valueOf(Math.max(0, onChain - margin))))
                    .badDebt(drop);
            return Rounding.exactLong(Rounding.cdiv(lost.getNumerator(), lost.getDenominator()));
        }
    }

    /** Copies the lists; members must lose what is uncovered. */
    public WorthlessSymbol {
        chain = List.copyOf(chain);
        members = List.copyOf(members);
        long sum = members.stream().mapToLong(MemberLoss::beyondMargin).reduce(0, Math::addExact);
        if (sum != uncovered) {
            throw new IllegalArgumentException(
                    "members of " + symbol + " must lose " + uncovered + " together; have " + sum);
        }
    }

    /** The same as a row of a stress test, whose words are the symbol. */
    public StressRow row(int number) {
        return new StressRow(number, symbol, members);
    }

    /**
     * The loss of one symbol.
     *
     * @param holdings every account that holds something along the chain
     * @param dropPpm share of the worth that is lost, 0 … 10⁶
     */
    public static WorthlessSymbol of(String symbol, List<String> chain, List<Holding> holdings, int dropPpm) {
        if (dropPpm < 0 || dropPpm > Ppm.ONE) {
            throw new IllegalArgumentException("dropPpm must be within 0 … 1000000; have " + dropPpm);
        }
        BigFraction drop = new BigFraction(dropPpm, Ppm.ONE);
        List<MemberLoss> members = MemberLoss.ofAccounts(holdings.stream()
                .map(h -> new MemberLoss(h.member(), h.beyondMargin(drop), List.of(h.number())))
                .toList());
        return new WorthlessSymbol(
                symbol,
                chain,
                holdings.stream().mapToLong(Holding::onChain).reduce(0, Math::addExact),
                members.stream().mapToLong(MemberLoss::beyondMargin).reduce(0, Math::addExact),
                members);
    }
}
