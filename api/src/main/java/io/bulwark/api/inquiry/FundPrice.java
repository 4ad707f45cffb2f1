package io.bulwark.api.inquiry;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one more million USD of a position costs the fund: by member, asset and side, margined, netted and stressed again with the epoch's own kernels, all layers. Nothing is booked.
 *
 * <p>Each line is an exact difference of two sizes, not a slope: it holds over kinks. The position is of the first perpetual or future that is listed for the asset.
 *
 * @param epoch its number
 * @param demanded what the fund must hold as it is
 * @param size of the position, u
 * @param lines the dearest first; of the members with the largest parts, and the assets of the listing in its order
 */
@Serdeable
public record FundPrice(long epoch, Money demanded, long size, List<Line> lines) {
    private static final long MILLION = 10_000_000_000L;
    private static final int ACCOUNTS_MAX = 8;
    private static final int ASSETS_MAX = 5;

    /** Copies the lines. */
    public FundPrice {
        lines = List.copyOf(lines);
    }

    /**
     * One question.
     *
     * @param account that would hold it
     * @param member who stands behind it
     * @param asset whose price moves it
     * @param instrument that is traded
     * @param side long or short
     * @param margin by how much the account's initial margin changes, u
     * @param market by how much the layer of the market changes, u
     * @param jumpToZero the same of the jump to zero
     * @param liquidity the same of liquidity
     * @param demanded by how much what the fund must hold changes, u; below 0 the position takes risk off it
     */
    @Serdeable
    public record Line(
            int account,
            String member,
            String asset,
            String instrument,
            String side,
            long margin,
            long market,
            long jumpToZero,
            long liquidity,
            long demanded) {}

    private record Asked(AccountLine line, MarginStatement statement, String member) {}

    /** The prices of a computed epoch. */
    public static FundPrice of(ComputedEpoch epoch, FundBook fund) {
        FundDemand as = demand(epoch, fund);
        List<Asked> accounts = epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream()
                        .map(s -> new Asked(line, s, fund.members().getOrDefault(line.number(), line.name()))))
                .sorted(Comparator.comparingLong((Asked a) -> as.part(a.member()))
                        .reversed()
                        .thenComparingInt(a -> a.line().number()))
                .limit(ACCOUNTS_MAX)
                .toList();
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, InstrumentRisk> traded : linear(epoch).entrySet()) {
            for (Asked asked : accounts) {
                for (int side : new int[] {1, -1}) {
                    line(epoch, fund, as, asked, traded.getKey(), traded.getValue(), side)
                            .ifPresent(lines::add);
                }
            }
        }
        lines.sort(Comparator.comparingLong(Line::demanded)
                .reversed()
                .thenComparing(Line::member)
                .thenComparing(Line::asset)
                .thenComparing(Line::side));
        return new FundPrice(epoch.number(), Money.of(as.total()), MILLION, lines);
    }

    private static FundDemand demand(ComputedEpoch epoch, FundBook fund) {
        return FundDemand.of(
                FundStress.of(epoch, fund.members()), epoch.parameters().value(VaultParameters.UNCOVERED_SHARE));
    }

    /** The first instrument of each asset that settles daily and moves with that asset alone, by the asset's name. */
    private static Map<String, InstrumentRisk> linear(ComputedEpoch epoch) {
        TreeMap<String, InstrumentRisk> first = new TreeMap<>();
        epoch.table().instruments().stream()
                .filter(i -> i.value() == 0
                        && !i.paidUp()
                        && i.vega().isEmpty()
                        && i.delta().size() == 1)
                .filter(i -> i.delta().getFirst().amount() != 0
                        && epoch.vaultTable().instrument(i.number()).isPresent())
                .forEach(i -> epoch.table().groups().stream()
                        .filter(g -> g.number() == i.delta().getFirst().group())
                        .findFirst()
                        .filter(g -> first.size() < ASSETS_MAX || first.containsKey(g.id()))
                        .ifPresent(g -> first.putIfAbsent(g.id(), i)));
        return first;
    }

    /** Empty where the account would have no margin, or what it would hold leaves a range. */
    private static Optional<Line> line(
            ComputedEpoch epoch,
            FundBook fund,
            FundDemand as,
            Asked asked,
            String asset,
            InstrumentRisk traded,
            int side) {
        long lots = Rounding.halfEven(
                        BigInteger.valueOf(MILLION).multiply(BigInteger.valueOf(side)),
                        BigInteger.valueOf(traded.delta().getFirst().amount()))
                .longValueExact();
        MarginAccount held =
                AccountChange.trade(traded.number(), lots).applyTo(asked.line().lots());
        if (!(PortfolioMargin.evaluate(epoch.table(), held) instanceof MarginStatement statement)
                || epoch.buffer()
                        .flatMap(b -> b.fault(Integer.toString(asked.line().number()), held, statement.given()))
                        .isPresent()) {
            return Optional.empty();
        }
        FundDemand then = demand(epoch.asIf(asked.line(), held, statement, fund.members()), fund);
        return Optional.of(new Line(
                asked.line().number(),
                asked.member(),
                asset,
                traded.id(),
                side > 0 ? "long" : "short",
                statement.initialMargin() - asked.statement().initialMargin(),
                then.size().market() - as.size().market(),
                then.size().jumpToZero() - as.size().jumpToZero(),
                then.size().liquidity() - as.size().liquidity(),
                then.total() - as.total()));
    }
}
