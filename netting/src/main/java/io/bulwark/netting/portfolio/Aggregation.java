package io.bulwark.netting.portfolio;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Venue amounts to lots: the one pure function between what venues say and what margin counts.
 *
 * <p>Cash is rounded down to u; collateral is floored to lots, debt raised. A derivative is truncated toward zero: a fraction
 * left of a long paid-up instrument is dropped, any other lowers cash by twice the instrument's bound and, where the
 * truncated account owes nothing, once by the minimum margin. An unsettled gain is collateral, a loss debt, of the settlement
 * asset, each position by itself, never netted. A basket is looked through: its components count. What a stale snapshot is good for fades; what it owes stands.
 */
public final class Aggregation {
    private static final int BITS_MAX = 62;
    private static final long FRACTION_BOUNDS = 2;

    private final ConversionBasis basis;
    private final ClaimGraph claims;
    private final Lines lines = new Lines();
    private final List<Origin> origins = new ArrayList<>();
    private final List<Origin> fractions = new ArrayList<>();
    private final List<StaleSnapshot> stale = new ArrayList<>();
    private final List<Portfolio.Standing> standings = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    private Aggregation(ConversionBasis basis, ClaimGraph claims) {
        this.basis = basis;
        this.claims = claims;
    }

    /**
     * The portfolio of one clearing account.
     *
     * @param account with its linked venue accounts
     * @param snapshots the accepted snapshot of each linked venue account; others are ignored
     * @param claims of every account of the epoch
     * @param paid lots that the owner keeps fully paid
     * @param basis listing, market and table of the epoch
     */
    public static PortfolioResult of(
            ClearingAccount account,
            List<VenueSnapshot> snapshots,
            ClaimGraph claims,
            List<PaidAllocation> paid,
            ConversionBasis basis) {
        Aggregation aggregation = new Aggregation(basis, claims);
        account.venueAccounts().stream()
                .sorted(Comparator.comparingInt(VenueAccount::venue).thenComparing(VenueAccount::address))
                .forEach(linked -> aggregation.add(linked, snapshots));
        return aggregation.result(paid);
    }

    /** The portfolio of an account that is alone: what is credited elsewhere is credited within it. */
    public static PortfolioResult of(
            ClearingAccount account, List<VenueSnapshot> snapshots, List<PaidAllocation> paid, ConversionBasis basis) {
        return of(account, snapshots, ClaimGraph.of(snapshots), paid, basis);
    }

    private PortfolioResult result(List<PaidAllocation> paid) {
        if (!reasons.isEmpty()) {
            return new PortfolioResult.None(reasons);
        }
        chargeFractions();
        return new Portfolio(lines.account(paid, basis.table()), origins, stale, standings);
    }

    /** After everything else: the minimum margin depends on whether the truncated account owes anything. */
    private void chargeFractions() {
        boolean liable = lines.liable(basis.table());
        fractions.forEach(this::book);
        if (!liable && !fractions.isEmpty()) {
            Origin first = fractions.getFirst();
            long minimum = basis.table().parameters().minimumMargin();
            book(new Origin(
                    first.source(),
                    first.snapshot(),
                    Origin.Line.CASH,
                    0,
                    Origin.Rule.MINIMUM,
                    new Amount(BigInteger.valueOf(minimum), Usd.SCALE),
                    -minimum));
        }
    }

    private void add(VenueAccount linked, List<VenueSnapshot> snapshots) {
        List<VenueSnapshot> own =
                snapshots.stream().filter(s -> s.raw().account().equals(linked)).toList();
        ListedVenue venue = basis.listing().venue(linked.venue());
        if (own.size() > 1) {
            throw new IllegalArgumentException(
                    "snapshots must be one of each venue account; have " + own.size() + " of " + linked);
        }
        if (own.isEmpty()) {
            reasons.add("no snapshot of " + venue.name() + " account " + linked.address() + " was ever accepted");
            return;
        }
        add(own.getFirst(), venue);
    }

    private void add(VenueSnapshot snapshot, ListedVenue venue) {
        Freshness freshness = Freshness.of(snapshot, venue, basis.market().timeMillis());
        if (freshness.stale()) {
            stale.add(new StaleSnapshot(snapshot.raw().account(), freshness.ageMillis(), freshness.limitMillis()));
        }
        Snapshot source = new Snapshot(snapshot, snapshot.raw().id(), venue, freshness);
        snapshot.holdings().forEach(holding -> add(source, holding));
        snapshot.standings()
                .forEach(said -> standings.add(new Portfolio.Standing(
                        snapshot.raw().account(), source.id(), said, usd(distance(said, freshness, venue)))));
    }

    private static Amount usd(long units) {
        return new Amount(BigInteger.valueOf(units), Usd.SCALE);
    }

