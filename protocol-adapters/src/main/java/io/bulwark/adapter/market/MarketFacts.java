package io.bulwark.adapter.market;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.adapter.fact.PayloadKind;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.List;
import java.util.stream.Stream;

/** What a table or series of market data says. */
public final class MarketFacts implements VenueDecoder {
    static final String VENUE = "market";

    @Override
    public String venue() {
        return VENUE;
    }

    @Override
    public List<PayloadKind> kinds() {
        return Stream.of(
                        MarketPrices.kinds(),
                        MarketSeries.kinds(),
                        MarketBooks.kinds(),
                        MarketTape.kinds(),
                        MarketAccounts.kinds())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public JsonNode body(JsonNode answer, FactSheet sheet) {
        JsonNode rows = answer.has("meta") && answer.has("data") ? answer.get("data") : answer;
        if (rows.isEmpty()) {
            throw new PayloadRefused(
                    VENUE, "rows", rows.toString(), "must hold a row (an empty table is unknown, not zero)");
        }
        return rows;
    }
}
