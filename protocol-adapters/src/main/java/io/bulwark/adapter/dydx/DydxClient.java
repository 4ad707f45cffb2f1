package io.bulwark.adapter.dydx;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an indexer, which needs no authorisation. Its answers may come from replicas of different age, so an account is read between two heights. */
record DydxClient(VenueTransport transport) implements ExchangeReader {
    static final String HEIGHT = "GET /v4/height";
    static final String SUBACCOUNT = "GET /v4/addresses/{address}/parentSubaccountNumber/{number}";
    static final String MARKETS = "GET /v4/perpetualMarkets";

    private static final int ATTEMPTS = 5;

    private static final Pattern ADDRESS = Pattern.compile("(dydx1[02-9ac-hj-np-z]{38})/(\\d{1,3})");

    @Override
    public Horizon now() throws VenueException {
        return horizon(ask(HEIGHT, "/v4/height"));
    }

    /** The subaccount at a height whose time is known: that of the height asked before, or after. */
    @Override
    public Cut account(String account) throws VenueException {
        Matcher parts = ADDRESS.matcher(account);
        if (!parts.matches()) {
            throw new IllegalArgumentException("account must be dydx1…/number; have " + account);
        }
        String path = "/v4/addresses/" + parts.group(1) + "/parentSubaccountNumber/" + parts.group(2);
        Reading before = ask(HEIGHT, "/v4/height");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Reading subaccount = ask(SUBACCOUNT, path);
            Reading after = ask(HEIGHT, "/v4/height");
            FactSheet said = ExchangeReader.meaning(subaccount, answer -> DydxNormalizer.decoded("subaccount", answer));
            Optional<Long> at = ExchangeReader.meaning(subaccount, answer -> DydxNormalizer.height(said));
            for (Reading reading : List.of(before, after)) {
                Horizon.Sequence height = horizon(reading);
                if (at.isEmpty() || at.get() == height.number()) {
                    return new Cut(height, whole(reading, subaccount, said));
                }
            }
            before = after;
        }
        throw new VenueException(
                DydxDecoder.VENUE, Category.RETRY, "heights moved in each of " + ATTEMPTS + " reads; none is mixed");
    }

    /** With the terms of each market in which a position is open: what it requires there, which changes by a vote and not with a block. */
    private List<Reading> whole(Reading height, Reading subaccount, FactSheet said) throws VenueException {
        List<Reading> readings = new ArrayList<>(List.of(height, subaccount));
        TreeSet<String> markets = new TreeSet<>();
        said.all(FactKind.POSITION).forEach(position -> markets.add(position.subject()));
        for (String market : markets) {
            readings.add(ask(MARKETS, market(market)));
        }
        return readings;
    }

    /** The question for one market. */
    static String market(String ticker) {
        return "/v4/perpetualMarkets?market=" + ticker;
    }

    /** The markets, dated by the height that was processed before they were asked for. */
    @Override
    public Cut market() throws VenueException {
        Reading before = ask(HEIGHT, "/v4/height");
        return new Cut(horizon(before), List.of(before, ask(MARKETS, "/v4/perpetualMarkets")));
    }

    @Override
    public void close() {
        transport.close();
    }

    private Reading ask(String method, String path) throws VenueException {
        return new Reading(method, path, transport.get(path, Map.of(), 1));
    }

    private static Horizon.Sequence horizon(Reading height) {
        return ExchangeReader.meaning(height, DydxNormalizer::horizon);
    }
}
