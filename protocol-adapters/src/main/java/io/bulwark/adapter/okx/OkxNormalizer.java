package io.bulwark.adapter.okx;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.exchange.ExchangeSnapshot;
import io.bulwark.adapter.exchange.GainIdentity;
import io.bulwark.adapter.exchange.OptionName;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * From the venue's words to holdings. A size is contracts times the contract's value and multiplier, by the instrument's own row, and the gain that the venue shows proves it.
 * Cash is what the account holds without the gains of its positions, which the table reckons from their average prices; an option is paid, so its value is the table's alone.
 */
record OkxNormalizer(OkxVenue.Configuration configuration) {
    /** Balances of this mode tell no debts: it lends nothing. */
    private static final String FUTURES_MODE = "2";

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        ExchangeSnapshot snapshot = new ExchangeSnapshot(OkxDecoder.VENUE, raw, listing);
        return snapshot.ofMarket() ? market(snapshot) : account(snapshot);
    }

    private static VenueSnapshot account(ExchangeSnapshot snapshot) {
        FactSheet config = OkxDecoder.row("account/config", snapshot.reading(OkxClient.CONFIG));
        String address = snapshot.raw().account().address();
        String uid = config.noted(OkxDecoder.OWNER).orElse("");
        if (!uid.equals(address)) {
            throw snapshot.refusal("uid", uid, "must be the account's " + address + ": the key is another account's");
        }
        FactSheet positions = OkxDecoder.rows("account/positions", snapshot.reading(OkxClient.POSITIONS));
        requireOneMoment(snapshot, positions);
        List<Holding> holdings = new ArrayList<>();
        List<LiquidationPrice> limits = new ArrayList<>();
        for (Fact position : positions.all(FactKind.POSITION)) {
            Holding.Derivative held = holding(snapshot, positions, position);
            holdings.add(held);
            limit(positions, position, held).ifPresent(limits::add);
        }
        FactSheet balance = OkxDecoder.row("account/balance", snapshot.reading(OkxClient.BALANCE));
        boolean lends = !word(config.one("account"), "account mode").equals(FUTURES_MODE);
        for (Fact cash : balance.all("cash balance")) {
            snapshot.balance(cash.subject(), cash.kind() == FactKind.DEBT ? Amount.ZERO : cash.signed())
                    .ifPresent(holdings::add);
            snapshot.balance(cash.subject(), debt(balance, cash, lends).negate())
                    .ifPresent(holdings::add);
        }
        VenueStanding whole = OkxDecoder.INSTANCE.standings(balance).stream()
                .findFirst()
                .orElseGet(() -> VenueStanding.of(new VenueStanding.NotTold("adjEq")))
                .limited(limits);
        return snapshot.holding(holdings, List.of(whole));
    }

    /** Of a contract whose gain is linear in USD: an inverse one moves the worth of its collateral too. */
    private static Optional<LiquidationPrice> limit(FactSheet positions, Fact position, Holding.Derivative held) {
        if (!word(position, "type").equals("SWAP") || !position.subject().endsWith("-USDT-SWAP")) {
            return Optional.empty();
        }
        Amount mark = positions.inRow(position, "mark price").signed();
        return positions.limit(
                position.subject(),
                held.quantity(),
                held.quantity().times(mark),
                positions.sameRow(position, "liquidation price"));
    }

    /** A debt once: the cash where that is below zero, what is owed otherwise; interest that is not deducted yet on top. */
    private static Amount debt(FactSheet balance, Fact cash, boolean lends) {
        Amount liability = owed(balance.sameRow(cash, "liability"), cash, "liab", lends);
        Amount interest = owed(balance.sameRow(cash, "interest accrued and not deducted"), cash, "interest", lends);
        return (cash.kind() == FactKind.DEBT ? cash.signed().abs() : liability).plus(interest);
    }

    private static Amount owed(Optional<Fact> told, Fact cash, String field, boolean must) {
        if (must && told.isEmpty()) {
            throw new PayloadRefused(
                    OkxDecoder.VENUE, cash.subject() + " " + field, "", "is missing (absent is not zero)");
        }
        return told.map(Fact::signed).orElse(Amount.ZERO).abs();
    }

    private static void requireOneMoment(ExchangeSnapshot snapshot, FactSheet positions) {
        FactSheet risk = OkxDecoder.row("account/account-position-risk", snapshot.reading(OkxClient.RISK));
        snapshot.requireTime("ts", risk.time());
        SortedMap<String, Amount> sizes = OkxDecoder.sizes(risk);
        if (!sizes.equals(OkxDecoder.sizes(positions))) {
            throw snapshot.refusal(
                    "posData", sizes.toString(), "must tell the sizes of the positions " + OkxDecoder.sizes(positions));
        }
    }

    private static Holding.Derivative holding(ExchangeSnapshot snapshot, FactSheet positions, Fact position) {
        String name = position.subject();
        ListedInstrument listed = snapshot.held("instId", name);
        String query = OkxClient.contract(word(position, "type"), name);
        FactSheet terms = OkxDecoder.row("instruments", snapshot.reading(OkxClient.INSTRUMENT, query));
        Fact contract = terms.one("contract value");
        requireListed(snapshot, listed, terms, contract);
        Amount of = contract.signed().times(terms.one("contract multiplier").signed());
        Amount size = snapshot.product("pos", position.signed(), of);
        Amount average = positions.inRow(position, "average entry price").signed();
        Fact gain = positions.inRow(position, "unrealised gain by mark");
        Amount mark = positions.inRow(position, "mark price").signed();
        GainIdentity.require(OkxDecoder.VENUE, gain, size, isInverse(contract), average, mark);
        Optional<Amount> settled = word(contract, "type").equals("OPTION") ? Optional.empty() : Optional.of(average);
        return new Holding.Derivative(listed.number(), size, settled, Amount.ZERO);
    }

    private static boolean isInverse(Fact contract) {
        return !word(contract, "type").equals("OPTION")
                && word(contract, "contract type").equals("inverse");
    }

    private static String word(Fact fact, String name) {
        return fact.words().getOrDefault(name, "");
    }

    /** The venue's own terms of a contract must be those under which the house lists it. */
    private static void requireListed(
            ExchangeSnapshot snapshot, ListedInstrument listed, FactSheet terms, Fact contract) {
        String base = word(contract, "underlying").split("-", -1)[0];
        String type = word(contract, "type");
        String settlement = word(contract, "settles in");
        boolean inverse = isInverse(contract);
        boolean same = contract.subject().equals(listed.symbol())
                && switch (listed.contract()) {
                    case Instrument.Perpetual p ->
                        type.equals("SWAP")
                                && p.underlying().equals(base)
                                && p.settlement().equals(settlement)
                                && p.inverse() == inverse;
                    case Instrument.Future f ->
                        type.equals("FUTURES")
                                && f.underlying().equals(base)
                                && f.settlement().equals(settlement)
                                && f.inverse() == inverse
                                && expiresAt(contract, f.expiryMillis());
                    case Instrument.Option o -> type.equals("OPTION") && isOption(o, terms, contract, base);
                    default -> false;
                };
        if (!same) {
            throw snapshot.refusal(
                    "instId",
                    contract.subject(),
                    "must be listed with the venue's terms; listed is " + listed.contract());
        }
    }

    private static boolean isOption(Instrument.Option listed, FactSheet terms, Fact contract, String base) {
        return listed.underlying().equals(base)
                && listed.strike().equals(terms.one("strike").signed())
                && expiresAt(contract, listed.expiryMillis())
                && word(contract, "option").equals(listed.right() == Instrument.OptionRight.CALL ? "C" : "P")
                && OptionName.of(contract.subject())
                        .filter(name -> name.isListedAs(listed, word(contract, "settles in")))
                        .isPresent();
    }

    private static boolean expiresAt(Fact contract, long millis) {
        return word(contract, "expiry").equals(Long.toString(millis));
    }

    private VenueSnapshot market(ExchangeSnapshot snapshot) {
        FactSheet time = OkxDecoder.row("time", snapshot.reading(OkxClient.TIME));
        snapshot.requireTime("ts", time.time(time.one("venue time")));
        List<PriceReport> reports = new ArrayList<>();
        for (Map.Entry<String, String> index : configuration.indices().entrySet()) {
            FactSheet quote = index(snapshot, index.getValue());
            Fact price = quote.one("index price");
            if (snapshot.listing().groupNamed(index.getKey()).isPresent()) {
                reports.add(snapshot.report(Measure.INDEX_PRICE, index.getKey(), price.signed(), quote.time(price)));
            }
        }
        for (String family : configuration.swaps()) {
            reports.addAll(marks(snapshot, OkxClient.marks("SWAP", family), Optional.empty()));
        }
        for (String family : configuration.options()) {
            reports.addAll(volatilities(snapshot, family));
            // The mark in USD is the mark in the coin at the index of its family.
            Fact index = index(snapshot, family).one("index price");
            reports.addAll(marks(snapshot, OkxClient.marks("OPTION", family), Optional.of(index.signed())));
        }
        return snapshot.reporting(reports);
    }

    private static FactSheet index(ExchangeSnapshot snapshot, String index) {
        FactSheet quote = OkxDecoder.row("index-tickers", snapshot.reading(OkxClient.INDEX, OkxClient.index(index)));
        String told = quote.one("index price").subject();
        if (!told.equals(index)) {
            throw snapshot.refusal("instId", told, "must be the one index " + index);
        }
        return quote;
    }

    private static List<PriceReport> marks(ExchangeSnapshot snapshot, String query, Optional<Amount> index) {
        List<PriceReport> reports = new ArrayList<>();
        FactSheet marks = OkxDecoder.rows("mark-price", snapshot.reading(OkxClient.MARK, query));
        for (Fact mark : marks.all("mark price")) {
            snapshot.listed(mark.subject())
                    .ifPresent(listed -> reports.add(snapshot.report(
                            Measure.MARK_PRICE,
                            listed.name(),
                            index.map(at -> snapshot.product("markPx", mark.signed(), at))
                                    .orElse(mark.signed()),
                            marks.time(mark))));
        }
        return reports;
    }

    /** A volatility of zero is none. */
    private static List<PriceReport> volatilities(ExchangeSnapshot snapshot, String family) {
        List<PriceReport> reports = new ArrayList<>();
        FactSheet summary =
                OkxDecoder.rows("opt-summary", snapshot.reading(OkxClient.VOLATILITY, OkxClient.volatilities(family)));
        for (Fact volatility : summary.all("mark volatility")) {
            Optional<ListedInstrument> listed = snapshot.listed(volatility.subject());
            listed.ifPresent(instrument -> requireNamed(snapshot, instrument));
            if (listed.isPresent() && volatility.signed().signum() != 0) {
                reports.add(snapshot.report(
                        Measure.IMPLIED_VOLATILITY,
                        listed.get().name(),
                        volatility.signed(),
                        summary.time(volatility)));
            }
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
