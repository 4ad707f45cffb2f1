package io.bulwark.bench;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.TreeHandle;
import io.bulwark.prover.commitment.AccountLeaf;
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
import io.bulwark.prover.commitment.TreePath;
import io.bulwark.prover.commitment.VenueAttestation;
import io.bulwark.prover.proof.Constraints;
import io.bulwark.prover.witness.WitnessRequest.AttestedPositions;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.SealedRequest;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One sealed account that fills every slot of the full shape, over a seeded table of the published structure: J 53 rows, S, STAR, EXT, HIST,
 * DEPEG and ADV, every charge. What a proof costs depends on the circuit's shape alone, so that one account measures all.
 */
final class ProofHouse {
    /** Levels of the tree of venue attestations. */
    private static final int VENUE_DEPTH = 10;

    private static final long SEED = 20_240_523;
    private static final long ACCOUNT = 4_711;
    private static final int ONE = 1_000_000;
    private static final int ROWS = 120;
    private static final int JOINT = 53;
    private static final int CROSS = 53;
    private static final int STAR = 54;
    private static final int EXTREME = 78;
    private static final int GROUPS = 8;
    private static final int SMALL_GROUPS = 4;
    private static final int INSTRUMENTS = 16;
    private static final int ASSETS = 8;
    private static final int ENTRY_MAX = 1_000_000;
    private static final int ES_RUNS = 16;

    private ProofHouse() {}

    /** Groups that the entries of an account in the shape of an opening name. */
    static int groups(Opening opening) {
        return opening == Opening.COMPACT ? SMALL_GROUPS : GROUPS;
    }

    /** The shape of an opening: the full one, or that of the small key. */
    static ProofShape shape(RiskTable table, int venues, Opening opening) {
        return new ProofShape(
                INSTRUMENTS, ASSETS, groups(opening), venues, AccountTree.DEPTH, opening, TableStructure.of(table));
    }

    static RiskTable table(int esRows) {
        return table(esRows, GROUPS);
    }

