package io.bulwark.adapter.deribit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.RecordedSnapshots;
import io.bulwark.adapter.ReferenceFiles;
import io.bulwark.adapter.exchange.OptionName;
import io.bulwark.adapter.fact.Fact;
import io.bulwark.adapter.fact.FactKind;
import io.bulwark.adapter.fact.FactSheet;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Reading;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeribitReferenceTest {
    private static final String CHAIN = "market/deribit_btc_chain_2024-05-23.csv";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");

    @Test
    void shouldFindTheEquityIdentityInTheDocumentedSummaries() {
        JsonNode result =
                ReferenceFiles.json("deribit/http_get_account_summaries.json").get("result");
        Fact coins = summaries(result).all("balance and realised").getFirst();
        assertEquals("BTC", coins.subject());
        assertEquals(Amount.of("302.5680766"), coins.signed());
        ((ObjectNode) result.get("summaries").get(0)).put("equity", new BigDecimal("302.62869214"));
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> summaries(result));
        assertEquals("get_account_summaries.summaries[0].equity", refusal.field());
    }

    @Test
    void shouldTellTheGainSinceSettlementFromTheGainSinceEntry() {
        ObjectNode row = inverseRow();
        Fact position = positions(row).all(FactKind.POSITION).getFirst();
        assertEquals(Amount.of("40"), position.signed());
        assertEquals(
                Amount.of("109351.31"), position.besides("settlement price").orElseThrow());
        row.set("floating_profit_loss", row.get("total_profit_loss"));
        PayloadRefused refusal = assertThrows(PayloadRefused.class, () -> positions(row));
        assertEquals("get_positions[0].floating_profit_loss", refusal.field());
    }

    @Test
    void shouldKnowWhichVolatilitiesOfTheRealChainAreNone() {
        List<String[]> rows = chain();
        assertEquals(578, rows.size());
        assertEquals(34, rows.stream().filter(r -> r[6].equals("100.0")).count());
    }

    @Test
    void shouldFindCallAndPutVolatilitiesOfTheRealChainEqual() {
        Map<String, Amount> seen = new TreeMap<>();
        int pairs = 0;
        int equal = 0;
        for (String[] row : chain()) {
            Amount other = seen.put(row[3] + " " + row[1], Amount.of(row[6]));
            if (other != null) {
                pairs++;
                equal += other.minus(Amount.of(row[6])).abs().compareTo(Amount.of("0.05")) <= 0 ? 1 : 0;
            }
        }
        assertTrue(pairs > 200, pairs + " pairs");
        assertTrue(equal >= pairs * 95 / 100, equal + " of " + pairs);
    }

    @Test
    void shouldHaveRecordedTheRealChainFigureForFigure() {
        Map<String, String[]> byName = new TreeMap<>();
        chain().forEach(row -> byName.put(name(row), row));
        byte[] books = RecordedSnapshots.of(1, VenueAccount.MARKET).readings().stream()
                .filter(r -> r.method().equals(DeribitClient.BOOKS))
                .map(Reading::result)
                .findFirst()
                .orElseThrow();
        FactSheet sheet = DeribitDecoder.decoded("get_book_summary_by_currency", books);
        for (Fact mark : sheet.all("mark price")) {
            String[] row = Objects.requireNonNull(byName.get(mark.subject()), mark.subject());
            assertEquals(Amount.of(row[4]), mark.signed(), mark.subject());
            Amount volatility = Amount.of(row[6]).times(Amount.of("0.01"));
            assertEquals(volatility, sheet.inRow(mark, "mark volatility").signed(), mark.subject());
        }
    }

    private static FactSheet summaries(JsonNode result) {
        return DeribitDecoder.decoded("get_account_summaries", ReferenceFiles.sent(result));
    }

    private static FactSheet positions(JsonNode row) {
        return DeribitDecoder.decoded(
                "get_positions",
                ReferenceFiles.sent(JsonNodeFactory.instance.arrayNode().add(row)));
    }

    /** option_type, strike, creation, maturity, mark_price, last_price, mark_iv, index_price. */
    private static List<String[]> chain() {
        List<String> lines = ReferenceFiles.lines(CHAIN);
        return lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    private static String name(String[] row) {
        LocalDateTime expiry = LocalDateTime.parse(row[3], TIME);
        String date = expiry.format(DateTimeFormatter.ofPattern("dMMMuu", Locale.ENGLISH))
                .toUpperCase(Locale.ROOT);
        String right = row[0].equals("call") ? "C" : "P";
        String name = "BTC-" + date + "-" + new BigDecimal(row[1]).intValueExact() + "-" + right;
        long millis = expiry.toInstant(ZoneOffset.UTC).toEpochMilli();
        assertEquals(millis, OptionName.of(name).orElseThrow().expiryMillis(), name);
        return name;
    }

    /** A row that a user pasted from a client which had turned numbers into text; turned back. */
    private static ObjectNode inverseRow() {
        ObjectNode row = (ObjectNode) ReferenceFiles.json("deribit/position_btc_perpetual_user_report.json");
        for (Map.Entry<String, JsonNode> field : List.copyOf(row.properties())) {
            if (NUMBER.matcher(field.getValue().asText()).matches()) {
                row.set(
                        field.getKey(),
                        DecimalNode.valueOf(new BigDecimal(field.getValue().asText())));
            }
        }
        return row;
    }
}
