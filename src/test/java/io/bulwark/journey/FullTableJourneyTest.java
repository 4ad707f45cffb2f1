package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.scenario.AskedMoves;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.Monitoring;
import io.bulwark.house.epoch.Monitoring.MonitoredAccount;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.monitor.Counterfactual;
import io.bulwark.insurance.monitor.Levers;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.NamedScenarios.ExtremeMove;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Prover;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.OfProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demonstration's house with 1,024 rows of expected shortfall: an account's whole margin is proved by seal, then challenge, by the house
 * and by an owner at home; the sealed epoch is found again from the database alone.
 */
@Drawn(2)
@OfHouse
@OfProof
class FullTableJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 1_024;
    private static final int WORLDS = 10_000;

    @Test
    void shouldSealAFullTableAndFindItAgain(@TempDir Path home, @TempDir Path owner) throws Exception {
        KeptKeys.bring(home, "account-16");
        ComputedEpoch sealed;
        int proved;
        try (House house = House.open(new Home(home))) {
            sealed = seal(house);
            shouldHaveEveryPartOfTheFormula(sealed.table());
            assertEquals(32, sealed.vaultTable().rowCount());
            shouldNameTheHistory(house);
            shouldAnswerAsItSealed(house, sealed);
            assertTrue(print(sealed) > 0, "some account must have a margin");
            proved = assertProved(house, sealed);
            Files.write(owner.resolve("table"), sealed.table().encode());
            Files.write(owner.resolve("vault-table"), sealed.vaultTable().encode());
        }
        try (House again = House.open(new Home(home))) {
            Replay replay = again.archive().replay(sealed.number()).orElseThrow();
            assertTrue(replay.equal(), replay.toString());
            assertMonitored(again, sealed.number());
        }
        SealedAtHome.prove(home, owner, proved);
        KeptKeys.keep(home);
    }

    private static ComputedEpoch seal(House house) throws IOException, InterruptedException {
        byte[] misspelt = founding(Map.of("table.desing", 1));
        BadInput refusal = assertThrows(BadInput.class, () -> house.cycle().found(misspelt));
        assertEquals("parameters.table.desing", refusal.field());
        // Rows as the worlds have them: the bound of what a row may move a group by is what the monitor leaves out.
        Foundation founded = house.cycle().found(founding(Map.of("tail.rows", ROWS, "tail.reach", 200_000_000)));
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
        return house.cycle().seal(founded);
    }

    private static void shouldHaveEveryPartOfTheFormula(RiskTable table) {
        assertEquals(ROWS, table.esRowCount());
        List<String> families = table.families().stream().map(Family::name).toList();
        assertEquals(List.of("J", "S", "STAR", "EXT", "HIST", "DEPEG", "ADV"), families);
        assertEquals(128, table.rowCount());
        assertEquals(7, table.combos().size());
        assertEquals(10, table.venueRisk().paths().size());
        assertTrue(table.instruments().stream().allMatch(i -> i.es().stream().anyMatch(loss -> loss < 0)));
    }

    /** A scenario of one's own that is a row of the sealed table costs what the row does, and is as plausible as it was judged. */
    private static void shouldAnswerAsItSealed(House house, ComputedEpoch sealed) {
        Map<Integer, String> members = house.fundBook(sealed.number()).members();
        Calibration calibration = house.archive().calibration(sealed.number()).orElseThrow();
        int compared = 0;
        for (int row = 0; row < sealed.vaultTable().rowCount(); row++) {
            if (sealed.vaultTable().rows().get(row).move() instanceof ScenarioRow.Absolute(int ppm)) {
                TreeMap<String, Integer> moves = new TreeMap<>();
                AskedMoves.groups(sealed).forEach(group -> moves.put(group, ppm));
                assertEquals(
                        Counterfactual.of(FundStress.shocked(sealed, members, row, Ppm.ONE), Levers.none())
                                .row()
                                .members(),
                        Counterfactual.of(
                                        AskedMoves.books(List.of(new AskedMoves(moves, Ppm.ONE)), sealed, members)
                                                .getFirst(),
                                        Levers.none())
                                .row()
                                .members());
                ExtremeMove judged =
                        sealed.market().inputs().scenarios().judgement(ppm).orElseThrow();
                Calibration.Likelihood likelihood = calibration.likelihood(moves);
                assertEquals(judged.distance(), likelihood.distance());
                assertEquals(judged.greatest(), likelihood.greatest());
                assertTrue(likelihood.days() > 365 && likelihood.asFar() < 10, likelihood.toString());
                compared++;
            }
        }
        assertTrue(compared >= 2, "extremes size the fund");
    }

    private static void shouldNameTheHistory(House house) {
        Digest history = Optional.ofNullable(house.epochs()
                        .latest()
                        .orElseThrow()
                        .inputs()
                        .documents()
                        .get("history"))
                .orElseThrow();
        assertTrue(house.document(history).isPresent(), "the history must be kept under " + history);
    }

    /** The accounts with what each component asks; returns how many have a margin. */
    private static long print(ComputedEpoch epoch) {
        System.out.printf(
                "%d rows, %d rows of expected shortfall%n",
                epoch.table().rowCount(), epoch.table().esRowCount());
        for (AccountLine line : epoch.accounts()) {
            line.margin()
                    .stated()
                    .ifPresent(statement -> System.out.printf(
                            "%-10s IM %,15d u  stress %,15d  expected shortfall %,15d  equity %,16d u  %s%n",
                            line.name(),
                            statement.initialMargin(),
                            statement.given().stress(),
                            statement.given().shortfall(),
                            statement.equity(),
                            statement.scenario().text()));
        }
        return epoch.accounts().stream()
                .flatMap(line -> line.margin().stated().stream())
                .filter(statement -> statement.initialMargin() > 0)
                .count();
    }

    /** The whole formula of an account above its initial margin, proved over the sealed table and verified by the bundle alone. */
    private static int assertProved(House house, ComputedEpoch epoch) {
        AccountLine line = epoch.accounts().stream()
                .filter(a -> a.margin()
                        .stated()
                        .filter(statement -> statement.given().excessInitial() >= 0 && statement.initialMargin() > 0)
                        .isPresent())
                .findFirst()
                .orElseThrow();
        Prover prover = house.desk().prover(epoch, line, Claim.Kind.EXCESS_OVER_INITIAL, SetupProgress.SILENT);
        Proving proving = house.desk()
                .prove(
                        epoch,
                        line.number(),
                        Claim.excessOverInitial(0),
                        Challenge.of("https://verifier.example", line.name(), "1"),
                        Scope.of("https://verifier.example", "journey"));
        Proving.Proved proved = assertInstanceOf(Proving.Proved.class, proving, proving.toString());
        assertInstanceOf(Verification.Valid.class, prover.verifier().verify(proved.bundle()));
        System.out.println(line.name() + ": " + proved.cost());
        return line.number();
    }

    /** Over 10,000 plain worlds the shortfall of a book lies where the 1,024 weighted rows, raised by 5 %, say. */
    private static void assertMonitored(House house, long epoch) {
        List<MonitoredAccount> accounts = house.archive()
                .monitor(epoch, new Monitoring(990_000, 1, WORLDS))
                .orElseThrow();
        for (MonitoredAccount account : accounts) {
            long margin = account.line().margin().stated().orElseThrow().given().shortfall();
            long measured = account.measures().expectedShortfall();
            System.out.printf(
                    "%-10s ES99 of %,d worlds %,15d u, of the margin's 1,024 rows %,15d%n",
                    account.line().name(), WORLDS, measured, margin);
            assertTrue(account.measures().valueAtRisk() <= measured);
            assertTrue(
                    margin == 0 || (margin > measured - measured / 5 && margin < measured + measured * 2 / 5),
                    account.line().name());
        }
    }

    /** The demonstration's founding file with governed numbers of its own. */
    private static byte[] founding(Map<String, Integer> parameters) throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        parameters.forEach(((ObjectNode) file.get("parameters"))::put);
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }
}
