package io.bulwark.api.advice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.account.NamedPortfolio;
import io.bulwark.api.account.SmallTable;
import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhatIfAnswerTest {
    private static final MarginAccount BOOKED =
            new MarginAccount(10_000_000, List.of(new Entry(3, 10)), List.of(), List.of(new Entry(2, 5)), List.of());

    @Test
    void shouldMarginTheBaseAndTheChangedPortfolio() {
        WhatIfAnswer answer = answer("""
                {"portfolio": {"cash": "10000000", "positions": [{"id": "BTC-PERP", "lots": 10}]},
                 "changes": [{"in": "positions", "id": "BTC-PERP", "lots": 5}, {"in": "cash", "amount": -3000000}]}""");
        // 10 lots: 1,200,000 stress + 600 spread + 5 quantisation; 15 lots: 1,800,000 + 900 + 8.
        assertEquals(1_200_605, answer.before().asBooked().initialMargin().u());
        assertEquals(1_800_908, answer.after().asBooked().initialMargin().u());
        assertEquals("180.0908", answer.after().asBooked().initialMargin().usd());
        assertEquals(600_303, answer.change().initialMargin().u());
        assertEquals(-3_000_000, answer.change().equity().u());
        assertEquals("open", answer.after().state());
        assertTrue(
                answer.after().worstScenario().contains("BTC"), answer.after().worstScenario());
    }

    @Test
    void shouldStartFromABookedAccount() {
        WhatIfAnswer answer =
                answer("{\"account\": 4, \"changes\": [{\"in\": \"positions\", \"id\": \"BTC-PERP\", \"lots\": -10}]}");
        assertEquals(
                List.of(new NamedPortfolio.Line("BTC-PERP", 10)),
                answer.before().portfolio().positions());
        assertEquals(List.of(), answer.after().portfolio().positions());
        assertEquals(
                List.of(new NamedPortfolio.Line("BTC", 5)),
                answer.after().portfolio().collateral());
    }

    @Test
    void shouldTellEachEntryAloneWhereItIsAsked() {
        String request = "{\"account\": 4, \"changes\": [{\"in\": \"debt\", \"id\": \"BTC\", \"lots\": 3}]";
        WhatIfAnswer plain = answer(request + "}");
        assertTrue(plain.before().hedging().isEmpty() && plain.after().hedging().isEmpty());
        WhatIfAnswer hedged = answer(request + ", \"hedging\": true}");
        assertEquals(2, hedged.before().hedging().orElseThrow().lines().size());
        assertEquals(3, hedged.after().hedging().orElseThrow().lines().size());
        assertEquals(plain.after().asBooked(), hedged.after().asBooked());
    }

    /** What changes start from is written once for all who ask about it. */
    @Test
    void shouldWriteInTwoPartsWhatItWouldWriteWhole() throws IOException {
        ObjectMapper json = ObjectMapper.getDefault();
        for (String more : List.of("", ", \"hedging\": true")) {
            WhatIfAnswer answer =
                    answer("{\"account\": 4, \"changes\": [{\"in\": \"cash\", \"amount\": -9000000}]" + more + "}");
            String whole = new String(json.writeValueAsBytes(answer), UTF_8);
            assertEquals(whole, new String(answer.written(json, answer.writtenBefore(json)), UTF_8));
        }
    }

    @Test
    void shouldExplainTheMarginToTheUnit() {
        MarginAnswer after = answer("{\"account\": 4, \"changes\": [{\"in\": \"debt\", \"id\": \"BTC\", \"lots\": 3}]}")
                .after();
        long sum = after.terms().stream().mapToLong(Explanation.Term::amount).sum();
        assertEquals(after.asBooked().initialMargin().u(), sum);
    }

    @Test
    void shouldAddUpChangesOfOneEntry() {
        MarginAnswer after = answer("""
                {"account": 4, "changes": [{"in": "collateral", "id": "BTC", "lots": -7}, {"in": "collateral", "id": "BTC", "lots": 3}]}""").after();
        assertEquals(
                List.of(new NamedPortfolio.Line("BTC", 1)), after.portfolio().collateral());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"changes": []}                                                                            | account
                    {"account": 4, "portfolio": {}, "changes": []}                                             | portfolio
                    {"account": 5}                                                                             | account
                    {"account": -1}                                                                            | account
                    {"account": 4, "change": []}                                                               | change
                    {"account": 4, "changes": {}}                                                              | changes
                    {"account": 4, "changes": [7]}                                                             | changes[0]
                    {"account": 4, "changes": [{"id": "BTC-PERP", "lots": 1}]}                                 | changes[0].in
                    {"account": 4, "changes": [{"in": "shorts", "id": "BTC-PERP", "lots": 1}]}                 | changes[0].in
                    {"account": 4, "changes": [{"in": "positions", "id": "DOGE-PERP", "lots": 1}]}             | changes[0].id
                    {"account": 4, "changes": [{"in": "collateral", "id": "BTC-PERP", "lots": 1}]}             | changes[0].id
                    {"account": 4, "changes": [{"in": "positions", "id": "BTC-PERP", "lots": 1.5}]}            | changes[0].lots
                    {"account": 4, "changes": [{"in": "positions", "id": "BTC-PERP", "lots": 2147483648}]}     | changes[0].lots
                    {"account": 4, "changes": [{"in": "positions", "id": "BTC-PERP", "lots": 2147483647}]}     | changes[0].lots
                    {"account": 4, "changes": [{"in": "collateral", "id": "BTC", "lots": -6}]}                 | changes[0].lots
                    {"account": 4, "changes": [{"in": "paid", "id": "BTC-CALL", "lots": -1}]}                  | changes[0].lots
                    {"account": 4, "changes": [{"in": "cash", "amount": 9223372036854775807}]}                 | changes[0].amount
                    {"account": 4, "changes": [{"in": "cash", "lots": 1}]}                                     | changes[0].amount
                    {"account": 4, "changes": [{"in": "paid", "id": "BTC-PERP", "lots": 1}]}                   | paid[0]
                    {"portfolio": {"positions": [{"id": "BTC-PERP", "lots": 0}]}}                              | portfolio.positions[0].lots
                    {"portfolio": {"positions": [{"id": "BTC-PERP", "lots": 1}, {"id": "BTC-PERP", "lots": 2}]}} | portfolio.positions[1].id
                    {"portfolio": {"collateral": [{"id": "BTC", "lots": -1}]}}                                 | portfolio.collateral[0].lots
                    {"portfolio": {"debts": []}}                                                               | portfolio.debts
                    {"portfolio": {"cash": 1e3}}                                                               | portfolio.cash
                    """)
    void shouldNameTheFieldThatItRefuses(String request, String field) {
        BadInput refusal = assertThrows(BadInput.class, () -> answer(request));
        assertEquals(field, refusal.field(), refusal.getMessage());
        assertTrue(refusal.rule().length() > 3 && !refusal.value().isEmpty(), refusal.getMessage());
    }

    @Test
    void shouldRefuseAnAccountBeyondTheGrossLimit() {
        BadInput refusal =
                assertThrows(BadInput.class, () -> answer("{\"portfolio\": {\"cash\": -9223372036854775808}}"));
        assertEquals("TOO_LARGE", refusal.value());
    }

    private static WhatIfAnswer answer(String request) {
        return WhatIfAnswer.of(
                JsonFields.read(request.getBytes(UTF_8)),
                new EpochView(
                        SmallTable.TABLE,
                        number -> number == 4 ? Optional.of(BOOKED) : Optional.empty(),
                        Optional.empty()),
                WhatIfAnswer.Detail.WHERE_ASKED);
    }
}
