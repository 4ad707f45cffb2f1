package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.Figures.BufferFigures;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.advice.OutlookAnswer;
import io.bulwark.api.advice.WhatIfAnswer;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.HeldBuffers;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.contagion.ContagionMap;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.contagion.ContagionProver;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.contagion.ContagionStatement;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A house that publishes a contagion buffer: over the recorded venues every account with a margin has one, its vectors are certified by one application of the map, their
 * digest is sealed, and the epoch is found again from the database alone.
 */
@Drawn(1)
@OfHouse
@OfProof
@Sized
class BufferJourneyTest {
    /** Sizes of the certificate's circuit: four accounts. */
    private static final String SIZES = "1-8-8-64-32-4";

    /** With a commit so many accounts are proved, by night all. */
    private static final int PROVED = Tier.size(1, Integer.MAX_VALUE);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldSealTheBufferAndFindItAgain(@TempDir Path home) throws Exception {
        KeptKeys.bring(home, "account-16");
        ComputedEpoch sealed;
        try (House house = House.open(new Home(home))) {
            sealed = seal(house, 250_000);
            assertNotEquals(Digest.ZERO, sealed.sealed().epoch().buffer());
            assertCertified(sealed.buffer().orElseThrow());
            assertTrue(shown(sealed) >= 2, "some accounts must have a buffer");
            assertTrue(proved(house, sealed) >= Tier.size(1, 2), "some accounts must have a proof");
            assertAdvisedWithTheBuffer(sealed);
            assertPooled(sealed);
            Answer<ContagionProver.Proved> options = house.contagion()
                    .prove(tariff -> ContagionShape.of("2-16-8-64-32-16", tariff), sealed, SetupProgress.SILENT);
            assertEquals(
                    "NO_BUFFER_PROOF_WITH_OPTIONS",
                    assertInstanceOf(Answer.Refused.class, options).refusal().code());
        }
        try (House again = House.open(new Home(home))) {
            Replay replay = again.archive().replay(sealed.number()).orElseThrow();
            assertTrue(replay.equal(), replay.toString());
        }
        String undeclared = Verb.said(0, home, "fund", "undeclared");
        assertEquals(
                sealed.accounts().stream()
                        .filter(line -> line.margin().stated().isPresent())
                        .count(),
                undeclared.lines().filter(line -> line.startsWith("account ")).count(),
                undeclared);
        KeptKeys.keep(home);
    }

    /**
     * The second epoch looks at no stressed ladders any more, but the first did: no time has passed between them, so what was charged then is charged still. Its inputs name
     * the tariff of the first, and both are found again.
     */
    @Test
    void shouldKeepWhatTheEpochBeforeCharged(@TempDir Path home) throws Exception {
        ComputedEpoch first;
        ComputedEpoch second;
        try (House house = House.open(new Home(home))) {
            first = seal(house, 250_000);
            second = seal(house, 0);
        }
        List<ContagionVector> then = tariff(first).charged();
        assertNotEquals(tariff(first).certified(), then, "the stressed ladders must be felt");
        assertEquals(tariff(first).certified(), tariff(second).certified());
        assertEquals(then, tariff(second).charged());
        try (House again = House.open(new Home(home))) {
            for (ComputedEpoch epoch : List.of(first, second)) {
                Replay replay = again.archive().replay(epoch.number()).orElseThrow();
                assertTrue(replay.equal(), replay.toString());
            }
        }
    }

    /** The vectors of the accounts that hold no option, certified in zero knowledge and checked from the file alone. */
    @Test
    void shouldCertifyItsVectorsToWhoeverHasTheFile(@TempDir Path home) throws Exception {
        KeptKeys.bring(home, "contagion");
        try (House house = House.open(new Home(home))) {
            ComputedEpoch sealed = seal(house, 250_000, Set.of("ATLAS", "DRACO", "ERIDANUS"));
            Answer<ContagionProver.Proved> answer =
                    house.contagion().prove(tariff -> ContagionShape.of(SIZES, tariff), sealed, SetupProgress.SILENT);
            ContagionProver.Proved proved = answer.orElseThrow();
            BufferTariff tariff = tariff(sealed);
            for (int s = 0; s < tariff.scenarios().size(); s++) {
                ContagionMap map =
                        new ContagionMap(sealed.buffer().orElseThrow().system(), s);
                assertEquals(
                        map.flows(tariff.certified().get(s)), proved.flows().get(s), "scenario " + s);
            }
            assertTrue(
                    proved.flows().stream().anyMatch(f -> f.amounts().stream().anyMatch(a -> a > 0)),
                    "some account must be sold");
            ProofBundle read = ProofBundle.ofJson(proved.proof().toJson());
            ProverLibrary library = ProverLibrary.load();
            ContagionShape shape = ContagionShape.of(SIZES, tariff).with(Format.AT_VENUES);
            assertEquals(
                    ContagionStatement.of(library, shape, sealed.table(), tariff)
                            .orElseThrow()
                            .over(FieldElement.ofDigest(sealed.sealed().digest())),
                    read.publicInputs());
            VerifyingKey key =
                    VerifyingKey.named(home.resolve("keys"), read.key()).orElseThrow();
            assertInstanceOf(Verifier.Verification.Valid.class, new Verifier(library, key).verify(read));
            System.out.printf(
                    "certificate of %d scenarios: %,d constraints, %,d ms%n",
                    tariff.scenarios().size(),
                    proved.constraints(),
                    proved.took().toMillis());
        }
        KeptKeys.keep(home);
    }

