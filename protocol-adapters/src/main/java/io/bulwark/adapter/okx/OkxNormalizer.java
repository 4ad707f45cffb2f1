package io.bulwark.adapter.okx;

import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.OptionName;
import io.bulwark.adapter.okx.OkxPayload.Balance;
import io.bulwark.adapter.okx.OkxPayload.Config;
import io.bulwark.adapter.okx.OkxPayload.Contract;
import io.bulwark.adapter.okx.OkxPayload.Position;
import io.bulwark.adapter.okx.OkxPayload.Quote;
import io.bulwark.adapter.okx.OkxPayload.Risk;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the venue's words to holdings. A size is contracts times the contract's value and multiplier, by the instrument's own row, and the gain that the venue shows proves it.
 * Cash is what the account holds without the gains of its positions, which the table reckons from their average prices; an option is paid, so its value is the table's alone.
 */
final class OkxNormalizer {
    private final OkxConfiguration configuration;

    OkxNormalizer(OkxConfiguration configuration) {
        this.configuration = configuration;
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(OkxFacts.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static VenueSnapshot account(ExchangeSnapshot snapshot) {
        Config config = Config.of(snapshot.reading(OkxClient.CONFIG));
        if (!config.uid().equals(snapshot.raw().account().address())) {
            throw snapshot.refusal(
                    "uid",
                    config.uid(),
                    "must be the account's " + snapshot.raw().account().address() + ": the key is another account's");
        }
        List<Position> positions = Position.of(snapshot.reading(OkxClient.POSITIONS));
        requireOneMoment(snapshot, positions);
        List<Holding> holdings = new ArrayList<>();
        for (Position position : positions) {
            holdings.add(holding(snapshot, position));
        }
        for (Balance balance : Balance.of(snapshot.reading(OkxClient.BALANCE), config.lends())) {
            snapshot.balance(balance.currency(), balance.cash()).ifPresent(holdings::add);
            snapshot.balance(balance.currency(), balance.debt().negate()).ifPresent(holdings::add);
        }
        return snapshot.holding(holdings);
    }

    private static void requireOneMoment(ExchangeSnapshot snapshot, List<Position> positions) {
        Risk risk = Risk.of(snapshot.reading(OkxClient.RISK));
        snapshot.requireTime("ts", risk.timeMillis());
        if (!risk.sizes().equals(Position.sizes(positions))) {
            throw snapshot.refusal(
                    "posData",
                    risk.sizes().toString(),
                    "must tell the sizes of the positions " + Position.sizes(positions));
        }
    }

    private static Holding holding(ExchangeSnapshot snapshot, Position position) {
        String name = position.place().instrument();
        ListedInstrument listed = snapshot.held("instId", name);
        Contract contract =
                Contract.of(snapshot.reading(OkxClient.INSTRUMENT, OkxClient.contract(position.type(), name)));
        requireListed(snapshot, listed, contract);
        Amount size = snapshot.product("pos", position.contracts(), contract.size());
        position.requireGain(size, contract.inverse());
        Optional<Amount> settled =
                contract.type().equals("OPTION") ? Optional.empty() : Optional.of(position.averagePrice());
        return new Holding.Derivative(listed.number(), size, settled, Amount.ZERO);
    }

    /** The venue's own terms of a contract must be those under which the house lists it. */
    private static void requireListed(ExchangeSnapshot snapshot, ListedInstrument listed, Contract contract) {
        String base = contract.underlying().split("-", -1)[0];
        boolean same = contract.instrument().equals(listed.symbol())
                && switch (listed.contract()) {
                    case Instrument.Perpetual p ->
                        contract.type().equals("SWAP")
                                && p.underlying().equals(base)
                                && p.settlement().equals(contract.settlement())
                                && p.inverse() == contract.inverse();
                    case Instrument.Future f ->
                        contract.type().equals("FUTURES")
                                && f.underlying().equals(base)
                                && f.settlement().equals(contract.settlement())
                                && f.inverse() == contract.inverse()
                                && f.expiryMillis() == contract.fields().wholeText("expTime");
                    case Instrument.Option o -> contract.type().equals("OPTION") && isOption(o, contract, base);
                    default -> false;
                };
        if (!same) {
            throw snapshot.refusal(
                    "instId",
                    contract.instrument(),
                    "must be listed with the venue's terms; listed is " + listed.contract());
        }
    }

    private static boolean isOption(Instrument.Option listed, Contract contract, String base) {
        return listed.underlying().equals(base)
                && listed.strike().equals(contract.fields().decimal("stk"))
                && listed.expiryMillis() == contract.fields().wholeText("expTime")
                && contract.fields().text("optType").equals(listed.right() == Instrument.OptionRight.CALL ? "C" : "P")
                && OptionName.of(contract.instrument())
                        .filter(name -> name.isListedAs(listed, contract.settlement()))
                        .isPresent();
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        snapshot.requireTime("ts", OkxPayload.row("time", snapshot.reading(OkxClient.TIME), OkxPayload::time));
        List<PriceReport> reports = new ArrayList<>();
        for (Map.Entry<String, String> index : configuration.indices().entrySet()) {
            Quote quote = index(snapshot, index.getValue());
            if (snapshot.listing().groupNamed(index.getKey()).isPresent()) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, index.getKey(), quote.value(), quote.timeMillis()));
            }
        }
        for (String family : configuration.swaps()) {
            reports.addAll(marks(snapshot, OkxClient.marks("SWAP", family)));
        }
        for (String family : configuration.options()) {
            reports.addAll(options(snapshot, family));
        }
        return snapshot.reporting(reports);
    }

    private static Quote index(ExchangeSnapshot snapshot, String index) {
        List<Quote> quotes =
                Quote.of("index-tickers", snapshot.reading(OkxClient.INDEX, OkxClient.index(index)), "idxPx");
        if (quotes.size() != 1 || !quotes.getFirst().subject().equals(index)) {
            throw snapshot.refusal("instId", quotes.toString(), "must be the one index " + index);
        }
        return quotes.getFirst();
    }

    private static List<PriceReport> marks(ExchangeSnapshot snapshot, String query) {
        List<PriceReport> reports = new ArrayList<>();
        for (Quote mark : Quote.of("mark-price", snapshot.reading(OkxClient.MARK, query), "markPx")) {
            snapshot.listed(mark.subject())
                    .ifPresent(listed -> reports.add(
                            snapshot.report(Measure.MARK_PRICE, listed.name(), mark.value(), mark.timeMillis())));
        }
        return reports;
    }

    /** The mark in USD is the mark in the coin at the index of its family; a mark or volatility of zero is none. */
    private static List<PriceReport> options(ExchangeSnapshot snapshot, String family) {
        List<PriceReport> reports = new ArrayList<>();
        byte[] volatilities = snapshot.reading(OkxClient.VOLATILITY, OkxClient.volatilities(family));
        for (Quote volatility : Quote.of("opt-summary", volatilities, "markVol")) {
            Optional<ListedInstrument> listed = snapshot.listed(volatility.subject());
            listed.ifPresent(instrument -> requireNamed(snapshot, instrument));
            if (listed.isPresent() && volatility.value().signum() != 0) {
                reports.add(snapshot.report(
                        Measure.IMPLIED_VOLATILITY, listed.get().name(), volatility.value(), volatility.timeMillis()));
            }
        }
        Amount index = index(snapshot, family).value();
        for (Quote mark :
                Quote.of("mark-price", snapshot.reading(OkxClient.MARK, OkxClient.marks("OPTION", family)), "markPx")) {
            snapshot.listed(mark.subject())
                    .filter(listed -> mark.value().signum() != 0)
                    .ifPresent(listed -> reports.add(snapshot.report(
                            Measure.MARK_PRICE,
                            listed.name(),
                            snapshot.product("markPx", mark.value(), index),
                            mark.timeMillis())));
        }
        return reports;
    }

    private static void requireNamed(ExchangeSnapshot snapshot, ListedInstrument listed) {
        if (OptionName.of(listed.symbol())
                .filter(name -> name.isListedAs(listed.contract()))
                .isEmpty()) {
            throw snapshot.refusal(
                    "instId",
                    listed.symbol(),
                    "must be listed with the contract that it names; listed is " + listed.contract());
        }
    }
}
