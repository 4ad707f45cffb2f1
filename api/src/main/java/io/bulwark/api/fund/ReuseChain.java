package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.CollateralChains;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.portfolio.PledgeChain;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/**
 * A collateral symbol with every claim on it, hop by hop.
 *
 * @param symbol the root
 * @param pledged what accounts hold along the chain
 * @param looped what accounts pledge of it and owe in it at once: so much of what is pledged was borrowed first
 * @param velocityPpm pledged over what is its holders' own, ppm, rounded down: how often a unit is counted; absent where nothing of it is their own
 * @param lost beyond margin if the symbol and every claim on it are worth nothing
 * @param cap the most that it puts into the fund, governed
 * @param cycles names along the chain that back their own backer
 * @param hops the root, then every claim in the order in which the chain reaches it
 */
@Serdeable
record ReuseChain(
        String symbol,
        Money pledged,
        Money looped,

        @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Optional<Long> velocityPpm,

        Money lost,
        Money cap,
        List<String> cycles,
        List<Hop> hops) {
    private static final int WHOLE = 1_000_000;

    public ReuseChain {
        cycles = List.copyOf(cycles);
        hops = List.copyOf(hops);
    }

    /**
     * One asset on the chain.
     *
     * @param asset its name
     * @param on what it is a claim on along the chain; empty for the root
     * @param held what accounts hold of it
     * @param lost beyond margin if it and every claim on it are worth nothing
     */
    @Serdeable
    public record Hop(String asset, List<String> on, Money held, Money lost) {
        public Hop {
            on = List.copyOf(on);
        }
    }

    /** The chains of an epoch on which something rests, the dearest first. */
    static List<ReuseChain> of(ComputedEpoch epoch, FundBook fund) {
        return CollateralChains.of(epoch, fund.members(), WHOLE).stream()
                .filter(root -> root.exposure() > 0)
                .sorted(Comparator.comparingLong(WorthlessSymbol::uncovered)
                        .thenComparingLong(WorthlessSymbol::exposure)
                        .reversed()
                        .thenComparing(WorthlessSymbol::symbol))
                .map(root -> chain(epoch, fund, root))
                .toList();
    }

    private static ReuseChain chain(ComputedEpoch epoch, FundBook fund, WorthlessSymbol root) {
        long looped = CollateralChains.looped(epoch, root.chain());
        return new ReuseChain(
                root.symbol(),
                Money.of(root.exposure()),
                Money.of(looped),
                velocity(root.exposure(), root.exposure() - looped),
                Money.of(root.uncovered()),
                Money.of(VaultParameters.symbolCap(epoch.parameters(), root.symbol())),
                CollateralChains.cycles(epoch, root),
                CollateralChains.hops(epoch, fund.members(), root).stream()
                        .map(hop -> new Hop(
                                hop.lost().symbol(),
                                hop.on(),
                                Money.of(hop.held()),
                                Money.of(hop.lost().uncovered())))
                        .toList());
    }

    private static Optional<Long> velocity(long pledged, long own) {
        if (own <= 0) {
            return Optional.empty();
        }
        BigFraction velocity = PledgeChain.velocity(whole(pledged), whole(own)).multiply(new BigFraction(WHOLE));
        return Optional.of(
                velocity.getNumerator().divide(velocity.getDenominator()).longValueExact());
    }

    private static BigFraction whole(long amount) {
        return new BigFraction(BigInteger.valueOf(amount));
    }
}
