package io.bulwark.prover;

import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.prover.witness.ProofShape;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random accounts that fit a proof shape: ordinary ones, and every corner that a list can have. */
public final class RandomAccount {
    private final SplittableRandom random;
    private final RiskTable table;
    private final Style style;
    private final ProofShape shape;

    /** What the accounts of one run stress. */
    public enum Style {
        /** Nothing at all, or cash alone. */
        EMPTY(0),
        /** Long lots, short lots, paid lots, collateral and debt. */
        MIXED(20),
        /** Long lots only, most of them paid for. */
        LONG(20),
        /** Short lots only. */
        SHORT(20),
        /** As much as the largest account has room for. */
        FULL(16),
        /** Single lots. */
        DUST(1),
        /** Lots up to the largest. */
        EXTREME(31),
        /** Debt and negative cash, little else. */
        INDEBTED(24);

        private final int lotBits;

        Style(int lotBits) {
            this.lotBits = lotBits;
        }
    }

    private RandomAccount(SplittableRandom random, RiskTable table, Style style, ProofShape shape) {
        this.random = random;
        this.table = table;
        this.style = style;
        this.shape = shape;
    }

    /** A random account over a table; the guard may refuse it where lots are extreme. */
    public static MarginAccount of(SplittableRandom random, RiskTable table, Style style, ProofShape shape) {
        return new RandomAccount(random, table, style, shape).account();
    }

    /** A random account with positions and a debt. */
    public static MarginAccount indebted(SplittableRandom random, RiskTable table, ProofShape shape) {
        while (true) {
            MarginAccount account = of(random, table, Style.MIXED, shape);
            if (account.positions().size() > 1 && !account.debt().isEmpty()) {
                return account;
            }
        }
    }

    private MarginAccount account() {
        List<Integer> groups = shuffled(table.groups().stream().map(group -> group.number()))
                .limit(1 + random.nextInt(shape.groups()))
                .toList();
        List<InstrumentRisk> instruments = shuffled(
                        table.instruments().stream().filter(i -> groups.containsAll(groupsOf(i))))
                .limit(count(shape.positions()))
                .sorted(Comparator.comparingInt(InstrumentRisk::number))
                .toList();
        List<AssetRisk> assets = shuffled(table.assets().stream().filter(a -> groups.contains(a.group())))
                .limit(count(shape.lines()))
                .sorted(Comparator.comparingInt(AssetRisk::number))
                .toList();
        List<AssetRisk> debts = assets.stream().filter(asset -> borrowed()).toList();
        List<AssetRisk> held = assets.stream()
                .filter(asset -> !debts.contains(asset) || assets.size() + debts.size() <= shape.lines())
                .toList();
        return new MarginAccount(cash(), positions(instruments), paid(instruments), lines(held), lines(debts));
    }

    /** The groups that an instrument names, as its own or as a leg. */
    private static Set<Integer> groupsOf(InstrumentRisk instrument) {
        return Stream.concat(
                        Stream.of(instrument.group()),
                        Stream.concat(instrument.delta().stream(), instrument.vega().stream())
                                .map(Sensitivity::group))
                .collect(Collectors.toSet());
    }

    private long cash() {
        long size = random.nextLong(1L << random.nextInt(1, style == Style.EXTREME ? 59 : 45));
        return style == Style.INDEBTED || random.nextInt(3) == 0 ? -size : size;
    }

    private boolean borrowed() {
        return style == Style.INDEBTED || (style != Style.LONG && random.nextInt(3) == 0);
    }

    private int count(int most) {
        return switch (style) {
            case EMPTY -> 0;
            case FULL -> most;
            case MIXED, LONG, SHORT, DUST, EXTREME, INDEBTED -> random.nextInt(most + 1);
        };
    }

    private List<Entry> positions(List<InstrumentRisk> instruments) {
        return instruments.stream()
                .filter(instrument -> style == Style.FULL || random.nextInt(8) != 0)
                .map(instrument -> new Entry(instrument.number(), signedLots()))
                .toList();
    }

    private List<Entry> paid(List<InstrumentRisk> instruments) {
        return instruments.stream()
                .filter(InstrumentRisk::paidUp)
                .filter(instrument -> random.nextInt(3) == 0)
                .map(instrument -> new Entry(instrument.number(), lots()))
                .toList();
    }

    private List<Entry> lines(List<AssetRisk> assets) {
        return assets.stream().map(asset -> new Entry(asset.number(), lots())).toList();
    }

    private long signedLots() {
        boolean negative = switch (style) {
            case LONG -> false;
            case SHORT -> true;
            case EMPTY, MIXED, FULL, DUST, EXTREME, INDEBTED -> random.nextBoolean();
        };
        return negative ? -lots() : lots();
    }

    private long lots() {
        if (style == Style.EXTREME && random.nextInt(4) == 0) {
            return Integer.MAX_VALUE;
        }
        return 1 + random.nextLong(1L << random.nextInt(style.lotBits + 1)) % Integer.MAX_VALUE;
    }

    private <T> Stream<T> shuffled(Stream<T> stream) {
        record Drawn<T>(long order, T value) {}
        return stream.map(value -> new Drawn<>(random.nextLong(), value))
                .sorted(Comparator.comparingLong(Drawn::order))
                .map(Drawn::value);
    }
}
