package io.bulwark.insurance.monitor;

import io.bulwark.insurance.apportionment.CumulativeRounding;
import io.bulwark.insurance.deleveraging.GainsHaircut;
import io.bulwark.insurance.deleveraging.WaterFilling;
import io.bulwark.insurance.deleveraging.WaterFilling.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/**
 * What those who gained in a scenario would give up for a deficit that no layer pays, under three rules side by side. The house's own rule is the cut pro rata.
 *
 * @param deficit u = 10⁻⁴ USD
 * @param gains of all who gained, u
 * @param rules queue, pro rata, water-filling
 */
public record GainsPreview(long deficit, long gains, List<RuleOutcome> rules) {
    /**
     * Who gained.
     *
     * @param number of the account
     * @param member who stands behind it
     * @param equity after the scenario, u
     * @param gain u, above 0
     * @param hedged whether it is long and short of one asset: closing one side leaves the other bare
     */
    public record Winner(int number, String member, long equity, long gain, boolean hedged) {}

    /**
     * One rule.
     *
     * @param rule its name
     * @param cuts by winner, u, in the order of the winners
     * @param taken all cuts together, u
     * @param overshoot what is taken beyond the deficit, u
     * @param uncovered what of the deficit is not covered, u
     * @param hedgesBroken hedged accounts whose positions the rule closes
     */
    public record RuleOutcome(
            String rule, List<Cut> cuts, long taken, long overshoot, long uncovered, int hedgesBroken) {
        /** Copies the cuts. */
        public RuleOutcome {
            cuts = List.copyOf(cuts);
        }
    }

    /**
     * What one account gives up.
     *
     * @param number of the account
     * @param member who stands behind it
     * @param gain u
     * @param cut u
     */
    public record Cut(int number, String member, long gain, long cut) {}

    /** Copies the rules. */
    public GainsPreview {
        rules = List.copyOf(rules);
    }

    /**
     * The preview.
     *
     * @param winners equity must be above 0; others have nothing to give
     * @param deficit ≥ 0
     */
    public static GainsPreview of(List<Winner> winners, long deficit) {
        List<Winner> able =
                winners.stream().filter(w -> w.gain() > 0 && w.equity() > 0).toList();
        long gains = able.stream().mapToLong(Winner::gain).reduce(0, Math::addExact);
        return new GainsPreview(
                deficit,
                gains,
                List.of(
                        outcome("queue", able, deficit, queue(able, deficit), true),
                        outcome("pro rata", able, deficit, proRata(able, deficit), false),
                        outcome("water-filling", able, deficit, waterFilling(able, Math.min(deficit, gains)), true)));
    }

    /** Whole positions in order of gain over equity, the last of them whole too: what venues do. */
    private static List<Long> queue(List<Winner> winners, long deficit) {
        List<Long> cuts = new ArrayList<>(Collections.nCopies(winners.size(), 0L));
        long rest = deficit;
        List<Integer> order = IntStream.range(0, winners.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> leverage(winners.get(i)))
                        .reversed()
                        .thenComparingInt(i -> winners.get(i).number()))
                .toList();
        for (int i : order) {
            if (rest <= 0) {
                break;
            }
            cuts.set(i, winners.get(i).gain());
            rest -= winners.get(i).gain();
        }
        return cuts;
    }

    private static BigFraction leverage(Winner winner) {
        return new BigFraction(winner.gain()).divide(new BigFraction(winner.equity()));
    }

    private static List<Long> proRata(List<Winner> winners, long deficit) {
        return CumulativeRounding.of(GainsHaircut.of(
                        winners.stream().map(w -> new BigFraction(w.gain())).toList(), new BigFraction(deficit))
                .losses());
    }

    /** Gain over equity is brought down to one level, from the top. */
    private static List<Long> waterFilling(List<Winner> winners, long toTake) {
        return winners.isEmpty()
                ? List.of()
                : CumulativeRounding.of(WaterFilling.of(
                                winners.stream()
                                        .map(w -> new Candidate(new BigFraction(w.equity()), new BigFraction(w.gain())))
                                        .toList(),
                                new BigFraction(toTake))
                        .closed());
    }

    private static RuleOutcome outcome(
            String rule, List<Winner> winners, long deficit, List<Long> cuts, boolean closes) {
        long taken = cuts.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
        List<Integer> cut = IntStream.range(0, cuts.size())
                .filter(i -> cuts.get(i) > 0)
                .boxed()
                .toList();
        return new RuleOutcome(
                rule,
                IntStream.range(0, cuts.size())
                        .mapToObj(i -> new Cut(
                                winners.get(i).number(),
                                winners.get(i).member(),
                                winners.get(i).gain(),
                                cuts.get(i)))
                        .toList(),
                taken,
                Math.max(0, taken - deficit),
                Math.max(0, deficit - taken),
                closes ? (int) cut.stream().filter(i -> winners.get(i).hedged()).count() : 0);
    }
}
