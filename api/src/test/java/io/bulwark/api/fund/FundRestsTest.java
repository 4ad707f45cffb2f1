package io.bulwark.api.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.api.http.OneEpoch;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.ListedVenue.ConnectionMode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochMarket;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.insurance.vault.VaultParameters;
import io.bulwark.netting.comparison.VenueByVenue.EquityByMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fund counts what could be given up: over one account that loses 12 USD a lot, behind connections of one mode and another. */
final class FundRestsTest {
    private static final OneEpoch BOOKS = new OneEpoch();
    private static final ComputedEpoch PLEDGED = BOOKS.latest().orElseThrow();
    private static final FundBook FUND = BOOKS.fund(1);
    private static final long EQUITY =
            line(PLEDGED).margin().stated().orElseThrow().equity();
    private static final ParameterSet LETS = ParameterSet.founding().with(VaultParameters.ADVISORY_RESTS, 1);

    @Test
    void shouldRestNobodyOnTheFundWhereEverythingIsOnlyRead() {
        ComputedEpoch read = epoch(ParameterSet.founding(), Map.of(ConnectionMode.ADVISORY, EQUITY));
        FundAnswer answer = FundAnswer.of(read, FUND);
        assertTrue(
                answer.rests().text().startsWith("Nobody rests on the fund"),
                answer.rests().text());
        assertEquals(List.of(), answer.rests().rests());
        assertEquals(
                List.of("desk", "late"),
                answer.rests().apart().stream().map(FundRests.Member::member).toList());
        assertEquals(0, answer.demanded().u(), "it is not sized for them");
        assertEquals(0, answer.need().u());
        assertEquals(PLEDGED.cover().need(), answer.rests().proved().u(), "the proof is over every account");
        assertTrue(answer.rests().proved().u() > 0);
        for (Contribution contribution : answer.contributions()) {
            assertEquals(0, contribution.target(), "nor do they pay into it: " + contribution);
        }
        FundBoard board = FundBoard.of(read, FUND);
        assertEquals(0, board.now().need().u());
        assertEquals(0, board.now().adequacy().margin());
        assertTrue(
                board.accounts().stream().anyMatch(holder -> holder.equity() == EQUITY),
                "margined and shown as before");
        Disclosures.Line said = Disclosures.of(read, FUND).lines().stream()
                .filter(line -> line.field().equals("4.4"))
                .findFirst()
                .orElseThrow();
        assertEquals(answer.rests().text(), said.value());
    }

    @Test
    void shouldCountNoMarginOfThoseWhomGovernanceLetsRestOnIt() {
        ComputedEpoch let = epoch(LETS, Map.of(ConnectionMode.ADVISORY, EQUITY));
        FundAnswer answer = FundAnswer.of(let, FUND);
        assertTrue(answer.rests().advisoryRests());
        assertTrue(
                answer.rests().text().contains("by governance (vault.advisoryRests) also desk"),
                answer.rests().text());
        assertEquals(0, answer.rests().counted().u());
        long advisory = answer.rests().behind().getFirst().held().u();
        assertEquals(PLEDGED.held(4, line(PLEDGED).margin().stated().orElseThrow()), advisory);
        CounterfactualAnswer now = FundBoard.of(let, FUND).now();
        assertEquals(0, FundAnswer.of(PLEDGED, FUND).layers().coverTwo().u(), "its margin would cover what it loses");
        assertEquals(
                now.accounts().getFirst().direct(),
                answer.layers().coverTwo().u(),
                "all that is lost, not what is beyond a margin that nobody could take");
        assertEquals(0, now.adequacy().margin());
    }

    @Test
    void shouldMoveNobodyByAWordWithNothingBehindIt() {
        for (long behind : new long[] {0, -5}) {
            ComputedEpoch said = epoch(
                    ParameterSet.founding(),
                    Map.of(ConnectionMode.ADVISORY, EQUITY - behind, ConnectionMode.CUSTODIED, behind));
            assertEquals(
                    List.of("desk"),
                    FundAnswer.of(said, FUND).rests().apart().stream()
                            .map(FundRests.Member::member)
                            .filter("desk"::equals)
                            .toList());
        }
        ComputedEpoch little = epoch(
                ParameterSet.founding(), Map.of(ConnectionMode.ADVISORY, EQUITY - 1, ConnectionMode.CUSTODIED, 1L));
        FundRests rests = FundAnswer.of(little, FUND).rests();
        assertEquals(1, rests.counted().u(), "it rests on the fund, which counts that unit alone");
        assertTrue(FundAnswer.of(little, FUND).demanded().u()
                > FundAnswer.of(PLEDGED, FUND).demanded().u());
    }

    @Test
    void shouldChangeNoNumberWhereEverythingIsPledged() {
        FundAnswer answer = FundAnswer.of(PLEDGED, FUND);
        assertTrue(
                answer.rests().text().startsWith("Every account rests on the fund; "),
                answer.rests().text());
        assertEquals(PLEDGED.cover().need(), answer.need().u());
        assertEquals(answer.need(), answer.rests().proved());
        assertEquals(answer.rests().behind().get(1).held(), answer.rests().counted());
        assertEquals(2, answer.rests().rests().size(), "also who has no margin and a pledged connection");
    }

    private static AccountLine line(ComputedEpoch epoch) {
        return epoch.account(4).orElseThrow();
    }

    /** The same epoch where connections have other modes: the listing's only venue has the first that is worth something. */
    private static ComputedEpoch epoch(ParameterSet parameters, Map<ConnectionMode, Long> modes) {
        AccountLine desk = line(PLEDGED);
        AccountLine changed = new AccountLine(
                desk.number(),
                desk.name(),
                desk.venues(),
                desk.lots(),
                desk.origins(),
                desk.standings(),
                new EquityByMode(modes),
                desk.margin(),
                desk.restricted(),
                desk.superseded(),
                desk.leaf());
        return new ComputedEpoch(
                PLEDGED.sealed(),
                PLEDGED.timeMillis(),
                parameters,
                PLEDGED.reports(),
                PLEDGED.table(),
                PLEDGED.leftOut(),
                PLEDGED.vaultTable(),
                List.of(changed, PLEDGED.accounts().getLast()),
                advisory(PLEDGED.market()),
                PLEDGED.cover(),
                PLEDGED.buffer(),
                PLEDGED.margins(),
                PLEDGED.frozen(),
                PLEDGED.calls());
    }

    private static EpochMarket advisory(EpochMarket market) {
        Listing listing = market.listing();
        ListedVenue venue = listing.venues().getFirst();
        return new EpochMarket(
                new Listing(
                        List.of(new ListedVenue(
                                venue.number(), venue.name(), venue.chain(), venue.ageMillisMax(), venue.leastGrade())),
                        listing.groups(),
                        listing.assets(),
                        listing.instruments()),
                market.market(),
                market.parameters(),
                market.inputs());
    }
}
