package io.bulwark.netting.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.netting.comparison.MethodComparison.Method;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each method on positions that can be added up by hand: BTC 68 777.9, ETH 3 784.8 (perpetual 3 785.25). */
final class MethodComparisonTest {
    private static final int BTC_CALL = 1;
    private static final int ETH_PERPETUAL = 4;

    private final Market market = House.market();
    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, market, ParameterSet.founding())
            .table();
    private final Map<Integer, ContractTerms> terms = terms();

    @Test
    void shouldAddUpALongPerpetual() {
        MethodComparison comparison = compare(new Entry(ETH_PERPETUAL, 1_000));
        assertEquals(37_852_500, comparison.notional());
        assertEquals(OptionalLong.of(3_785_250), amount(comparison, Method.CROSS));
        assertEquals(OptionalLong.of(5_677_875), amount(comparison, Method.STATIC));
        assertEquals(OptionalLong.of(7_570_000), amount(comparison, Method.STRESS));
        assertEquals(OptionalLong.of(7_699_419), amount(comparison, Method.PORTFOLIO));
        assertEquals(amount(comparison, Method.PORTFOLIO), amount(comparison, Method.ISOLATED));
        assertEquals(OptionalLong.empty(), amount(comparison, Method.VALUE_AT_RISK));
    }

    @Test
    void shouldAskOnlyThePremiumOfABoughtOptionByItself() {
        long premium = table.instrument(BTC_CALL).orElseThrow().value();
        MethodComparison comparison = compare(new Entry(BTC_CALL, 5));
        assertEquals(OptionalLong.of(5 * premium), amount(comparison, Method.ISOLATED));
        // At 61 900 the 68 000 call is worth nothing: the whole premium is lost.
        assertEquals(OptionalLong.of(5 * premium), amount(comparison, Method.CROSS));
    }

    @Test
    void shouldSettleASoldOptionAtWhatItPays() {
        long premium = table.instrument(BTC_CALL).orElseThrow().value();
        // At 75 655.69 the 68 000 call pays 7 655.69 USD, a lot of 0.1 of it 7 655 690 u less the premium.
        MethodComparison comparison = compare(new Entry(BTC_CALL, -2));
        assertEquals(OptionalLong.of(2 * (7_655_690 - premium)), amount(comparison, Method.CROSS));
        assertTrue(amount(comparison, Method.ISOLATED).orElseThrow() > 0);
    }

    @Test
    void shouldNotSayWhatItDoesNotKnow() {
        MarginAccount account = new MarginAccount(0, List.of(new Entry(BTC_CALL, 1)), List.of(), List.of(), List.of());
        assertThrows(
                IllegalArgumentException.class, () -> MethodComparison.of(table, account, Map.of(), 150_000, 100_000));
    }

    private MethodComparison compare(Entry... positions) {
        MarginAccount account = new MarginAccount(77, List.of(positions), List.of(), List.of(), List.of());
        return MethodComparison.of(table, account, terms, 150_000, 100_000);
    }

    private Map<Integer, ContractTerms> terms() {
        Map<Integer, ContractTerms> known = new TreeMap<>();
        for (ListedInstrument listed : House.LISTING.instruments()) {
            ContractTerms.of(listed, market).ifPresent(t -> known.put(listed.number(), t));
        }
        return known;
    }

    private static OptionalLong amount(MethodComparison comparison, Method method) {
        return comparison.lines().stream()
                .filter(line -> line.method() == method)
                .findFirst()
                .orElseThrow()
                .amount();
    }
}
