package io.bulwark.adapter.perp;

import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.MarginBalance;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.perp.PerpPayload.Collateral;
import io.bulwark.adapter.perp.PerpPayload.Position;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From what the exchange says to holdings.
 *
 * <p>The venue counts a position as size and the notional that was paid for it. Its entry price is the notional by the size, cut at 18 places; what the cut leaves
 * out stays in the balance, so that size, entry price and balance together are what the venue says, exactly. What the position has gained since is left to the
 * table's price; funding not yet paid goes with the position.
 */
record PerpNormalizer(PerpVenue.Configuration configuration, PerpCalls calls) {
    private static final int PLACES = 18;
    private static final BigInteger UNIT = BigInteger.TEN.pow(PLACES);
    private static final BigInteger WHOLE_PPM = BigInteger.valueOf(1_000_000);

    PerpNormalizer(PerpVenue.Configuration configuration) {
        this(configuration, new PerpCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(PerpVenue.KIND, raw);
        PerpPayload payload = PerpPayload.of(calls, answers, raw.account().address());
        payload.positions().forEach(position -> requireStated(answers, position));
        requireStated(answers, payload);
        List<Holding> holdings = new ArrayList<>();
        Amount balance = new Amount(payload.balance(), payload.decimals())
                .plus(units(payload.owedGains()))
                .plus(units(payload.pendingFees()));
        for (Position position : payload.positions()) {
            Amount entry = entryPrice(position);
            balance = balance.plus(units(position.notional()))
                    .plus(units(position.size()).times(entry));
            holding(position, entry, listing).ifPresent(holdings::add);
        }
        MarginBalance.holding(PerpVenue.KIND, listing, settlement(payload), balance)
                .ifPresent(holdings::add);
        for (Collateral collateral : payload.collateral()) {
            holding(collateral, raw.account().address(), listing).ifPresent(holdings::add);
        }
        VenueStanding standing = standing(payload, answers, raw.account().address(), listing);
        return new VenueSnapshot(raw, holdings, List.of(), EvidenceGrade.UNSIGNED, List.of(standing));
    }

    /**
     * The exchange liquidates below the requirement of {@code AccountBalance}, of what {@code Vault} says that the account is worth
     * (source: {@code ClearingHouse.isLiquidatable} of Perp v2); both in its settlement token, which the house counts as a dollar.
     */
    private VenueStanding standing(PerpPayload payload, EvmAnswers answers, String user, Listing listing) {
        EvmCall requirement = calls.requirement(user);
        if (!answers.asked(requirement)) {
            return VenueStanding.of(new VenueStanding.NotTold("getMarginRequirementForLiquidation"));
        }
        BigInteger required = answers.number(requirement);
        if (required.signum() < 0) {
            throw refused("getMarginRequirementForLiquidation", required.toString(), "must be >= 0");
        }
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        for (Collateral collateral : payload.collateral()) {
            Optional.ofNullable(configuration.tokens().get(collateral.token()))
                    .flatMap(asset -> AssetEntry.held(listing, new Instrument.Spot(asset), EvidenceGrade.UNSIGNED))
                    .ifPresent(entry ->
                            weights.put(entry.number(), collateral.ratio().intValueExact()));
        }
        return VenueStanding.of(new VenueStanding.Told(
                        VenueStanding.USD, new Amount(payload.accountValue(), payload.decimals()), units(required)))
                .weighing(weights);
    }

    private String settlement(PerpPayload payload) {
        return Optional.ofNullable(configuration.tokens().get(payload.settlement()))
                .orElseThrow(() -> new PayloadRefused(
                        PerpVenue.KIND,
                        "getSettlementToken",
                        payload.settlement(),
                        "must be a token that the house knows"));
    }

    /** What was paid or received for one unit of the base, cut toward zero; 0 where there is no position. */
    private static Amount entryPrice(Position position) {
        return position.size().signum() == 0
                ? Amount.ZERO
                : units(position.notional().negate().multiply(UNIT).divide(position.size()));
    }

    private Optional<Holding> holding(Position position, Amount entry, Listing listing) {
        if (position.size().signum() == 0 && position.pendingFunding().signum() == 0) {
            return Optional.empty();
        }
        ListedInstrument instrument = instrument(position.base(), listing)
                .orElseThrow(() -> refused("getBaseTokens", position.base(), "must be listed: its risk is unknown"));
        return Optional.of(new Holding.Derivative(
                instrument.number(),
                units(position.size()),
                Optional.of(entry),
                units(position.pendingFunding().negate())));
    }

    private Optional<Holding> holding(Collateral collateral, String user, Listing listing) {
        if (collateral.balance().signum() < 0) {
            throw refused(
                    "balance of " + collateral.token(), collateral.balance().toString(), "must be >= 0");
        }
        Amount quantity = new Amount(collateral.balance(), collateral.decimals());
        return Optional.ofNullable(configuration.tokens().get(collateral.token()))
                .flatMap(asset -> AssetEntry.held(listing, new Instrument.Spot(asset), EvidenceGrade.UNSIGNED))
                .map(entry -> new Holding.Collateral(
                        entry.number(),
                        quantity,
                        Optional.of(new HeldClaim(
                                configuration.chainId(),
                                configuration.contracts().vault(),
                                collateral.token(),
                                user,
                                collateral.token()))));
    }

    private Optional<ListedInstrument> instrument(String base, Listing listing) {
        return Optional.ofNullable(configuration.markets().get(base))
                .flatMap(symbol -> listing.instrumentAt(configuration.venue(), symbol));
    }

    /** A position is what was traded, at the venue's own mark, in a market that trades. */
    private static void requireStated(EvmAnswers answers, Position position) {
        String of = " of " + position.base();
        if (!position.open()) {
            throw refused("isOpen" + of, "false", "must be true: a market that stands still has no price");
        }
        if (position.orders() != 0) {
            throw refused(
                    "getOpenOrderIds" + of,
                    Integer.toString(position.orders()),
                    "must be none: the size of liquidity moves with the price");
        }
        answers.requireStated("getTotalOpenNotional" + of, position.notional(), position.takerNotional());
        // The venue cuts the value toward zero.
        answers.requireStated(
                "getTotalPositionValue" + of,
                position.value(),
                position.size().multiply(position.mark()).divide(UNIT));
    }

    /** Account value = balance + owed gains + fees − funding + counted collateral + gains not realised, rounded down to the settlement token's unit. */
    private static void requireStated(EvmAnswers answers, PerpPayload payload) {
        BigInteger unrealised = BigInteger.ZERO;
        BigInteger funding = BigInteger.ZERO;
        for (Position position : payload.positions()) {
            unrealised = unrealised.add(position.value()).add(position.notional());
            funding = funding.add(position.pendingFunding());
        }
        answers.requireStated("unrealizedPnl", payload.unrealised(), unrealised);
        answers.requireStated("getAllPendingFundingPayment", payload.pendingFunding(), funding);
        BigInteger places = BigInteger.TEN.pow(PLACES - payload.decimals());
        BigInteger value = payload.balance()
                .multiply(places)
                .add(payload.owedGains())
                .add(payload.pendingFees())
                .subtract(funding)
                .add(unrealised);
        for (Collateral collateral : payload.collateral()) {
            value = value.add(counted(collateral));
        }
        answers.requireStated("getAccountValue", payload.accountValue(), Rounding.fdiv(value, places));
    }

    /** What the venue counts of other collateral, 18 places: every division cuts, as its own do. */
    private static BigInteger counted(Collateral collateral) {
        BigInteger priceUnit = BigInteger.TEN.pow(collateral.priceDecimals());
        BigInteger value = collateral.decimals() <= PLACES
                ? collateral
                        .balance()
                        .multiply(BigInteger.TEN.pow(PLACES - collateral.decimals()))
                        .multiply(collateral.price())
                        .divide(priceUnit)
                : collateral
                        .balance()
                        .multiply(collateral.price())
                        .divide(priceUnit)
                        .divide(BigInteger.TEN.pow(collateral.decimals() - PLACES));
        return value.multiply(collateral.ratio()).divide(WHOLE_PPM);
    }

    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(PerpVenue.KIND, raw);
        List<PriceReport> reports = new ArrayList<>();
        for (String base : configuration.markets().keySet()) {
            Optional<ListedInstrument> instrument = instrument(base, listing);
            if (instrument.isPresent() && answers.flag(calls.open(base))) {
                String group = listing.group(instrument.get().group()).name();
                reports.add(report(raw, Measure.INDEX_PRICE, group, answers.number(calls.index(base))));
                reports.add(report(raw, Measure.MARK_PRICE, instrument.get().name(), answers.number(calls.mark(base))));
            }
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport report(RawSnapshot raw, Measure measure, String subject, BigInteger price) {
        if (price.signum() == 0) {
            throw refused(measure + " of " + subject, "0", "must be > 0");
        }
        return new PriceReport(
                configuration.venue(),
                measure,
                subject,
                units(price),
                raw.horizon().timeMillis());
    }

    private static Amount units(BigInteger number) {
        return new Amount(number, PLACES);
    }

    private static PayloadRefused refused(String field, String value, String rule) {
        return new PayloadRefused(PerpVenue.KIND, field, value, rule);
    }
}