    /** Silence is no credit: not told is 0, and of an ageing snapshot a positive distance fades while a negative one stands. */
    private long distance(VenueStanding said, Freshness freshness, ListedVenue venue) {
        return switch (said.count()) {
            case VenueStanding.NotTold ignored -> 0;
            case VenueStanding.Told told -> {
                long units = units(told, venue);
                yield units > 0 ? freshness.counted(units) : units;
            }
        };
    }

    /** A coin counts at the table's price. */
    private long units(VenueStanding.Told told, ListedVenue venue) {
        String what = "distance of " + venue.name();
        BigDecimal distance = told.distance().toDecimal();
        if (told.asset().equals(VenueStanding.USD)) {
            return whole(distance.movePointRight(Usd.SCALE).setScale(0, RoundingMode.FLOOR), what);
        }
        Optional<ListedAsset> coin = basis.listing().assetNamed(told.asset());
        Optional<AssetRisk> risk = coin.flatMap(listed -> basis.table().asset(listed.number()));
        if (coin.isEmpty() || risk.isEmpty()) {
            if (distance.signum() < 0) {
                reasons.add("the table leaves out " + told.asset() + ", of which " + venue.name()
                        + " requires more than it counts");
            }
            return 0;
        }
        Amount worth = told.distance().times(Amount.of(risk.get().price()));
        return whole(new BigDecimal(worth.floorUnits(coin.get().lot())), what);
    }

    private void add(Snapshot source, Holding holding) {
        switch (holding) {
            case Holding.Cash cash -> cash(source, Origin.Rule.HELD, cash.quantity());
            case Holding.Collateral held -> collateral(source, held);
            case Holding.Debt owed -> debt(source, owed);
            case Holding.Derivative derivative -> derivative(source, derivative);
        }
    }

    private void cash(Snapshot source, Origin.Rule rule, Amount usd) {
        long units = whole(usd.toDecimal().movePointRight(Usd.SCALE).setScale(0, RoundingMode.FLOOR), "cash");
        long counted = units > 0 ? source.freshness().counted(units) : units;
        book(source.origin(Origin.Line.CASH, 0, rule, usd, counted));
    }

    private void collateral(Snapshot source, Holding.Collateral held) {
        ListedAsset asset = basis.listing().asset(held.asset());
        if (asset.form() instanceof Instrument.Basket basket) {
            Counting counting = counting(source, asset, held, Origin.Rule.COMPONENT);
            basket.components().forEach(part -> held(source, part, held.quantity(), counting));
            return;
        }
        credit(source, asset, held.quantity(), counting(source, asset, held, Origin.Rule.HELD));
    }

    /** Whether a holding may be credited, by its evidence and its claim. */
    private Counting counting(Snapshot source, ListedAsset asset, Holding.Collateral held, Origin.Rule rule) {
        VenueSnapshot snapshot = source.snapshot();
        if (held.claim()
                .flatMap(claim -> claims.elsewhere(snapshot.raw().account(), claim))
                .isPresent()) {
            return new Counting(false, Origin.Rule.COUNTED_ELSEWHERE);
        }
        return snapshot.grade().meets(asset.grade())
                ? new Counting(true, rule)
                : new Counting(false, Origin.Rule.NOT_COUNTED);
    }

    private void credit(Snapshot source, ListedAsset asset, Amount quantity, Counting counting) {
        boolean counts =
                counting.counts() && basis.table().asset(asset.number()).isPresent();
        long lots = whole(new BigDecimal(quantity.floorUnits(asset.lot())), asset.name());
        book(source.origin(
                Origin.Line.COLLATERAL,
                asset.number(),
                counting.counts() && !counts ? Origin.Rule.NOT_COUNTED : counting.rule(),
                quantity,
                counts ? source.freshness().counted(lots) : 0));
    }

    /** A component of a basket counts like the component itself, if the basket's own evidence suffices. */
    private void held(Snapshot source, Instrument.Component part, Amount baskets, Counting basket) {
        ListedAsset asset = component(part);
        boolean proved = source.snapshot().grade().meets(asset.grade());
        credit(
                source,
                asset,
                baskets.times(part.quantity()),
                !basket.counts() || proved ? basket : new Counting(false, Origin.Rule.NOT_COUNTED));
    }

    private void owed(Snapshot source, Instrument.Component part, Amount baskets) {
        ListedAsset asset = component(part);
        Amount quantity = baskets.times(part.quantity());
        requirePriced(asset, quantity);
        long lots = whole(new BigDecimal(quantity.ceilingUnits(asset.lot())), asset.name());
        book(source.origin(Origin.Line.DEBT, asset.number(), Origin.Rule.COMPONENT, quantity, lots));
    }

    private ListedAsset component(Instrument.Component part) {
        return basis.listing()
                .assetNamed(part.asset())
                .orElseThrow(() -> new IllegalArgumentException("component " + part.asset() + " must be listed"));
    }

