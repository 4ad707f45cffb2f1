package io.bulwark.netting.tail;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.money.Ppm;

/**
 * Where tomorrow's worlds come from.
 *
 * @param seed of every draw
 * @param lookBackDays days whose residuals are replayed, 250 to 3 650
 * @param stressedPpm share of worlds that replay the worst year at its own σ
 * @param copulaPpm of the others, share drawn from the t-copula
 * @param recentWeight how often each of the last 90 days is drawn beside an older one, 1 to 4: 2 while the regime is stressed
 * @param volatilityMovePpm standard deviation of the relative move of implied volatility in a day
 * @param leveragePpm how far implied volatility goes against the common move of prices: minus their correlation
 */
public record WorldMix(
        long seed,
        int lookBackDays,
        int stressedPpm,
        int copulaPpm,
        int recentWeight,
        int volatilityMovePpm,
        int leveragePpm) {
    private static final int LOOK_BACK_MIN = 250;
    private static final int LOOK_BACK_MAX = 3_650;
    private static final int RECENT_MAX = 4;

    /** Checks the ranges. */
    public WorldMix {
        within("lookBackDays", lookBackDays, LOOK_BACK_MIN, LOOK_BACK_MAX);
        within("stressedPpm", stressedPpm, 0, Ppm.ONE);
        within("copulaPpm", copulaPpm, 0, Ppm.ONE);
        within("recentWeight", recentWeight, 1, RECENT_MAX);
        within("volatilityMovePpm", volatilityMovePpm, 0, Ppm.ONE);
        within("leveragePpm", leveragePpm, -Ppm.ONE, Ppm.ONE);
    }

    /** The governed mix; the look-back is that of the groups, and the regime says how recent days count. */
    public static WorldMix of(ParameterSet parameters, int lookBackDays, boolean stressed) {
        return new WorldMix(
                parameters.value(TailParameters.SEED),
                lookBackDays,
                Math.toIntExact(parameters.value(TailParameters.STRESSED_SHARE)),
                Math.toIntExact(parameters.value(TailParameters.COPULA_SHARE)),
                stressed ? 2 : 1,
                Math.toIntExact(parameters.value(TailParameters.VOLATILITY_MOVE)),
                Math.toIntExact(parameters.value(TailParameters.LEVERAGE)));
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + "; have " + value);
        }
    }
}
