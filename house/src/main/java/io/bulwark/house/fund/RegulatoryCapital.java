package io.bulwark.house.fund;

import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook.Reliance;
import io.bulwark.insurance.regulatory.AssetClass;
import io.bulwark.insurance.regulatory.CentralCounterpartyCapital;
import io.bulwark.insurance.regulatory.CentralCounterpartyCapital.Member;
import io.bulwark.insurance.regulatory.DerivativeTrade;
import io.bulwark.insurance.regulatory.NettingSetExposure;
import io.bulwark.insurance.regulatory.NettingSetExposure.Agreement;
import io.bulwark.insurance.regulatory.SupervisoryDelta;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.placement.Placement.Place;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.Sensitivity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the regulator's own rule makes of the house: its exposure to every member that rests on the fund, and the capital that follows.
 * In USD; a report, which decides nothing. Sources: Basel Framework
 * CRE54.26 to 54.31 (hypothetical capital, capital of members), CRE52 (SA-CCR), SCO60 (crypto-assets).
 *
 * <p>A netting set is an account: no other pays for it. Its trades are its derivatives, with the standard's own deltas of options, and
 * what it owes in anything but dollars, as if sold. What it holds is
 * collateral: of it counts what the fund counts, after haircuts. The standard sees no price move in it; a loan that a coin secures
 * would then be no exposure at all. So an account is exposed by the larger
 * of two: as the standard has it, and with the coins that it holds as if bought. A member's contribution is collateral too, of its
 * accounts in proportion to what each is exposed without it. The margin
 * period of risk is ten business days; the cap of a set without margin (CRE52.3) is not used.
 *
 * @param hypothetical K_CCP
 * @param exposures by member: EAD, what is in the fund of it; trade exposures are 0, for the house holds no margin that could be lost
 *     with it
 * @param members their capital; empty where nobody paid in, the house itself included
 * @param leftOut accounts without a margin, by name
 */
