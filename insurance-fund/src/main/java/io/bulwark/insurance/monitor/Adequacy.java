package io.bulwark.insurance.monitor;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import java.math.BigInteger;
import java.util.List;
import java.util.SortedMap;

/**
 * Whether what stands in the fund pays what the two who fail lose beyond margin, layer by layer, in the order of {@link
 * io.bulwark.insurance.waterfall.DefaultLayer}.
 *
 * @param need u = 10⁻⁴ USD
 * @param margin what the accounts of the two had paid as margin before, u: it is used up, that is what beyond margin means
 * @param layers in the order in which they pay
 * @param prefunded what stands in the fund and may be used, u
 * @param beyondPrefunded part of the need that no prefunded layer pays, u
 * @param beyondAll part that assessments do not pay either: it falls on those who gained, u
 */
public record Adequacy(
        long need, long margin, List<LayerLine> layers, long prefunded, long beyondPrefunded, long beyondAll) {
    /** Copies the layers. */
    public Adequacy {
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param name in words
     * @param capacity what it could pay of this need, u
     * @param used what it pays, u
     * @param prefunded whether the money stands there already
     */
    public record LayerLine(String name, long capacity, long used, boolean prefunded) {}

    /**
     * The layers of a need.
     *
     * @param row whose first two members fail
     * @param accounts what each account loses
     * @param contributions what stands in the fund, by member, u
     * @param houseCapital u
     * @param assessmentPpm what a member can be called for beyond its contribution, ppm of it
     */
    public static Adequacy of(
            StressRow row,
            List<AccountLoss> accounts,
            SortedMap<String, Long> contributions,
            long houseCapital,
            int assessmentPpm) {
        List<MemberLoss> pair = row.pair();
        List<Integer> failed = pair.stream().flatMap(m -> m.accounts().stream()).toList();
        long margin = accounts.stream()
                .filter(a -> failed.contains(a.number()))
                .mapToLong(AccountLoss::margin)
                .reduce(0, Math::addExact);
        long own = pair.stream()
                .mapToLong(m -> Math.min(m.beyondMargin(), contributions.getOrDefault(m.member(), 0L)))
                .reduce(0, Math::addExact);
        long others = contributions.entrySet().stream()
                .filter(e -> pair.stream().noneMatch(m -> m.member().equals(e.getKey())))
                .mapToLong(e -> e.getValue())
                .reduce(0, Math::addExact);
        long calls = Rounding.exactLong(Rounding.fdiv(
                BigInteger.valueOf(others).multiply(BigInteger.valueOf(assessmentPpm)),
                BigInteger.valueOf(Rounding.PPM)));
        long need = row.need();
        long afterOwn = need - own;
        long house = Math.min(afterOwn, houseCapital);
        long mutual = Math.min(afterOwn - house, others);
        long beyondPrefunded = afterOwn - house - mutual;
        long called = Math.min(beyondPrefunded, calls);
        return new Adequacy(
                need,
                margin,
                List.of(
                        new LayerLine("contributions of the two who fail", own, own, true),
                        new LayerLine("the house's own capital", houseCapital, house, true),
                        new LayerLine("contributions of the others", others, mutual, true),
                        new LayerLine("assessments on the others", calls, called, false)),
                Math.addExact(own, Math.addExact(houseCapital, others)),
                beyondPrefunded,
                beyondPrefunded - called);
    }

    /** Whether prefunded layers alone pay the need. */
    public boolean holds() {
        return beyondPrefunded == 0;
    }
}
