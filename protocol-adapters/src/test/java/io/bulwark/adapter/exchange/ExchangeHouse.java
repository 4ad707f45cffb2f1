package io.bulwark.adapter.exchange;

import io.bulwark.adapter.DemoHouse;
import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.RecordedSnapshots.Recorded;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.binance.BinanceVenue;
import io.bulwark.adapter.bybit.BybitVenue;
import io.bulwark.adapter.derive.DeriveVenue;
import io.bulwark.adapter.drift.DriftVenue;
import io.bulwark.adapter.okx.OkxVenue;
import io.bulwark.adapter.paradex.ParadexVenue;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The house that connects every exchange, and what each answers, read once over HTTP from its recording. */
public final class ExchangeHouse {
    /** What it lists. */
    public static final Listing LISTING = DemoHouse.listing(file());

    private static final List<Recorded> ALL;

    static {
        try (RecordedVenues venues = RecordedVenues.bundled()) {
            ALL = readAll(adapters(venues::endpoint));
        } catch (IOException | VenueException e) {
            throw new IllegalStateException(e);
        }
    }

    private ExchangeHouse() {}

    /** Every account and every market. */
    public static List<Recorded> all() {
        return ALL;
    }

    /** One adapter for each venue, in the order of their numbers, as the founding file connects them. */
    public static List<OpenVenue> adapters(Function<String, URI> endpoints) {
        return List.of(
                OpenVenue.recorded(new OkxVenue(), okx(), endpoints.apply("okx")),
                OpenVenue.recorded(new BybitVenue(), bybit(), endpoints.apply("bybit")),
                OpenVenue.recorded(new DeriveVenue(), derive(2), endpoints.apply("derive")),
                OpenVenue.recorded(new BinanceVenue(), binance(), endpoints.apply("binance")),
                OpenVenue.recorded(new ParadexVenue(), paradex(), endpoints.apply("paradex")),
                OpenVenue.recorded(new DriftVenue(), drift(), endpoints.apply("drift")));
    }

    /** OKX as the founding file connects it. */
    public static OkxVenue.Configuration okx() {
        return new OkxVenue.Configuration(
                0,
                new TreeMap<>(Map.of("BTC", "BTC-USD", "ETH", "ETH-USD")),
                List.of("BTC-USDT", "ETH-USD"),
                List.of("BTC-USD"));
    }

    /** Bybit as the founding file connects it. */
    public static BybitVenue.Configuration bybit() {
        return new BybitVenue.Configuration(
                1, List.of("USDT", "USDC"), List.of("BTCPERP", "ETHUSDT"), List.of("BTCUSD"), List.of("BTC"));
    }

    /** Derive as the founding file connects it, by one schema or the other. */
    public static DeriveVenue.Configuration derive(int schema) {
        return new DeriveVenue.Configuration(2, schema, "USDC", List.of("BTC"), List.of("BTC-20240531"));
    }

    /** Binance as the founding file connects it. */
    public static BinanceVenue.Configuration binance() {
        return new BinanceVenue.Configuration(
                3, List.of("BTCUSDT", "ETHUSDT"), new TreeMap<>(Map.of("BTCUSD_PERP", Amount.of("100"))));
    }

    /** Paradex as the founding file connects it. */
    public static ParadexVenue.Configuration paradex() {
        return new ParadexVenue.Configuration(4, "USDC", List.of("BTC-USD-PERP", "SOL-USD-PERP"));
    }

    /** Drift as the founding file connects it. */
    public static DriftVenue.Configuration drift() {
        return new DriftVenue.Configuration(
                5,
                "USDC",
                new TreeMap<>(Map.of(
                        0, new DriftVenue.Configuration.Spot("6gMq3mRCKf8aP3ttTyYhuijVZ2LGi14oDsBbkgubfLB3", "USDC"),
                        1, new DriftVenue.Configuration.Spot("3x85u7SWkmmr7YQGYhtjARgxwegTLJgkSLRprfXod6rh", "SOL"))),
                new TreeMap<>(Map.of(
                        0,
                                new DriftVenue.Configuration.Perpetual(
                                        "8UJgxaiQx5nTrdDgph5FiahMmzduuLTLf5WmsPegYA6W", "SOL-PERP"),
                        1,
                                new DriftVenue.Configuration.Perpetual(
                                        "2UZMvVTBQR9yWxrEdzEQzXWE61bUjqQ5VpJAGqVb3B19", "BTC-PERP"))));
    }

    /** The account of the house at a venue. */
    public static VenueAccount account(int venue) {
        return DemoHouse.venueAccounts(file()).stream()
                .filter(account -> account.venue() == venue)
                .findFirst()
                .orElseThrow();
    }

    private static Path file() {
        return Path.of("../docs/houses/exchanges.json");
    }

    private static List<Recorded> readAll(List<OpenVenue> adapters) throws VenueException {
        List<Recorded> all = new ArrayList<>();
        for (OpenVenue adapter : adapters) {
            VenueAccount account = account(adapter.profile().venue());
            all.add(new Recorded(adapter.read(account, adapter.finalised()), adapter, LISTING));
            all.add(new Recorded(adapter.market(adapter.finalised()), adapter, LISTING));
        }
        return List.copyOf(all);
    }
}
