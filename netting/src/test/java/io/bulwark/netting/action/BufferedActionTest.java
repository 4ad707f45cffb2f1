package io.bulwark.netting.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.action.Verdict.Rule;
import io.bulwark.netting.buffer.BufferParameters;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.margin.AccountChange;
import io.bulwark.netting.margin.Requirement;
import io.bulwark.netting.margin.Role;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.House;
import io.bulwark.netting.scenario.RiskTableBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The action table of a house with a contagion buffer: {@code IM + Buffer} stands for IM. */
final class BufferedActionTest {
    private static final int ETH_PERPETUAL = 4;
    private static final long LOTS = 8_000_000;

    private final ParameterSet parameters = ParameterSet.founding().with(BufferParameters.PUBLISHED, 1);
    private final RiskTable table = RiskTableBuilder.marginTable(House.LISTING, House.market(), parameters)
            .table();
    private final HouseBook book = HouseBook.of(table, parameters).orElseThrow();

    private static MarginAccount holding(long cash) {
        return new MarginAccount(cash, List.of(new Entry(ETH_PERPETUAL, LOTS)), List.of(), List.of(), List.of());
    }

    private ActionTable rules(MarginAccount account) {
        HouseBuffer buffer = HouseBuffer.of(
                book,
                List.of(book.account("a", Optional.empty(), account, Requirement.of(table, account))),
                Optional.empty());
        return new ActionTable(
                table, TableAge.fresh(parameters), Map.of(), Optional.of(new BufferedAccount(buffer, "a")));
    }

    private long initialMargin() {
        return Requirement.of(table, holding(0)).initialMargin();
    }

    private long buffer(long cash) {
        MarginAccount account = holding(cash);
        return rules(account).buffer().orElseThrow().afterwards(account, Requirement.of(table, account));
    }

    private static Action withdrawal(long cash) {
        return Action.transfer(new AccountChange(-cash, List.of(), List.of(), List.of(), List.of()));
    }

    /** Cash of exactly IM + Buffer cannot be taken out, not one u of it; without the buffer it could. */
    @Test
    void shouldHoldTheBufferInsteadOfTakingItAsAFee() {
        long enough = initialMargin();
        while (enough < initialMargin() + buffer(enough)) {
            enough = initialMargin() + buffer(enough);
        }
        long spare = 1_000_000;
        MarginAccount account = holding(enough + spare);
        assertTrue(buffer(enough) > spare, "the buffer must be felt; is " + buffer(enough));
        Verdict small = rules(account).judge(account, withdrawal(spare / 2));
        assertTrue(small.allowed(), small.reason());
        assertEquals(Rule.OPEN_AFTERWARDS, small.rule());
        Verdict large = rules(account).judge(account, withdrawal(spare + buffer(enough) / 2));
        assertFalse(large.allowed(), large.reason());
        assertTrue(large.reason().contains("E − IM − Buffer"), large.reason());
        ActionTable without = new ActionTable(table, TableAge.fresh(parameters), Map.of());
        assertTrue(
                without.judge(account, withdrawal(spare + buffer(enough) / 2)).allowed());
    }

    /** An account that lacks the buffer may reduce, and IM + Buffer falls with it. */
    @Test
    void shouldLetAnAccountWithoutItsBufferReduce() {
        MarginAccount account = holding(initialMargin() + 1);
        assertTrue(buffer(initialMargin() + 1) > 1);
        long sold = LOTS / 10;
        Action sell = Action.trades(new Fill(Role.POSITION, new Entry(ETH_PERPETUAL, -sold), 0));
        Verdict verdict = rules(account).judge(account, sell);
        assertTrue(verdict.allowed(), verdict.reason());
    }
}
