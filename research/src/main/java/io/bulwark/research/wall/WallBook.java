package io.bulwark.research.wall;

import io.bulwark.insurance.stresstest.WorthlessSymbol;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.scenario.CrashDay;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A book that can be taken through an event. */
interface WallBook {
    /**
     * An account as the cascade sees it.
     *
     * @param member who stands behind it
     * @param values by group, micro-USD, long above 0
     * @param equity micro-USD
     * @param maintenance micro-USD
     */
    record Account(String member, List<Long> values, long equity, long maintenance) {
        public Account {
            values = List.copyOf(values);
        }
    }

    /**
     * What the day does to an account before anybody is sold.
     *
     * @param member who stands behind it
     * @param loss micro-USD; negative for a gain
     * @param held what pays first: min(E, IM + Buffer), at least 0, micro-USD
     */
    record FirstLoss(String member, long loss, long held) {
        long uncovered() {
            return Math.max(0, loss - held);
        }
    }

    /**
     * What pays behind the margin.
     *
     * @param houseCapital micro-USD
     * @param contributions of members to the fund, micro-USD
     * @param assessmentPpm what a member can be called for beyond its contribution, as a share of it
     */
    record Resources(long houseCapital, SortedMap<String, Long> contributions, long assessmentPpm) {
        public Resources {
            contributions = Collections.unmodifiableSortedMap(new TreeMap<>(contributions));
        }

        /** What stands in the fund already, micro-USD. */
        long prefunded() {
            return contributions.values().stream().reduce(houseCapital, Math::addExact);
        }
    }

    /** For people. */
    String name();

    List<LiquidityGroup> groups();

    List<Account> accounts();

    /** Every account's loss on a day, options and haircuts as the house counts them. */
    List<FirstLoss> losses(CrashDay day);

    /** What each venue would do on a day as one did then, beside what prices do; none where the book stands at no venue. */
    default List<WallAnswer.VenueLoss> venues(WallEvent event, CrashDay day) {
        return List.of();
    }

    /** What pays behind the margin. */
    Resources resources();

    /** Chains of collateral: the symbol, its claims, and what rests on them. */
    List<WorthlessSymbol> chains(int dropPpm);
}
