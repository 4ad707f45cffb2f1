package io.bulwark.insurance.liquidation;

import io.bulwark.netting.contagion.CascadeBook;
import io.bulwark.netting.contagion.ImpactLadder;
import io.bulwark.netting.contagion.LiquidityGroup;
import io.bulwark.netting.risktable.IntColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A book whose seed is the only thing drawn from. */
record DrawnBook(List<LiquidityGroup> groups, List<Held> accounts) {
    /**
     * An account.
     *
     * @param held by side, micro-USD
     */
    record Held(long[] held, long equity, long maintenance) {}

    static final int SPAN = 400_001;

    static DrawnBook of(long seed) {
        Random random = new Random(seed);
        int groups = 1 + random.nextInt(3);
        List<Held> accounts = new ArrayList<>();
        int size = 1 + random.nextInt(40);
        for (int a = 0; a < size; a++) {
            long[] held = new long[2 * groups];
            long gross = 0;
            for (int i = 0; i < held.length; i++) {
                held[i] = random.nextInt(3) == 0 ? (1 + random.nextInt(9_999)) * 1_000_003L + random.nextInt(1_000) : 0;
                gross += held[i];
            }
            long maintenance = gross / (15 + random.nextInt(10));
            accounts.add(new Held(
                    held, maintenance + (long) (gross * (random.nextDouble() * 0.2 - 0.01)), maintenance));
        }
        List<LiquidityGroup> ladders = new ArrayList<>();
        for (int k = 0; k < groups; k++) {
            int slope = 1 + random.nextInt(2_000_000);
            ladders.add(group("G" + k, 100_000 + random.nextInt(600_000), slope, slope / 2));
        }
        return new DrawnBook(ladders, accounts);
    }

    /** A group whose ladder grows steeper at 20,000 USD. */
    static LiquidityGroup group(String name, int cap, long slope, long steeper) {
        return new LiquidityGroup(
                name,
                new ImpactLadder(
                        List.of(new ImpactLadder.Step(0, slope), new ImpactLadder.Step(20_000_000_000L, steeper))),
                cap,
                0,
                0,
                List.of());
    }

    CascadeBook book() {
        int[] start = new int[accounts.size() + 1];
        List<Integer> sides = new ArrayList<>();
        List<Long> amounts = new ArrayList<>();
        for (int a = 0; a < accounts.size(); a++) {
            for (int i = 0; i < 2 * groups.size(); i++) {
                if (accounts.get(a).held()[i] > 0) {
                    sides.add(i);
                    amounts.add(accounts.get(a).held()[i]);
                }
            }
            start[a + 1] = sides.size();
        }
        return CascadeBook.of(
                groups.size(),
                start,
                sides.stream().mapToInt(Integer::intValue).toArray(),
                amounts.stream().mapToLong(Long::longValue).toArray(),
                accounts.stream().mapToLong(Held::equity).toArray(),
                accounts.stream().mapToLong(Held::maintenance).toArray());
    }

    DrawnBook shuffled(long seed) {
        List<Held> other = new ArrayList<>(accounts);
        Collections.shuffle(other, new Random(seed));
        return new DrawnBook(groups, other);
    }

    /** A path of some moments on which every price wanders between −25 and +15 % of the start. */
    PricePath wandering(long seed) {
        Random random = new Random(seed);
        return new PricePath(IntStream.range(0, 2 + random.nextInt(6))
                .mapToObj(moment -> IntColumn.of(IntStream.range(0, groups.size())
                        .map(k -> 750_000 + random.nextInt(400_001))
                        .toArray()))
                .toList());
    }

    /** One fall at once, then prices stand still. */
    PricePath fallen(int pricePpm, int moments) {
        IntColumn prices = IntColumn.of(
                IntStream.range(0, groups.size()).map(k -> pricePpm).toArray());
        return new PricePath(Collections.nCopies(moments, prices));
    }

    LiquidationReplay replay(PricePath path, SaleSpeed speed) {
        return LiquidationReplay.of(book(), groups, path, speed, SPAN);
    }
}
