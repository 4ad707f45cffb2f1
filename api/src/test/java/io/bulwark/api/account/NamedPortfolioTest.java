package io.bulwark.api.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamedPortfolioTest {
    private static final String ALL = """
            {"debt": [{"id": "BTC", "lots": 2}], "collateral": [{"id": "BTC", "lots": 5}],
             "paid": [{"id": "BTC-CALL", "lots": 1}], "positions": [{"lots": -10, "id": "BTC-PERP"}], "cash": -7}""";

    @Test
    void shouldReadEveryListByTheIdsOfTheTable() {
        MarginAccount account = read(ALL);
        assertEquals(-7, account.cash());
        assertEquals(List.of(new Entry(3, -10)), account.positions());
        assertEquals(List.of(new Entry(7, 1)), account.paid());
        assertEquals(List.of(new Entry(2, 5)), account.collateral());
        assertEquals(List.of(new Entry(2, 2)), account.debt());
    }

    @Test
    void shouldWriteWhatItReads() {
        NamedPortfolio written = NamedPortfolio.of(read(ALL), SmallTable.TABLE);
        assertEquals(List.of(new NamedPortfolio.Line("BTC-PERP", -10)), written.positions());
        assertEquals(List.of(new NamedPortfolio.Line("BTC", 2)), written.debt());
        assertEquals(-7, written.cash());
    }

    @Test
    void shouldTakeAnEmptyAccount() {
        assertEquals(MarginAccount.EMPTY, read("{}"));
    }

    @Test
    void shouldNameByItsNumberWhatATableNoLongerLists() {
        MarginAccount old = new MarginAccount(0, List.of(new Entry(99, 1)), List.of(), List.of(), List.of());
        assertEquals(
                "#99",
                NamedPortfolio.of(old, SmallTable.TABLE).positions().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'positions': [{'id': 'ETH-PERP', 'lots': 1}]} | positions[0].id | BTC-PERP, BTC-CALL",
                "{'positions': [{'id': 'BTC', 'lots': 1}]} | positions[0].id | an instrument that the risk table lists",
                "{'collateral': [{'id': 'BTC-PERP', 'lots': 1}]} | collateral[0].id | an asset that the risk table lists",
                "{'positions': [{'id': 'BTC-PERP', 'lots': 0}]} | positions[0].lots | no position",
                "{'paid': [{'id': 'BTC-CALL', 'lots': -1}]} | paid[0].lots | 1",
                "{'debt': [{'id': 'BTC', 'lots': 1}, {'id': 'BTC', 'lots': 2}]} | debt[1].id | at most once",
                "{'positions': [{'id': 'BTC-PERP', 'lots': 1, 'price': 3}]} | price | ",
                "{'position': []} | position | ",
                "{'cash': 1.5} | cash | "
            })
    void shouldRefuseByFieldAndRule(String json, String field, String rule) {
        BadInput refused = assertThrows(BadInput.class, () -> read(json.replace('\'', '"')));
        assertTrue(refused.field().contains(field), refused.toString());
        assertTrue(Optional.ofNullable(rule).map(refused.toString()::contains).orElse(true), refused.toString());
    }

    private static MarginAccount read(String json) {
        return NamedPortfolio.read(JsonFields.read(json.getBytes(UTF_8)), SmallTable.TABLE);
    }
}
