package io.bulwark.api.fund;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.door.JsonFields;
import io.bulwark.api.http.OneEpoch;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.monitor.Concentration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of the fund adds up, over one account of 10 lots that loses 12 USD a lot and 5 lots of collateral. */
final class FundAnswersTest {
    private static final OneEpoch BOOKS = new OneEpoch();
    private static final ComputedEpoch EPOCH = BOOKS.latest().orElseThrow();
    private static final FundBook FUND = BOOKS.fund(1);

    @Test
    void shouldAddUpWhatStandsInTheFund() {
        FundBoard board = FundBoard.of(EPOCH, FUND);
        assertEquals(2_000_000, board.fund().u(), "1,500,000 of members and 500,000 of the house");
        assertEquals(FUND.callable(EPOCH), board.callable().u());
        assertEquals(
                board.now().need().u(),
                board.now().members().stream()
                        .limit(2)
                        .mapToLong(m -> m.beyondMargin())
                        .sum());
        assertEquals(List.of(), board.headroom(), "no buffer is published");
        assertTrue(board.certificate().isEmpty());
    }

    @Test
    void shouldConcentrateEverythingOnTheOnlyMember() {
        for (Concentration shown : FUND.concentration(EPOCH)) {
            assertEquals(shown.total() == 0 ? 0 : 1_000_000, shown.topFivePpm(), shown.what());
            assertEquals(shown.topFivePpm(), shown.topTenPpm(), shown.what());
        }
        assertEquals(
                EPOCH.account(4).orElseThrow().margin().stated().orElseThrow().initialMargin(),
                FUND.concentration(EPOCH).getFirst().total());
    }

    @Test
    void shouldShowEveryAccountWithItsMember() {
        List<FundBoard.Holder> holders = FundBoard.of(EPOCH, FUND).accounts();
        assertEquals(
                List.of("desk", "late"),
                holders.stream().map(FundBoard.Holder::member).toList());
        assertEquals(1_500_000, holders.getFirst().contribution());
        assertTrue(holders.getLast().stale(), "an account without a margin is not seen");
        assertEquals(List.of(9), FundBoard.of(EPOCH, FUND).venues().getFirst().unseen());
    }

    @Test
    void shouldPriceBothSidesAndTheDearestFirst() {
        FundPrice price = FundPrice.of(EPOCH, FUND);
        assertEquals(10_000_000_000L, price.size(), "a million USD");
        assertEquals(
                FundAnswer.of(EPOCH, FUND).demanded(), price.demanded(), "one size of the fund, wherever it is shown");
        for (int i = 1; i < price.lines().size(); i++) {
            assertTrue(
                    price.lines().get(i - 1).demanded() >= price.lines().get(i).demanded());
        }
        assertTrue(price.lines().stream()
                .allMatch(line -> line.account() == 4 && line.instrument().equals("BTC-PERP")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'row': -1} | row",
                "{'row': 1000} | row",
                "{'scalePpm': 5000001} | scalePpm",
                "{'thresholdPpm': 499999} | thresholdPpm",
                "{'batches': 0} | batches",
                "{'batches': 101} | batches",
                "{'topUpPpm': 2000001} | topUpPpm",
                "{'pausedVenue': 'elsewhere'} | pausedVenue",
                "{'levers': 1} | levers",
                "{'moves': {'XRP': 1}} | moves.XRP",
                "{'moves': {'BTC': -950001}} | moves.BTC",
                "{'moves': {'BTC': 0.5}} | moves.BTC",
                "{'moves': {}, 'row': 0} | moves",
                "{'moves': {}, 'volatilityPpm': 1000001} | volatilityPpm",
                "{'volatilityPpm': 1} | volatilityPpm",
                "{'grid': {'across': 'BTC'}} | grid.down",
                "{'moves': {}, 'grid': {'across': 'XRP'}} | grid.across",
                "{'moves': {}, 'grid': {'across': 'BTC', 'down': 'BTC', 'leastPpm': 0, 'mostPpm': 1, 'steps': 2}} | grid.down"
            })
    void shouldRefuseALeverOutOfItsRange(String json, String field) {
        BadInput refused = assertThrows(BadInput.class, () -> counterfactual(json));
        assertEquals(field, refused.field());
    }

    @Test
    void shouldDoNothingWhereNothingIsPulled() {
        CounterfactualAnswer nothing = counterfactual("{}");
        assertEquals(FundLevers.none(EPOCH, FUND), nothing.asked());
        assertEquals(FundBoard.of(EPOCH, FUND).now().need(), nothing.need());
        assertEquals(
                nothing.need().u(),
                nothing.causes().stream().mapToLong(c -> c.amount()).sum());
    }

    private static CounterfactualAnswer counterfactual(String json) {
        return CounterfactualAnswer.of(JsonFields.read(json.replace('\'', '"').getBytes(UTF_8)), EPOCH, FUND);
    }
}
