package io.bulwark.house.fund;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook.PositionCost;
import io.bulwark.insurance.stresstest.FundDemand;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.InstrumentRisk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one more position costs the fund, by account, asset and side. */
final class PositionCosts {
    private static final int ACCOUNTS_MAX = 8;
    private static final int ASSETS_MAX = 5;

    private final ComputedEpoch epoch;
    private final FundBook fund;
    private final BigInteger size;
    private final FundDemand now;

    PositionCosts(ComputedEpoch epoch, FundBook fund, long size) {
        this.epoch = epoch;
        this.fund = fund;
        this.size = BigInteger.valueOf(size);
        this.now = demand(epoch);
    }

    private record Asked(AccountLine line, MarginStatement statement, String member) {}

    /** The dearest first. */
    List<PositionCost> costs() {
        List<Asked> accounts = epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream()
                        .map(s -> new Asked(line, s, fund.members().getOrDefault(line.number(), line.name()))))
                .sorted(Comparator.comparingLong((Asked a) -> now.part(a.member()))
                        .reversed()
                        .thenComparingInt(a -> a.line().number()))
                .limit(ACCOUNTS_MAX)
                .toList();
        List<PositionCost> costs = new ArrayList<>();
        linear().forEach((asset, traded) -> accounts.forEach(asked -> {
            cost(asked, asset, traded, true).ifPresent(costs::add);
            cost(asked, asset, traded, false).ifPresent(costs::add);
        }));
        costs.sort(Comparator.comparingLong(PositionCost::demanded)
                .reversed()
                .thenComparing(PositionCost::member)
                .thenComparing(PositionCost::asset)
                .thenComparing(PositionCost::isLong, Comparator.reverseOrder()));
        return costs;
    }

    private FundDemand demand(ComputedEpoch of) {
        return FundDemand.of(FundStress.of(of, fund.members()), of.parameters().value(VaultParameters.UNCOVERED_SHARE));
    }

    /** The first instrument of each asset that settles daily and moves with that asset alone, by the asset's name. */
    private Map<String, InstrumentRisk> linear() {
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
    private Optional<PositionCost> cost(Asked asked, String asset, InstrumentRisk traded, boolean isLong) {
        long lots = Rounding.halfEven(
                        isLong ? size : size.negate(),
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
        FundDemand then = demand(epoch.asIf(asked.line(), held, statement, fund.members()));
        return Optional.of(new PositionCost(
                asked.line().number(),
                asked.member(),
                asset,
                traded.id(),
                isLong,
                statement.initialMargin() - asked.statement().initialMargin(),
                new TreeMap<>(Map.of(
                        FundDemand.MARKET, then.size().market() - now.size().market(),
                        FundDemand.JUMP, then.size().jumpToZero() - now.size().jumpToZero(),
                        FundDemand.LIQUIDITY,
                                then.size().liquidity() - now.size().liquidity(),
                        FundDemand.VENUE,
                                then.size().venueDefault() - now.size().venueDefault())),
                then.total() - now.total()));
    }
}