    private static BufferTariff tariff(ComputedEpoch epoch) {
        return epoch.buffer().orElseThrow().buffer().tariff();
    }

    private static void assertCertified(HouseBuffer buffer) {
        BufferTariff tariff = buffer.buffer().tariff();
        for (int s = 0; s < tariff.scenarios().size(); s++) {
            assertTrue(
                    new ContagionMap(buffer.system(), s)
                            .holds(tariff.certified().get(s)),
                    "scenario " + s);
        }
    }

    /** The pool is what the accounts hold: asked and held by the figures that each account is shown. */
    private static void assertPooled(ComputedEpoch epoch) {
        long asked = 0;
        long missing = 0;
        for (AccountLine line : epoch.accounts()) {
            BufferFigures figures =
                    MarginAnswer.of(line, epoch).flatMap(MarginAnswer::buffer).orElse(null);
            if (figures != null) {
                asked += figures.buffer().u();
                missing += Math.min(
                        figures.buffer().u(), Math.max(0, -figures.excess().u()));
            }
        }
        HeldBuffers pool = HeldBuffers.of(epoch).orElseThrow();
        assertEquals(asked, pool.asked());
        assertEquals(missing, pool.missing());
        assertEquals(asked - missing, pool.held());
        assertTrue(asked > 0 && pool.ownSize() > 0);
    }

    /** Outlook and what-if of a booked account start from its sealed buffer; taking out all that IM alone leaves free is a call. */
    private static void assertAdvisedWithTheBuffer(ComputedEpoch epoch) {
        long advised = 0;
        for (AccountLine line : epoch.accounts()) {
            BufferFigures figures = MarginAnswer.of(line, epoch)
                    .flatMap(MarginAnswer::buffer)
                    .filter(held -> held.buffer().u() > 0 && held.excess().u() >= 0)
                    .orElse(null);
            if (figures == null) {
                continue;
            }
            MarginStatement statement = line.margin().stated().orElseThrow();
            assertEquals("open", statement.state().label());
            OutlookAnswer outlook =
                    OutlookAnswer.of(line.lots(), EpochView.of(epoch).about(line.number()));
            assertEquals(Optional.of(figures.buffer()), outlook.buffer());
            assertEquals(figures.excess(), outlook.excessInitial());
            assertEquals(List.of(), outlook.cures());
            WhatIfAnswer nothing = whatIf(epoch, line.number(), 0);
            assertEquals(nothing.before(), nothing.after());
            assertEquals(Optional.of(Money.of(0)), nothing.change().buffer());
            WhatIfAnswer taken =
                    takenToTheMargin(epoch, line.number(), figures.buffer().u());
            assertEquals("call", taken.after().state(), line.name());
            assertTrue(taken.after().buffer().orElseThrow().buffer().u()
                    >= figures.buffer().u());
            advised++;
        }
        assertTrue(advised >= 2, "some accounts must be open with a buffer");
    }

    /** So much cash taken out that E ≥ IM still, by less than the buffer; cash below 0 costs a residual, so it is looked for. */
    private static WhatIfAnswer takenToTheMargin(ComputedEpoch epoch, int account, long buffer) {
        WhatIfAnswer answer = whatIf(epoch, account, 0);
        long taken = 0;
        for (int round = 0; round < 60; round++) {
            long excess = answer.after().asBooked().excessInitial().u();
            if (excess >= 0 && excess < buffer) {
                return answer;
            }
            // What is owed is free money lent, which venues' needs may count once more: half the way is never too far.
            taken += excess / 2;
            answer = whatIf(epoch, account, -taken);
        }
        throw new IllegalStateException("no amount was found for account " + account);
    }

    private static WhatIfAnswer whatIf(ComputedEpoch epoch, int account, long cash) {
        String asked = "{\"account\": " + account + ", \"changes\": [{\"in\": \"cash\", \"amount\": " + cash + "}]}";
        return WhatIfAnswer.of(
                JsonFields.read(asked.getBytes(StandardCharsets.UTF_8)),
                EpochView.of(epoch),
                WhatIfAnswer.Detail.WHERE_ASKED);
    }

