package io.bulwark.conformance.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.document.Digest;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.JsonDocument;
import io.bulwark.conformance.ReferenceFolder;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.RequestTree;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.proof.Constraints.Solution;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfProof;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The published cases of the margin formula, asked of the circuit: it accepts each case's integer over the published table, and no other,
 * whichever way the table is opened. What a direct opening costs goes with the places of the shape, so a case of few entries is asked in a
 * shape of few, but for every tenth. With a commit a part of the cases is asked, drawn by its hash; by night all of them.
 */
@Drawn(1)
@OfProof
@Sized
final class CircuitCasesTest {
    private static final int ACCOUNT_DEPTH = 10;
    private static final int SAMPLE = 10;

    /** With a commit every so manieth case is opened directly, and of {@link #SAMPLE} one by seal. */
    private static final int DIRECT_PART = 3;

    private static final Challenge CHALLENGE = Challenge.of("https://verifier.example", "cases", "1");
    private static final Scope SCOPE = Scope.of("https://verifier.example", "cases");

    private final ProverLibrary library = ProverLibrary.load();
    private final SecureRandom random = new SecureRandom();

    /** One case: an account of the sealed tree and what the file says of it. */
    private record Case(String id, AccountLeaf leaf, OwnerKey owner, JsonNode expected) {
        long amount(String field) {
            return expected.get(field).longValue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcceptThePublishedIntegersAndNoOther(Opening opening) {
        Path file = ReferenceFolder.file("margin/formula_cases.json");
        JsonNode document = JsonDocument.read(file);
        RiskTable table =
                RiskTableFile.read(file.resolveSibling(document.get("table").textValue()));
        List<ProofShape> shapes = shapes(table, opening);
        Map<ProofShape, List<Case>> cases = new HashMap<>();
        for (JsonNode node : document.get("cases")) {
            if (node.get("kind").textValue().equals("margin")) {
                CaseFields fields = fields(node);
                fitting(cases, node, table, MarginCases.account(table, fields), shapes);
            }
        }
        assertTrue(size(cases) >= 170, "nearly all cases must fit; do " + size(cases));
        for (ProofShape shape : shapes) {
            try (Constraints constraints = Constraints.of(library, shape)) {
                check(table, cases.getOrDefault(shape, List.of()), constraints, opening);
            }
        }
    }

    /**
     * Over venues: the account as it is booked, with a standing of 0 where the case has none and a venue may act.
     * Cases with another share to prefund are over a
     * table of their own, which the same circuit opens.
     */
    @ParameterizedTest
    @EnumSource
    void shouldAcceptThePublishedIntegersOverVenuesAndNoOther(Opening opening) {
        Path file = ReferenceFolder.file("margin/venue_cases.json");
        JsonNode document = JsonDocument.read(file);
        RiskTable published = RiskTableFile.read(file.resolveSibling("venue_table.json"));
        List<ProofShape> shapes = shapes(published, opening);
        Map<Integer, Map<ProofShape, List<Case>>> byShare = new TreeMap<>();
        for (JsonNode node : document.get("cases")) {
            if (node.get("kind").textValue().equals("venue-margin")) {
                CaseFields fields = fields(node);
                int share = fields.has("prefunding")
                        ? fields.int32("prefunding")
                        : published.venueRisk().prefunding();
                MarginAccount booked = booked(published, VenueRiskCases.account(published, fields));
                fitting(byShare.computeIfAbsent(share, ignored -> new HashMap<>()), node, published, booked, shapes);
            }
        }
        int fit = byShare.values().stream().mapToInt(CircuitCasesTest::size).sum();
        assertTrue(fit >= 60, "nearly all cases must fit; do " + fit);
        for (ProofShape shape : shapes) {
            try (Constraints constraints = Constraints.of(library, shape)) {
                byShare.forEach((share, cases) -> check(
                        VenueRiskCases.prefunded(published, share),
                        cases.getOrDefault(shape, List.of()),
                        constraints,
                        opening));
            }
        }
    }

    /** The shape of the published formula, and for a direct opening one of few entries; by night every case is asked in the former. */
    private static List<ProofShape> shapes(RiskTable table, Opening opening) {
        TableStructure structure = TableStructure.of(table);
        ProofShape published = new ProofShape(16, 8, 8, 0, ACCOUNT_DEPTH, opening, structure);
        return opening == Opening.DIRECT && !Tier.isSoak()
                ? List.of(published, new ProofShape(4, 4, 4, 0, ACCOUNT_DEPTH, opening, structure))
                : List.of(published);
    }

    private static int size(Map<ProofShape, List<Case>> cases) {
        return cases.values().stream().mapToInt(List::size).sum();
    }

    private static CaseFields fields(JsonNode node) {
        return CaseFields.of(node.get("id").textValue(), node);
    }

    private static MarginAccount booked(RiskTable table, MarginAccount account) {
        Map<Integer, Standing> standings = new TreeMap<>();
        Stream.concat(account.positions().stream(), account.paid().stream())
                .map(entry -> table.instrument(entry.number()).orElseThrow().venue())
                .forEach(venue -> standings.put(venue, new Standing(venue, 0)));
        Stream.concat(account.collateral().stream(), account.debt().stream())
                .map(entry -> table.asset(entry.number()).orElseThrow().venue())
                .forEach(venue -> standings.put(venue, new Standing(venue, 0)));
        standings.keySet().removeIf(venue -> !table.venueRisk().liquidates(venue));
        account.standings().forEach(standing -> standings.put(standing.venue(), standing));
        return account.with(List.copyOf(standings.values()));
    }

    /** What differs between the openings is how the table is opened, not the formula. */
    private void check(RiskTable table, List<Case> cases, Constraints constraints, Opening opening) {
        if (cases.isEmpty()) {
            return;
        }
        try (RiskTableTree rows = RiskTableTree.open(library, table).orElseThrow();
                AccountTree accounts = AccountTree.open(library, ACCOUNT_DEPTH)) {
            TreeMap<Long, FieldElement> leaves = new TreeMap<>();
            cases.forEach(c -> leaves.put(c.leaf.number(), c.leaf.hash(library).orElseThrow()));
            accounts.update(leaves);
            EpochCommitment epoch = epoch(accounts.root(), rows);
            int part = opening == Opening.DIRECT ? DIRECT_PART : SAMPLE;
            for (int i : Tier.drawn(cases.size(), Math.ceilDiv(cases.size(), part))) {
                Case one = cases.get(i);
                Solution expected = new Solution(one.amount("IM"), one.amount("MM"), one.amount("equity"));
                int most = one.leaf.number() % SAMPLE == 0 ? 1 : 0;
                for (int shift = -most; shift <= most; shift++) {
                    long margin = Math.max(0, expected.initialMargin() + shift);
                    WitnessRequest request = new WitnessRequest(
                            epoch,
                            one.leaf,
                            Optional.of(one.owner),
                            accounts.path(one.leaf.number()),
                            CHALLENGE,
                            SCOPE,
                            Claim.initialMargin(margin));
                    Answer<Solution> answer = constraints.solve(rows, sealed(constraints, rows, request, opening));
                    if (margin == expected.initialMargin()) {
                        assertEquals(new Answer.Given<>(expected), answer, one.id);
                    } else {
                        assertInstanceOf(Answer.Refused.class, answer, one.id + " with IM " + margin);
                    }
                }
            }
        }
    }

    private void fitting(
            Map<ProofShape, List<Case>> cases,
            JsonNode node,
            RiskTable table,
            MarginAccount account,
            List<ProofShape> shapes) {
        String id = node.get("id").textValue();
        if (shapes.getFirst().fit(table, account) instanceof ProofShape.Fit.NoProof none) {
            System.out.println(id + ": " + none.message());
            return;
        }
        OwnerKey owner = OwnerKey.draw(random);
        boolean isMany =
                size(cases) % SAMPLE == 0 || shapes.getLast().fit(table, account) instanceof ProofShape.Fit.NoProof;
        List<Case> ofShape =
                cases.computeIfAbsent(isMany ? shapes.getFirst() : shapes.getLast(), ignored -> new ArrayList<>());
        long number = ofShape.size();
        AccountLeaf leaf = new AccountLeaf(
                Format.of(table), number, owner.commitment(library, number), AccountLeaf.drawSalt(random), account);
        ofShape.add(new Case(id, leaf, owner, node.get("expected")));
    }

    private WitnessRequest sealed(
            Constraints constraints, RiskTableTree rows, WitnessRequest request, Opening opening) {
        if (opening == Opening.DIRECT) {
            return request;
        }
        FieldElement salt = AccountLeaf.drawSalt(random);
        FieldElement commitment = constraints
                .commit(rows, request.leaf(), request.claim().candidate(), salt)
                .orElseThrow();
        try (RequestTree requests = RequestTree.of(library, List.of(commitment), random)) {
            RequestSeal seal = RequestSeal.of(opening, request.epoch().digest(library), requests.root(), rows);
            return request.sealedAs(new SealedRequest(seal, salt, requests.path(0)));
        }
    }

    private static EpochCommitment epoch(FieldElement accounts, RiskTableTree rows) {
        return new EpochCommitment(
                EpochCommitment.house(digest("founding document")),
                1,
                FieldElement.ZERO,
                accounts,
                rows.root(),
                rows.digest(),
                digest("parameters"),
                digest("inputs"),
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
