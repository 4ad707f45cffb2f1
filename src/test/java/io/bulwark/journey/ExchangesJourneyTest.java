package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.tier.OfHouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An account at every exchange, from the founding file that connects them through their answers and the books to one margin, and back
 * from the database.
 */
@OfHouse
class ExchangesJourneyTest {
    private static final Path HOUSE = Path.of("../../docs/houses/exchanges.json");

    @Test
    void shouldMarginAnAccountOfEveryExchange(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(Files.readAllBytes(HOUSE));
            try (RecordedVenues recorded = RecordedVenues.bundled()) {
                VenueSurvey survey = RecordedSurvey.of(house, founded.file(), recorded);
                assertEquals(List.of(), survey.unread());
                house.cycle().intake(survey, founded.file());
            }
            assertEquals(List.of(), house.ledger().quarantine(1, 10));
            ComputedEpoch sealed = house.cycle().seal(founded);
            AccountLine orion = sealed.accounts().getFirst();
            assertEquals(List.of("okx", "bybit", "derive", "binance", "paradex", "drift"), orion.venues());
            List<String> positions = new ArrayList<>();
            orion.lots().positions().forEach(entry -> {
                ListedInstrument instrument = founded.file().listing().instrument(entry.number());
                positions.add(instrument.name() + " " + entry.lots() + " of " + instrument.lot());
            });
            assertEquals(
                    List.of(
                            "okx:BTC-USDT-SWAP -15000 of 0.0001",
                            "okx:ETH-USD-SWAP 200 of 10",
                            "okx:BTC-USD-240531-70000-C 20 of 0.01",
                            "bybit:ETHUSDT -20000 of 0.001",
                            "bybit:BTCPERP 7500 of 0.0001",
                            "bybit:BTCUSD 100 of 100",
                            "bybit:BTC-31MAY24-70000-C -50 of 0.01",
                            "derive:BTC-PERP 9000 of 0.0001",
                            "derive:BTC-20240531-70000-C -120 of 0.01",
                            "binance:BTCUSDT -4000 of 0.0001",
                            "binance:ETHUSDT 5000 of 0.001",
                            "binance:BTCUSD_PERP -30 of 100",
                            "paradex:BTC-USD-PERP 3500 of 0.0001",
                            "paradex:SOL-USD-PERP -1200 of 0.1",
                            "drift:SOL-PERP -500 of 0.1",
                            "drift:BTC-PERP 1000 of 0.0001"),
                    positions);
            long margin = assertInstanceOf(
                            MarginStatement.class, PortfolioMargin.evaluate(sealed.table(), orion.lots()))
                    .given()
                    .initialMargin();
            assertTrue(margin > 0, "margin " + margin);
            assertEquals(
                    margin,
                    orion.margin().stated().orElseThrow().given().initialMargin(),
                    "what is stated is what is booked");
            assertTrue(house.archive().replay(sealed.number()).orElseThrow().equal());
            assertEquals(
                    List.of(
                            "73d37bd3b0903a66c79bd7f735065cd3b22f52b1f0496484b35159536fa0ebf8",
                            "0922b3d3ba99019a9d615e5fd4ecffbc6dd68c9bed8985231e4d400d7b05253c",
                            "228b1e57e3c2d841db002148404fe9940ffd269e265c1a9e2bbb82a19ac827d5",
                            "3b5e61ec815b5b98b4c6a9b72b0343e65900ee841be4be7f97a11346d55e4aa4"),
                    RecordedSurvey.roots(sealed));
        }
    }
}