    private void debt(Snapshot source, Holding.Debt owed) {
        ListedAsset asset = basis.listing().asset(owed.asset());
        if (asset.form() instanceof Instrument.Basket basket) {
            basket.components().forEach(part -> owed(source, part, owed.quantity()));
            return;
        }
        requirePriced(asset, owed.quantity());
        long lots = whole(new BigDecimal(owed.quantity().ceilingUnits(asset.lot())), asset.name());
        book(source.origin(Origin.Line.DEBT, asset.number(), Origin.Rule.HELD, owed.quantity(), lots));
    }

    private void derivative(Snapshot source, Holding.Derivative held) {
        ListedInstrument instrument = basis.listing().instrument(held.instrument());
        Optional<InstrumentRisk> risk = basis.table().instrument(instrument.number());
        if (risk.isEmpty()) {
            reasons.add(
                    "the table leaves out " + instrument.name() + ", of which the account holds " + held.quantity());
            return;
        }
        position(source, held, instrument, risk.orElseThrow());
        basis.market()
                .instrumentPrice(instrument.number())
                .flatMap(price -> UnsettledGain.of(held, instrument.contract(), price))
                .ifPresent(gain -> unsettled(source, gain));
    }

    private void position(Snapshot source, Holding.Derivative held, ListedInstrument instrument, InstrumentRisk risk) {
        BigDecimal lot = instrument.lot().toDecimal();
        BigDecimal quantity = held.quantity().toDecimal();
        BigDecimal exact = quantity.divideToIntegralValue(lot).setScale(0, RoundingMode.UNNECESSARY);
        Amount fraction = Amount.of(quantity.subtract(exact.multiply(lot)));
        long lots = whole(exact, instrument.name());
        book(source.origin(Origin.Line.POSITIONS, instrument.number(), Origin.Rule.HELD, held.quantity(), lots));
        if (fraction.signum() > 0 && risk.paidUp()) {
            book(source.origin(Origin.Line.POSITIONS, instrument.number(), Origin.Rule.DROPPED, fraction, 0));
        } else if (fraction.signum() != 0) {
            long charge = Math.multiplyExact(FRACTION_BOUNDS, risk.bound());
            fractions.add(
                    source.origin(Origin.Line.CASH, instrument.number(), Origin.Rule.FRACTION, fraction, -charge));
        }
    }

    private void unsettled(Snapshot source, UnsettledGain gain) {
        if (gain.signum() == 0) {
            return;
        }
        if (gain.settlement().equals(Market.NUMERAIRE)) {
            cash(source, Origin.Rule.UNSETTLED, gain.shown());
            return;
        }
        ListedAsset asset = basis.listing()
                .assetNamed(gain.settlement())
                .orElseThrow(() -> new IllegalArgumentException(
                        "settlement asset " + gain.settlement() + " must be listed or " + Market.NUMERAIRE));
        long lots = whole(gain.lots(asset.lot()), asset.name());
        if (gain.signum() < 0) {
            requirePriced(asset, gain.shown());
            book(source.origin(Origin.Line.DEBT, asset.number(), Origin.Rule.UNSETTLED, gain.shown(), lots));
        } else {
            gained(source, asset, gain, lots);
        }
    }

    private void gained(Snapshot source, ListedAsset asset, UnsettledGain gain, long lots) {
        boolean counts = source.snapshot().grade().meets(source.venue().leastGrade())
                && basis.table().asset(asset.number()).isPresent();
        book(source.origin(
                Origin.Line.COLLATERAL,
                asset.number(),
                counts ? Origin.Rule.UNSETTLED : Origin.Rule.NOT_COUNTED,
                gain.shown(),
                counts ? source.freshness().counted(lots) : 0));
    }

    private void requirePriced(ListedAsset asset, Amount owed) {
        if (owed.signum() != 0 && basis.table().asset(asset.number()).isEmpty()) {
            reasons.add("the table leaves out " + asset.name() + ", of which the account owes " + owed.abs());
        }
    }

    /** A count that fits 62 bits; a larger one leaves the account without a portfolio, by name. */
    private long whole(BigDecimal count, String what) {
        BigInteger integer = count.toBigIntegerExact();
        if (integer.bitLength() > BITS_MAX) {
            reasons.add("quantity of " + what + " must be below 2^62 lots; have " + integer);
            return 0;
        }
        return integer.longValue();
    }

    private void book(Origin origin) {
        origins.add(origin);
        lines.add(origin);
    }

    /** Whether collateral is credited, and by which rule it is or is not. */
    private record Counting(boolean counts, Origin.Rule rule) {}

    /** One snapshot while it is read. */
    private record Snapshot(VenueSnapshot snapshot, Digest id, ListedVenue venue, Freshness freshness) {
        Origin origin(Origin.Line line, int number, Origin.Rule rule, Amount amount, long lots) {
            return new Origin(snapshot.raw().account(), id, line, number, rule, amount, lots);
        }
    }
}