public record RegulatoryCapital(
        double hypothetical,
        List<Member> exposures,
        Optional<CentralCounterpartyCapital> members,
        List<String> leftOut) {
    private static final double PERIOD_DAYS = 10;
    private static final double MILLIS_A_YEAR = 365.25 * 24 * 3_600_000;
    private static final double YEARS_MIN = 1.0 / 365;
    private static final Optional<Agreement> MARGINED = Optional.of(new Agreement(0, 0, 0, PERIOD_DAYS));

    /** Copies. */
    public RegulatoryCapital {
        exposures = List.copyOf(exposures);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Of an epoch beside the fund's books.
     *
     * @param group of SCO60 that every coin is taken to be of: {@link AssetClass#HEDGED} or {@link AssetClass#GROSS}
     */
    public static RegulatoryCapital of(ComputedEpoch epoch, FundBook fund, String group) {
        SortedMap<String, List<Exposed>> members = new TreeMap<>();
        List<String> leftOut = new ArrayList<>();
        for (AccountLine line : Reliance.of(epoch).rests()) {
            line.margin()
                    .stated()
                    .ifPresentOrElse(
                            statement -> members.computeIfAbsent(
                                            FundStress.member(fund.members(), line), any -> new ArrayList<>())
                                    .add(Exposed.of(
                                            new Trades(epoch, group),
                                            statement.account(),
                                            collateral(epoch, line, statement))),
                            () -> leftOut.add(line.name()));
        }
        List<Member> exposures = new ArrayList<>();
        members.forEach((name, accounts) -> {
            double contribution = usd(fund.vault().contributions().getOrDefault(name, 0L));
            exposures.add(new Member(name, exposure(accounts, contribution), contribution, 0));
        });
        double own = usd(fund.houseCapital());
        boolean paid = own > 0 || exposures.stream().anyMatch(member -> member.contribution() > 0);
        return new RegulatoryCapital(
                CentralCounterpartyCapital.hypothetical(exposures),
                exposures,
                paid ? Optional.of(CentralCounterpartyCapital.of(exposures, own)) : Optional.empty(),
                leftOut);
    }

    /** EAD of a member's accounts together. */
    private static double exposure(Collection<Exposed> accounts, double contribution) {
        double bare = accounts.stream().mapToDouble(set -> set.exposure(0)).sum();
        return bare > 0
                ? accounts.stream()
                        .mapToDouble(set -> set.exposure(contribution * (set.exposure(0) / bare)))
                        .sum()
                : 0;
    }

    /** A netting set with its collateral; below 0 it owes more than it has. */
    private record Exposed(List<DerivativeTrade> trades, List<DerivativeTrade> withHeld, double collateral) {
        static Exposed of(Trades trades, MarginAccount account, double collateral) {
            List<DerivativeTrade> all = new ArrayList<>(trades.of(account));
            List<DerivativeTrade> bare = List.copyOf(all);
            account.collateral().forEach(entry -> all.addAll(trades.asset(entry, entry.lots())));
            return new Exposed(bare, List.copyOf(all), collateral);
        }

        double exposure(double contribution) {
            return Math.max(exposure(trades, contribution), exposure(withHeld, contribution));
        }

        private double exposure(List<DerivativeTrade> set, double contribution) {
            return NettingSetExposure.of(set, 0, collateral + contribution, MARGINED)
                    .exposure();
        }
    }

    private static double collateral(ComputedEpoch epoch, AccountLine line, MarginStatement statement) {
        return usd(statement.equity() < 0 ? statement.equity() : Reliance.counted(epoch, line, statement));
    }

    private static double usd(long u) {
        return (double) u / Usd.UNITS;
    }

    /** The trades that the standard sees in an account. */
    private record Trades(ComputedEpoch epoch, String group) {
        List<DerivativeTrade> of(MarginAccount account) {
            List<DerivativeTrade> trades = new ArrayList<>();
            account.positions().forEach(entry -> trades.addAll(position(entry)));
            account.debt().forEach(entry -> trades.addAll(asset(entry, Math.negateExact(entry.lots()))));
            return trades;
        }

        private List<DerivativeTrade> position(Entry entry) {
            ListedInstrument listed = epoch.market().listing().instrument(Place.listed(entry.number()));
            InstrumentRisk risk = epoch.table().instrument(entry.number()).orElseThrow();
            return listed.contract() instanceof Instrument.Option option
                    ? option(entry, listed, option)
                    : linear(risk.id(), risk.delta(), entry.lots());
        }

        private List<DerivativeTrade> option(Entry entry, ListedInstrument listed, Instrument.Option option) {
            double price = Objects.requireNonNull(
                            epoch.market().market().groups().get(listed.group()))
                    .toDecimal()
                    .doubleValue();
            double years = (option.expiryMillis() - epoch.timeMillis()) / MILLIS_A_YEAR;
            return List.of(trade(
                    listed.name(),
                    listed.group(),
                    Math.abs(entry.lots()) * listed.lot().toDecimal().doubleValue() * price,
                    new SupervisoryDelta.Option(
                            entry.lots() > 0,
                            option.right() == OptionRight.CALL,
                            price,
                            option.strike().toDecimal().doubleValue(),
                            Math.max(years, YEARS_MIN),
                            AssetClass.CRYPTO_VOLATILITY)));
        }

        /** Lots of an asset, below 0 where they are owed. */
        List<DerivativeTrade> asset(Entry entry, long lots) {
            AssetRisk risk = epoch.table().asset(entry.number()).orElseThrow();
            return linear(risk.id(), risk.delta(), lots);
        }

        /** What follows the dollar alone is no trade. */
        private List<DerivativeTrade> linear(String id, List<Sensitivity> deltas, long lots) {
            return deltas.stream()
                    .filter(delta -> !coin(delta.group()).equals(Market.NUMERAIRE))
                    .map(delta -> linear(id, delta, lots))
                    .toList();
        }

        private String coin(int group) {
            return epoch.market().listing().group(group).name();
        }

        private DerivativeTrade linear(String id, Sensitivity delta, long lots) {
            double notional = usd(delta.amount()) * lots;
            return trade(id, delta.group(), Math.abs(notional), new SupervisoryDelta.Linear(notional > 0));
        }

        private DerivativeTrade trade(String id, int moves, double notional, SupervisoryDelta delta) {
            return new DerivativeTrade(
                    id, AssetClass.CRYPTO, group, coin(moves), "", notional, Optional.empty(), 1, delta, 1);
        }
    }
}
