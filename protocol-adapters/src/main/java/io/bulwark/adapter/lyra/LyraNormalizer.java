package io.bulwark.adapter.lyra;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.lyra.LyraPayload.Position;
import io.bulwark.adapter.lyra.LyraPayload.Strike;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
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

/**
 * From what the market says to holdings: a long is an option held, a short one owed and the collateral behind it held; premiums were paid when the position was
 * opened. The market calls an option by the number of its strike; the house lists it as {@code 2-C} or {@code 2-P}.
 */
record LyraNormalizer(LyraVenue.Configuration configuration, LyraCalls calls) {
    private static final int PLACES = 18;
    private static final int ACTIVE = 1;

    LyraNormalizer(LyraVenue.Configuration configuration) {
        this(configuration, new LyraCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return raw.account().address().equals(VenueAccount.MARKET) ? market(raw, listing) : account(raw, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(LyraVenue.KIND, raw);
        String user = raw.account().address();
        LyraPayload payload = LyraPayload.of(calls, answers, user);
        EvidenceGrade grade = EvidenceGrade.UNSIGNED;
        if (configuration.proofs()) {
            new LyraEvidence(configuration.contracts(), answers, payload, user).require();
            grade = EvidenceGrade.STORAGE_PROOF;
        }
        List<Holding> holdings = new ArrayList<>();
        List<VenueStanding> standings = new ArrayList<>();
        BigInteger quote = BigInteger.ZERO;
        BigInteger base = BigInteger.ZERO;
        for (Position position : payload.positions()) {
            Strike strike = payload.strike(position);
            requireOpen(position, strike, answers);
            Holding.Derivative option = option(position, strike, listing);
            holdings.add(option);
            if (!position.type().isLong()) {
                standings.add(standing(answers, position, strike, option));
            }
            if (position.type() == LyraPayload.Type.SHORT_CALL_BASE) {
                base = base.add(position.collateral());
            } else {
                quote = quote.add(position.collateral());
            }
        }
        collateral(raw, listing, configuration.quote(), quote, grade).ifPresent(holdings::add);
        collateral(raw, listing, configuration.base(), base, grade).ifPresent(holdings::add);
        return new VenueSnapshot(raw, holdings, List.of(), grade, standings);
    }

    /** Each short is liquidated by itself, by its own collateral against the least that the market takes at its spot price. */
    private VenueStanding standing(EvmAnswers answers, Position position, Strike strike, Holding option) {
        VenueStanding.Count count = LyraPayload.leastCollateral(calls, answers, position, strike)
                .filter(answers::asked)
                .<VenueStanding.Count>map(least -> new VenueStanding.Told(
                        position.type() == LyraPayload.Type.SHORT_CALL_BASE
                                ? configuration.base()
                                : configuration.quote(),
                        units(position.collateral()),
                        units(answers.number(least))))
                .orElseGet(() -> new VenueStanding.NotTold("getMinCollateral"));
        return VenueStanding.of(count).in(VenueStanding.Pocket.of("position " + position.id(), List.of(option)));
    }

    private static void requireOpen(Position position, Strike strike, EvmAnswers answers) {
        String of = " of position " + position.id();
        if (position.state() != ACTIVE) {
            throw LyraPayload.refused("state" + of, Integer.toString(position.state()), "must be 1: open");
        }
        if (position.amount().signum() == 0) {
            throw LyraPayload.refused("amount" + of, "0", "must be > 0 while the position is open");
        }
        if (position.type().isLong() && position.collateral().signum() != 0) {
            throw LyraPayload.refused(
                    "collateral" + of, position.collateral().toString(), "must be 0: a long is paid in full");
        }
        BigInteger now = BigInteger.valueOf(answers.seconds());
        if (strike.expiry().compareTo(now) <= 0) {
            throw LyraPayload.refused(
                    "expiry" + of, strike.expiry().toString(), "must be after " + now + ": it waits for settlement");
        }
    }

    private Holding.Derivative option(Position position, Strike strike, Listing listing) {
        LyraPayload.Type type = position.type();
        String symbol = symbol(position.strike(), type.call());
        ListedInstrument instrument = listing.instrumentAt(configuration.venue(), symbol)
                .orElseThrow(() -> LyraPayload.refused(
                        "strikeId of position " + position.id(), symbol, "must be listed: its risk is unknown"));
        requireListed(instrument, type.call(), strike.price(), strike.expiry());
        Amount amount = units(position.amount());
        return new Holding.Derivative(
                instrument.number(), type.isLong() ? amount : amount.negate(), Optional.empty(), Amount.ZERO);
    }

    private Optional<Holding> collateral(
            RawSnapshot raw, Listing listing, String asset, BigInteger locked, EvidenceGrade grade) {
        return locked.signum() == 0
                ? Optional.empty()
                : AssetEntry.held(listing, new Instrument.Spot(asset), grade)
                        .map(entry -> new Holding.Collateral(
                                entry.number(),
                                units(locked),
                                Optional.of(new HeldClaim(
                                        configuration.chainId(),
                                        configuration.contracts().token(),
                                        asset,
                                        raw.account().address(),
                                        configuration.contracts().token()))));
    }

    /** Spot, the volatility of every listed option (the board's by the strike's skew), and the base that covers calls, which the market takes and gives at spot. */
    private VenueSnapshot market(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(LyraVenue.KIND, raw);
        List<PriceReport> reports = new ArrayList<>();
        Amount spot = units(answers.number(calls.spot()));
        if (spot.signum() == 0) {
            throw LyraPayload.refused("getSpotPriceForMarket", "0", "must be > 0");
        }
        if (listing.groupNamed(configuration.group()).isPresent()) {
            reports.add(report(raw, Measure.INDEX_PRICE, configuration.group(), spot));
        }
        BigInteger[] boards = answers.tuple(calls.liveBoards()).get(0);
        for (BigInteger number : boards) {
            Tuple board = answers.tuple(calls.board(number)).get(0);
            for (BigInteger strike : board.<BigInteger[]>get(4)) {
                reports.addAll(volatilities(
                        raw, listing, board, answers.tuple(calls.strike(strike)).get(0)));
            }
        }
        if (AssetEntry.owed(listing, configuration.base()).isPresent()) {
            reports.add(report(raw, Measure.INDEX_PRICE, configuration.base(), spot));
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private List<PriceReport> volatilities(RawSnapshot raw, Listing listing, Tuple board, Tuple strike) {
        List<PriceReport> reports = new ArrayList<>();
        Amount volatility = units(board.get(2)).times(units(strike.get(2)));
        for (boolean call : List.of(true, false)) {
            listing.instrumentAt(configuration.venue(), symbol(strike.get(0), call))
                    .ifPresent(instrument -> {
                        requireListed(instrument, call, strike.get(1), board.get(1));
                        reports.add(report(raw, Measure.IMPLIED_VOLATILITY, instrument.name(), volatility));
                    });
        }
        return reports;
    }

    private PriceReport report(RawSnapshot raw, Measure measure, String subject, Amount value) {
        return new PriceReport(
                configuration.venue(), measure, subject, value, raw.horizon().timeMillis());
    }

    private static void requireListed(ListedInstrument instrument, boolean call, BigInteger price, BigInteger expiry) {
        boolean same = instrument.contract() instanceof Instrument.Option option
                && option.right() == (call ? OptionRight.CALL : OptionRight.PUT)
                && option.strike().equals(units(price))
                && BigInteger.valueOf(option.expiryMillis()).equals(expiry.multiply(BigInteger.valueOf(1000)));
        if (!same) {
            throw LyraPayload.refused(
                    "strike and expiry of " + instrument.symbol(),
                    units(price) + " at " + expiry,
                    "must be what is listed: " + instrument.contract());
        }
    }

    private static String symbol(BigInteger strike, boolean call) {
        return strike + (call ? "-C" : "-P");
    }

    private static Amount units(BigInteger number) {
        return new Amount(number, PLACES);
    }
}
