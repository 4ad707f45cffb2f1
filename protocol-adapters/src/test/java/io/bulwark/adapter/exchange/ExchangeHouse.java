package io.bulwark.adapter.exchange;

import io.bulwark.adapter.DemoHouse;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.RecordedSnapshots.Recorded;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.binance.BinanceAdapter;
import io.bulwark.adapter.binance.BinanceConfiguration;
import io.bulwark.adapter.bybit.BybitAdapter;
import io.bulwark.adapter.bybit.BybitConfiguration;
import io.bulwark.adapter.derive.DeriveAdapter;
import io.bulwark.adapter.derive.DeriveConfiguration;
import io.bulwark.adapter.drift.DriftAdapter;
import io.bulwark.adapter.drift.DriftConfiguration;
import io.bulwark.adapter.okx.OkxAdapter;
import io.bulwark.adapter.okx.OkxConfiguration;
import io.bulwark.adapter.paradex.ParadexAdapter;
import io.bulwark.adapter.paradex.ParadexConfiguration;
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

    /** Recordings have no limit of their own. */
    public static final ReadBudget UNHURRIED = ReadBudget.perSecond(10_000);

    private static final List<Recorded> ALL;

    static {
        try (RecordedVenues venues = RecordedVenues.bundled()) {
            ALL = readAll(adapters(venues::endpoint, KeyRing.RECORDED));
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
    public static List<VenueAdapter> adapters(Function<String, URI> endpoints, KeyRing keys) {
        return List.of(
                new OkxAdapter(okx(keys), endpoints.apply("okx")),
                new BybitAdapter(bybit(keys), endpoints.apply("bybit")),
                new DeriveAdapter(derive(2, keys), endpoints.apply("derive")),
                new BinanceAdapter(binance(keys), endpoints.apply("binance")),
                new ParadexAdapter(paradex(keys), endpoints.apply("paradex")),
                new DriftAdapter(drift(), endpoints.apply("drift")));
    }

    /** OKX as the founding file connects it. */
    public static OkxConfiguration okx(KeyRing keys) {
        return new OkxConfiguration(
                0,
                new TreeMap<>(Map.of("BTC", "BTC-USD", "ETH", "ETH-USD")),
                List.of("BTC-USDT", "ETH-USD"),
                List.of("BTC-USD"),
                keys,
                UNHURRIED);
    }

    /** Bybit as the founding file connects it. */
    public static BybitConfiguration bybit(KeyRing keys) {
        return new BybitConfiguration(
                1,
                List.of("USDT", "USDC"),
                List.of("BTCPERP", "ETHUSDT"),
                List.of("BTCUSD"),
                List.of("BTC"),
                keys,
                UNHURRIED);
    }

    /** Derive as the founding file connects it, by one schema or the other. */
    public static DeriveConfiguration derive(int schema, KeyRing keys) {
        return new DeriveConfiguration(2, schema, "USDC", List.of("BTC"), List.of("BTC-20240531"), keys, UNHURRIED);
    }

    /** Binance as the founding file connects it. */
    public static BinanceConfiguration binance(KeyRing keys) {
        return new BinanceConfiguration(
                3,
                List.of("BTCUSDT", "ETHUSDT"),
                new TreeMap<>(Map.of("BTCUSD_PERP", Amount.of("100"))),
                keys,
                UNHURRIED);
    }

    /** Paradex as the founding file connects it. */
    public static ParadexConfiguration paradex(KeyRing keys) {
        return new ParadexConfiguration(4, "USDC", List.of("BTC-USD-PERP", "SOL-USD-PERP"), keys, UNHURRIED);
    }

    /** Drift as the founding file connects it. */
    public static DriftConfiguration drift() {
        return new DriftConfiguration(
                5,
                "USDC",
                new TreeMap<>(Map.of(
                        0, new DriftConfiguration.Spot("6gMq3mRCKf8aP3ttTyYhuijVZ2LGi14oDsBbkgubfLB3", "USDC"),
                        1, new DriftConfiguration.Spot("3x85u7SWkmmr7YQGYhtjARgxwegTLJgkSLRprfXod6rh", "SOL"))),
                new TreeMap<>(Map.of(
                        0, new DriftConfiguration.Perpetual("8UJgxaiQx5nTrdDgph5FiahMmzduuLTLf5WmsPegYA6W", "SOL-PERP"),
                        1,
                                new DriftConfiguration.Perpetual(
                                        "2UZMvVTBQR9yWxrEdzEQzXWE61bUjqQ5VpJAGqVb3B19", "BTC-PERP"))),
                UNHURRIED);
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

    private static List<Recorded> readAll(List<VenueAdapter> adapters) throws VenueException {
        List<Recorded> all = new ArrayList<>();
        for (VenueAdapter adapter : adapters) {
            VenueAccount account = account(adapter.profile().venue());
            all.add(new Recorded(adapter.read(account, adapter.finalised()), adapter, LISTING));
            all.add(new Recorded(adapter.market(adapter.finalised()), adapter, LISTING));
        }
        return List.copyOf(all);
    }
}