    /** How many accounts have a buffer above 0; each is what its parts add up to, and is shown beside the initial margin. */
    private static long shown(ComputedEpoch epoch) {
        long buffered = 0;
        long shortVolatility = 0;
        for (AccountLine line : epoch.accounts()) {
            if (line.margin().stated().isEmpty()) {
                continue;
            }
            MarginStatement statement = line.margin().stated().get();
            BufferFigures figures =
                    MarginAnswer.of(line, epoch).orElseThrow().buffer().orElseThrow();
            assertEquals(
                    Math.ceilDiv(
                            figures.transmittedMicro() + figures.closeOutExcessMicro() + figures.shortVolatilityMicro(),
                            100L),
                    figures.buffer().u());
            assertEquals(
                    statement.equity()
                            - statement.initialMargin()
                            - figures.buffer().u(),
                    figures.excess().u());
            MarginAnswer asked = MarginAnswer.of(line.lots(), EpochView.of(epoch));
            assertEquals(Optional.of(figures), asked.buffer(), line.name());
            System.out.printf(
                    "%-10s IM %,15d u  buffer %,13d u  transmitted %,15d µ$  close-out %,15d µ$  short volatility %,13d µ$%n",
                    line.name(),
                    statement.initialMargin(),
                    figures.buffer().u(),
                    figures.transmittedMicro(),
                    figures.closeOutMicro(),
                    figures.shortVolatilityMicro());
            buffered += figures.buffer().u() > 0 ? 1 : 0;
            shortVolatility += figures.shortVolatilityMicro() > 0 ? 1 : 0;
        }
        assertTrue(shortVolatility > 0, "who is short of options must hold something for their crowd");
        return buffered;
    }

    /**
     * How many accounts the circuit accepts at E − IM − Buffer, the house's own integer, and refuses one unit above; one that holds an option has the named answer. One proof is made,
     * which stands in the books.
     */
    private static long proved(House house, ComputedEpoch epoch) {
        long accepted = 0;
        for (AccountLine line : epoch.accounts()) {
            BufferFigures figures =
                    MarginAnswer.of(line, epoch).flatMap(MarginAnswer::buffer).orElse(null);
            if (figures == null || figures.excess().u() < 0 || accepted == PROVED) {
                continue;
            }
            Proving most = prove(house, epoch, line, figures.excess().u());
            boolean options = line.lots().positions().stream()
                    .anyMatch(entry -> !epoch.table()
                            .instrument(entry.number())
                            .orElseThrow()
                            .vega()
                            .isEmpty());
            if (options) {
                assertTrue(
                        assertInstanceOf(Proving.NoProofInThisShape.class, most)
                                .reason()
                                .contains("options in a claim over the buffer"),
                        line.name());
                continue;
            }
            Proving.Proved made = assertInstanceOf(Proving.Proved.class, most, line.name() + ": " + most);
            System.out.printf(
                    "%-10s E - IM - Buffer >= %,d u: %,d constraints, %,d ms%n",
                    line.name(),
                    figures.excess().u(),
                    made.cost().constraints(),
                    made.cost().proveMillis());
            Proving.Refused one = assertInstanceOf(
                    Proving.Refused.class,
                    prove(house, epoch, line, figures.excess().u() + 1));
            assertEquals("CLAIM_NOT_MET", one.refusal().code(), line.name());
            accepted++;
        }
        return accepted;
    }

    private static Proving prove(House house, ComputedEpoch epoch, AccountLine line, long m) {
        return house.desk()
                .prove(
                        epoch,
                        line.number(),
                        new Claim(Claim.Kind.EXCESS_OVER_BUFFER, Claim.Candidate.GIVEN, m, OptionalLong.empty()),
                        Challenge.of("https://verifier.example", "beneficiary", "nonce " + m),
                        Scope.of("https://verifier.example", "buffer"));
    }

    private static ComputedEpoch seal(House house, long stressWeight) throws IOException, InterruptedException {
        return seal(house, stressWeight, Set.of());
    }

    /** Seals the demonstration's accounts, or those of some names alone, which then get numbers from 0. */
    private static ComputedEpoch seal(House house, long stressWeight, Set<String> only)
            throws IOException, InterruptedException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("buffer.published", 1).put("buffer.stressWeight", stressWeight);
        if (!only.isEmpty()) {
            ArrayNode accounts = file.putArray("accounts");
            for (JsonNode account : JSON.readTree(Demonstration.foundingFile()).get("accounts")) {
                if (only.contains(account.get("name").textValue())) {
                    accounts.add(((ObjectNode) account).put("number", accounts.size()));
                }
            }
        }
        Foundation founded = house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
        return house.cycle().seal(founded);
    }
}
