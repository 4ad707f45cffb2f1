package io.bulwark.netting.buffer;

import io.bulwark.clearing.money.MoneyRange;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the epoch before published, for its charged vectors to fall slowly.
 *
 * @param tariff of that epoch
 * @param elapsed from its time to this epoch's, ≥ 0
 */
public record EarlierTariff(BufferTariff tariff, Duration elapsed) {
    /** Checks the time. */
    public EarlierTariff {
        MoneyRange.notNegative("elapsed", elapsed.toMillis());
    }

    /**
     * The charged rates of a scenario then: by the scenario's place and the group's name; 0 for a new group, and for every scenario where their number is another.
     *
     * @param scenarios how many there are now
     * @param groups of now
     */
    IntColumn charged(int scenario, int scenarios, List<LiquidityGroup> groups) {
        int[] rates = new int[2 * groups.size()];
        if (tariff.charged().size() == scenarios) {
            ContagionVector then = tariff.charged().get(scenario);
            Map<String, Integer> places = new HashMap<>();
            tariff.groups().forEach(group -> places.put(group.name(), places.size()));
            for (int k = 0; k < groups.size(); k++) {
                Integer place = places.get(groups.get(k).name());
                if (place != null) {
                    rates[k] = then.down(place);
                    rates[groups.size() + k] = then.up(place);
                }
            }
        }
        return IntColumn.of(rates);
    }
}