    /** The same where entries name the first groups alone. */
    static RiskTable table(int esRows, int groups) {
        Random random = new Random(SEED);
        return new RiskTable(
                CanonicalValue.array(),
                IntStream.range(0, ROWS)
                        .mapToObj(r -> ScenarioRow.grid(r, BigDecimal.ZERO))
                        .toList(),
                families(),
                combos(),
                List.of(),
                IntColumn.zeros(esRows),
                esWeights(esRows),
                IntStream.range(0, GROUPS)
                        .mapToObj(g -> new Group(g, "G" + g, Optional.of(charges())))
                        .toList(),
                IntStream.range(0, INSTRUMENTS)
                        .mapToObj(number -> instrument(number, number % groups, esRows, random))
                        .toList(),
                IntStream.range(0, ASSETS)
                        .mapToObj(number -> asset(number, number % groups, esRows, random))
                        .toList(),
                new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE),
                VenueRisk.NONE);
    }

    /** STAR: the five price points, each with its shifted cells and the three rows of J there. */
    private static List<Family> families() {
        int[] shifted = {3, 6, 6, 6, 3};
        List<IntColumn> star = new ArrayList<>();
        int next = STAR;
        for (int point = 0; point < shifted.length; point++) {
            int first = next;
            int joint = 6 * point;
            star.add(IntColumn.of(
                    IntStream.concat(IntStream.range(first, first + shifted[point]), IntStream.range(joint, joint + 3))
                            .toArray()));
            next += shifted[point];
        }
        return List.of(
                single("J", 0, JOINT),
                new Family(
                        "S",
                        List.of(IntColumn.of(IntStream.rangeClosed(0, CROSS).toArray()))),
                new Family("STAR", star),
                single("EXT", EXTREME, 84),
                single("HIST", 84, 98),
                single("DEPEG", 98, 106),
                single("ADV", 106, ROWS));
    }

    private static Family single(String name, int from, int to) {
        return new Family(
                name, IntStream.range(from, to).mapToObj(IntColumn::of).toList());
    }

    private static List<Combo> combos() {
        return List.of(
                new Combo("joint", IntColumn.of(ONE, 0, 0, 0, 0, 0, 0)),
                new Combo("breakdown", IntColumn.of(800_000, 200_000, 0, 0, 0, 0, 0)),
                new Combo("star", IntColumn.of(0, 0, ONE, 0, 0, 0, 0)),
                new Combo("extended", IntColumn.of(0, 0, 0, ONE, 0, 0, 0)),
                new Combo("historical", IntColumn.of(0, 0, 0, 0, ONE, 0, 0)),
                new Combo("depeg", IntColumn.of(0, 0, 0, 0, 0, ONE, 0)),
                new Combo("adversarial", IntColumn.of(0, 0, 0, 0, 0, 0, ONE)));
    }

    private static GroupCharges charges() {
        return new GroupCharges(
                new SizeCharge(1_500, 1_800, List.of(new Knot(3_000_000, 20), new Knot(40_000_000, 25))),
                new SizeCharge(700, 900, List.of(new Knot(5_000_000, 13))),
                new GroupCharges.Crowding(2_000_000, List.of(new Knot(1_000, 30_000))),
                new GroupCharges.Skew(2, 1, 250_000),
                List.of(new GroupCharges.Basis(7, 2_000), new GroupCharges.Basis(30, 4_100)));
    }

    private static IntColumn column(int length, Random random) {
        return IntColumn.of(random.ints(length, -ENTRY_MAX, ENTRY_MAX).toArray());
    }

    /** Sixteen runs of as nearly one weight as adds up to one. */
    private static IntColumn esWeights(int esRows) {
        int length = esRows / ES_RUNS;
        int together = ONE / length;
        return IntColumn.of(IntStream.range(0, esRows)
                .map(row -> together / ES_RUNS + (row / length < together % ES_RUNS ? 1 : 0))
                .toArray());
    }

    private static InstrumentRisk instrument(int number, int group, int esRows, Random random) {
        return new InstrumentRisk(
                        number,
                        "I" + number,
                        group,
                        number % 2 == 1,
                        OptionalInt.of(7 + number),
                        number % 2 == 1 ? ENTRY_MAX : 0,
                        column(ROWS, random),
                        Optional.empty(),
                        column(esRows, random),
                        List.of(new Sensitivity(group, ENTRY_MAX / 2)),
                        List.of(new Sensitivity(group, ENTRY_MAX / 10)),
                        900,
                        new CrowdSlopes(20, 30),
                        List.of(new Knot(900, 4)),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    private static AssetRisk asset(int number, int group, int esRows, Random random) {
        return new AssetRisk(
                        number,
                        "A" + number,
                        group,
                        "major",
                        false,
                        ENTRY_MAX,
                        110_000,
                        20_000,
                        0,
                        890_000,
                        column(ROWS, random),
                        column(esRows, random),
                        1_020_000,
                        column(ROWS, random),
                        column(esRows, random),
                        List.of(new Sensitivity(group, ENTRY_MAX)),
                        new CrowdSlopes(25, 35),
                        List.of(new Knot(700, 1)),
                        0,
                        AssetRisk.AtVenue.NONE)
                .bounded();
    }

    /** An entry in every slot. */
    static MarginAccount account() {
        return new MarginAccount(
                50_000_000,
                positions(0, INSTRUMENTS),
                List.of(new Entry(1, 3)),
                IntStream.range(0, ASSETS / 2)
                        .mapToObj(number -> new Entry(number, 700 + number))
                        .toList(),
                IntStream.range(ASSETS / 2, ASSETS)
                        .mapToObj(number -> new Entry(number, 50 + number))
                        .toList());
    }

    private static List<Entry> positions(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> new Entry(number, number % 3 == 0 ? -40 - number : 12 + number))
                .toList();
    }

    /** The claim that the account's initial margin is what the evaluator says, with all that the shape asks for. */
    static WitnessRequest request(
            ProverLibrary library, RiskTableTree table, ProofShape shape, Constraints constraints) {
        SecureRandom random = new SecureRandom();
        OwnerKey owner = OwnerKey.draw(random);
        AccountLeaf leaf = new AccountLeaf(
                AccountLeaf.Format.of(table.table()),
                ACCOUNT,
                owner.commitment(library, ACCOUNT),
                AccountLeaf.drawSalt(random),
                account());
        List<VenueAttestation> attestations = attestations(shape.venues(), random);
        try (AccountTree tree = AccountTree.open(library);
                TreeHandle venues = library.openTree(VENUE_DEPTH)) {
            tree.update(new TreeMap<>(Map.of(ACCOUNT, leaf.hash(library).orElseThrow())));
            TreeMap<Long, FieldElement> attested = new TreeMap<>();
            attestations.forEach(
                    a -> attested.put((long) a.venue(), a.hash(library).orElseThrow()));
            venues.update(attested);
            long margin = MarginStatement.of(table.table(), account()).initialMargin();
            FieldElement venueRoot = attestations.isEmpty() ? FieldElement.ZERO : venues.root();
            WitnessRequest request = new WitnessRequest(
                            epoch(tree.root(), table, venueRoot),
                            leaf,
                            Optional.of(owner),
                            tree.path(ACCOUNT),
                            Challenge.of("https://verifier.example", "measurement", "1"),
                            Scope.of("https://verifier.example", "measurement"),
                            Claim.initialMargin(margin))
                    .attestedBy(attestations.stream()
                            .map(a -> new AttestedPositions(a, new TreePath(a.venue(), venues.path(a.venue()))))
                            .toList());
            return shape.opening() == Opening.DIRECT
                    ? request
                    : sealed(library, shape.opening(), table, constraints, request, random);
        }
    }

    /** The positions, spread over the venues. */
    private static List<VenueAttestation> attestations(int venues, SecureRandom random) {
        return IntStream.range(0, venues)
                .mapToObj(venue -> new VenueAttestation(
                        venue,
                        ACCOUNT,
                        AccountLeaf.drawSalt(random),
                        positions(venue * INSTRUMENTS / venues, (venue + 1) * INSTRUMENTS / venues)))
                .toList();
    }

    private static WitnessRequest sealed(
            ProverLibrary library,
            Opening opening,
            RiskTableTree table,
            Constraints constraints,
            WitnessRequest request,
            SecureRandom random) {
        FieldElement salt = AccountLeaf.drawSalt(random);
        FieldElement commitment = constraints
                .commit(table, request.leaf(), request.claim().candidate(), salt)
                .orElseThrow();
        try (RequestTree requests = RequestTree.of(library, List.of(commitment), random)) {
            RequestSeal seal = RequestSeal.of(opening, request.epoch().digest(library), requests.root(), table);
            return request.sealedAs(new SealedRequest(seal, salt, requests.path(0)));
        }
    }

    private static EpochCommitment epoch(FieldElement accounts, RiskTableTree table, FieldElement venueRoot) {
        return new EpochCommitment(
                EpochCommitment.house(digest("founding document")),
                1,
                FieldElement.ZERO,
                accounts,
                table.root(),
                table.digest(),
                digest("parameters"),
                digest("inputs"),
                venueRoot,
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO);
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
