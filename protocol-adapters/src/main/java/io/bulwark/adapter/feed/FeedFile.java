package io.bulwark.adapter.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.MarketReport;
import io.bulwark.clearing.position.VenueStanding;
import io.bulwark.clearing.position.VenueStanding.LiquidationPrice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a protocol says, as a file of the risk language: what one of its accounts holds, or what its market shows, at one horizon. */
public sealed interface FeedFile {
    /** Longest file, bytes: what one request may have. */
    int BYTES_MAX = 1 << 20;

    /** Of whom it speaks: a venue account, or the venue's market. */
    VenueAccount account();

    /** Of which moment. */
    Horizon horizon();

    /** How well it is evidenced. */
    EvidenceGrade grade();

    /**
     * What an account holds and owes.
     *
     * @param standings what the venue itself counts of it; {@code NotTold} where the file does not say. Of none the house counts that the
     *     venue is about to act
     */
    record Snapshot(
            VenueAccount account,
            Horizon horizon,
            EvidenceGrade grade,
            List<Holding> holdings,
            List<VenueStanding> standings)
            implements FeedFile {
        /** Copies. */
        public Snapshot {
            holdings = List.copyOf(holdings);
            standings = List.copyOf(standings);
        }
    }

    /**
     * What a market shows.
     *
     * @param prices what is measured, of which listed name
     * @param market spreads and depths of the venue's own contracts
     */
    record Report(VenueAccount account, Horizon horizon, EvidenceGrade grade, List<Price> prices, List<Shown> market)
            implements FeedFile {
        /** Copies. */
        public Report {
            prices = List.copyOf(prices);
            market = List.copyOf(market);
        }

        /**
         * A price.
         *
         * @param subject the listed name of the risk group, asset or instrument
         * @param value &gt; 0, in the measure's unit
         */
        public record Price(Measure measure, String subject, Amount value) {}

        /**
         * Something that is no price.
         *
         * @param subject the listed name of the contract
         * @param value &gt; 0, in the kind's unit
         */
        public record Shown(MarketReport.Kind kind, String subject, Amount value) {}
    }

    /**
     * Reads a file.
     *
     * @throws BadInput naming field, value and rule
     */
    static FeedFile read(byte[] json) {
        try {
            return of(Strict.JSON.readTree(json));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new BadInput("file", "line " + line, "must be JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
    }

    /**
     * Reads a file that was parsed.
     *
     * @throws BadInput naming field, value and rule
     */
    static FeedFile of(JsonNode tree) {
        FeedFields file = new FeedFields(tree, "");
        int venue = file.number("venue");
        FeedFile read = file.has("holdings") ? Strict.snapshot(venue, file) : Strict.report(venue, file);
        file.nothingElse();
        return read;
    }

    /** How a file is read. */
    final class Strict {
        private static final int DEPTH_MAX = 16;

        private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEPTH_MAX)
                                .build())
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();

        private Strict() {}

        private static Snapshot snapshot(int venue, FeedFields file) {
            String name = file.text("account");
            if (name.equals(VenueAccount.MARKET)) {
                throw file.refuse("account", "must be an account: what the market shows is a report, with prices");
            }
            Horizon horizon = horizon(file.member("horizon"));
            EvidenceGrade grade = file.named("grade", List.of(EvidenceGrade.values()));
            List<Holding> holdings = new ArrayList<>();
            file.elements("holdings").forEach(holding -> holdings.add(holding(holding)));
            List<VenueStanding> standings = new ArrayList<>();
            if (file.has("standings")) {
                file.elements("standings").forEach(standing -> standings.add(standing(standing)));
            } else {
                standings.add(VenueStanding.of(new VenueStanding.NotTold("standings")));
            }
            return new Snapshot(new VenueAccount(venue, name), horizon, grade, holdings, standings);
        }

        private static Report report(int venue, FeedFields file) {
            Horizon horizon = horizon(file.member("horizon"));
            EvidenceGrade grade = file.named("grade", List.of(EvidenceGrade.values()));
            List<Report.Price> prices = new ArrayList<>();
            for (FeedFields price : file.elements("prices")) {
                prices.add(new Report.Price(
                        price.named("measure", List.of(Measure.values())),
                        price.text("subject"),
                        price.positive("value")));
                price.nothingElse();
            }
            List<Report.Shown> market = new ArrayList<>();
            if (file.has("market")) {
                for (FeedFields shown : file.elements("market")) {
                    market.add(new Report.Shown(
                            shown.named("kind", List.of(MarketReport.Kind.SPREAD, MarketReport.Kind.DEPTH)),
                            shown.text("subject"),
                            shown.positive("value")));
                    shown.nothingElse();
                }
            }
            return new Report(new VenueAccount(venue, VenueAccount.MARKET), horizon, grade, prices, market);
        }

        private static Horizon horizon(FeedFields fields) {
            String kind = fields.text("kind");
            long time = fields.whole("timeMillis", Long.MAX_VALUE);
            Horizon horizon = switch (kind) {
                case "block" ->
                    new Horizon.Block(
                            fields.whole("chainId", Long.MAX_VALUE),
                            fields.whole("number", Long.MAX_VALUE),
                            Digest.parse(fields.matching("hash", "[0-9a-f]{64}")),
                            fields.named("finality", List.of(Horizon.Finality.values())),
                            time);
                case "sequence" -> new Horizon.Sequence(fields.whole("number", Long.MAX_VALUE), time);
                case "venueTime" -> new Horizon.VenueTime(time);
                default -> throw fields.refuse("kind", "must be block, sequence or venueTime");
            };
            fields.nothingElse();
            return horizon;
        }

        private static Holding holding(FeedFields fields) {
            String kind = fields.text("kind");
            Holding holding = switch (kind) {
                case "derivative" ->
                    new Holding.Derivative(
                            fields.number("instrument"),
                            fields.amount("quantity"),
                            fields.has("settledPrice") ? Optional.of(fields.amount("settledPrice")) : Optional.empty(),
                            fields.amount("accruedFunding"));
                case "collateral" -> new Holding.Collateral(fields.number("asset"), fields.unsigned("quantity"));
                case "debt" -> new Holding.Debt(fields.number("asset"), fields.unsigned("quantity"));
                case "cash" -> new Holding.Cash(fields.amount("quantity"));
                default -> throw fields.refuse("kind", "must be derivative, collateral, debt or cash");
            };
            fields.nothingElse();
            return holding;
        }

        private static VenueStanding standing(FeedFields fields) {
            VenueStanding.Told told = new VenueStanding.Told(
                    fields.text("asset"), fields.amount("equity"), fields.unsigned("requirement"));
            List<LiquidationPrice> limits = new ArrayList<>();
            if (fields.has("limits")) {
                for (FeedFields limit : fields.elements("limits")) {
                    limits.add(BadInput.refusing(
                            "standings.limits",
                            limit.text("symbol"),
                            () -> new LiquidationPrice(
                                    limit.text("symbol"),
                                    limit.amount("size"),
                                    limit.amount("worth"),
                                    limit.positive("price"))));
                    limit.nothingElse();
                }
            }
            fields.nothingElse();
            return new VenueStanding(VenueStanding.Pocket.WHOLE, told, Collections.emptySortedMap(), limits);
        }
    }
}
