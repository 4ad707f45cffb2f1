package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.commitment.TariffCommitment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The size of a circuit: what it has room for. Every shape has keys of its own.
 *
 * @param statement what its circuit says
 * @param positions different instruments in positions and paid list together
 * @param lines collateral and debt lines together
 * @param groups groups that the entries name
 * @param venues venues whose attestations the positions are added up from; 0: the circuit asks for none
 * @param accountDepth levels of the account tree
 * @param opening how table rows are opened
 * @param structure the tables that it opens
 * @param standings standings at venues that may act; 0 over tables that list no venues
 * @param tariff the tariffs that it opens; with one its claims are of kinds 5 and 6 and no others
 */
public record ProofShape(
        Statement statement,
        int positions,
        int lines,
        int groups,
        int venues,
        int accountDepth,
        Opening opening,
        TableStructure structure,
        int standings,
        Optional<TariffSize> tariff)
        implements CircuitSize {

    /**
     * What a circuit opens of a published buffer.
     *
     * @param scenarios of the tariff
     * @param groups places for groups
     * @param entries places for entries
     */
    public record TariffSize(int scenarios, int groups, int entries) {
        /** The size of an epoch's tariff. */
        public static TariffSize of(TariffCommitment commitment) {
            return new TariffSize(commitment.scenarios(), commitment.groups(), commitment.entries());
        }

        CanonicalValue encoded() {
            return CanonicalValue.array(
                    CanonicalValue.integer(scenarios), CanonicalValue.integer(groups), CanonicalValue.integer(entries));
        }
    }

    /** What a circuit says of an account. */
    public enum Statement {
        /** A claim of its owner, or its initial margin: kinds 1 to 3; with a tariff kind 5; of both, where the opening is wide, kind 6. */
        CLAIM("account"),
        /** That it is below its maintenance margin in every candidate: kind 4. */
        CALL("call");

        private final String circuit;

        Statement(String circuit) {
            this.circuit = circuit;
        }

        /** The circuit's name in requests, file names and proofs. */
        public String circuit() {
            return circuit;
        }
    }

    /** A shape for claims; over tables that list venues with room for the standings of a house's own, {@value #STANDINGS}. */
    public ProofShape(
            int positions,
            int lines,
            int groups,
            int venues,
            int accountDepth,
            Opening opening,
            TableStructure structure) {
        this(
                Statement.CLAIM,
                positions,
                lines,
                groups,
                venues,
                accountDepth,
                opening,
                structure,
                structure.atVenues() ? STANDINGS : 0,
                Optional.empty());
    }

    /** The shape for claims over initial margin and buffer of the same accounts. */
    public ProofShape with(TariffSize size) {
        return new ProofShape(
                statement,
                positions,
                lines,
                groups,
                venues,
                accountDepth,
                opening,
                structure,
                standings,
                Optional.of(size));
    }

    /**
     * The shape of the call for the same accounts: it opens the table directly and asks for no attestation, so one with many rows of expected
     * shortfall is larger than that of a claim.
     */
    public ProofShape call() {
        return new ProofShape(
                Statement.CALL,
                positions,
                lines,
                groups,
                0,
                accountDepth,
                Opening.DIRECT,
                structure,
                standings,
                Optional.empty());
    }

    /** Most expected-shortfall rows that are opened directly. */
    public static final int DIRECT_ES_ROWS_MAX = 256;

    private static final int POSITIONS = 16;
    private static final int LINES = 8;
    private static final int GROUPS = 8;
    private static final int STANDINGS = 4;
    private static final int ACCOUNT_DEPTH = 10;

    /**
     * A house's shape for the accounts over a table: 16 instruments, 8 lines, 8 groups, 4 standings where the table
     * lists venues, a tree of 2²⁰ accounts; opened directly up to
     * {@link #DIRECT_ES_ROWS_MAX} expected-shortfall rows, else by seal, then challenge.
     */
    public static ProofShape standard(RiskTable table) {
        Opening opening = table.esRowCount() <= DIRECT_ES_ROWS_MAX ? Opening.DIRECT : Opening.CHALLENGE;
        return new ProofShape(POSITIONS, LINES, GROUPS, 0, ACCOUNT_DEPTH, opening, TableStructure.of(table));
    }

    private static final int LARGE_POSITIONS = 24;
    private static final int LARGE_LINES = 24;
    private static final int LARGE_STANDINGS = 8;

    /**
     * The shape of a house's large key, for accounts that {@link #standard} has no room for: 24 instruments, 24 lines (what it has and
     * owes, by asset and place), at venues 8 standings. By seal, then challenge: opened directly so many rows double the domain.
     */
    public static ProofShape large(RiskTable table) {
        TableStructure structure = TableStructure.of(table);
        return new ProofShape(
                Statement.CLAIM,
                LARGE_POSITIONS,
                LARGE_LINES,
                GROUPS,
                0,
                ACCOUNT_DEPTH,
                Opening.CHALLENGE,
                structure,
                structure.atVenues() ? LARGE_STANDINGS : 0,
                Optional.empty());
    }

    /** The shape that an account over a table is proved in: the house's, or the large one where only that has room. */
    public static ProofShape of(RiskTable table, MarginAccount account) {
        ProofShape standard = standard(table);
        if (standard.fit(table, account) instanceof Fit.TooLarge) {
            ProofShape large = large(table);
            return large.fit(table, account) instanceof Fit.Fits ? large : standard;
        }
        return standard;
    }

    private static final int SMALL_GROUPS = 4;
    private static final int SHALLOW_POSITIONS = 13;

    /**
     * The shape of a house's small key, a fifth fewer constraints: for accounts whose entries name at most 4 groups and whose gross is below 2⁴⁷ u. It is there for tables
     * that are opened by seal, then challenge. Over one that lists venues in a tree of depth 4 it has room for 13 instruments, the
     * most of a domain of 2¹⁶. A proof shows which key it was made with, and so that its account is a small one.
     */
    public static Optional<ProofShape> small(RiskTable table) {
        return Optional.of(standard(table))
                .filter(shape -> shape.opening.sealed())
                .map(shape -> new ProofShape(
                        smallPositions(shape.structure),
                        LINES,
                        SMALL_GROUPS,
                        0,
                        ACCOUNT_DEPTH,
                        Opening.COMPACT,
                        shape.structure));
    }

    private static int smallPositions(TableStructure structure) {
        return structure.atVenues() && structure.shallow() ? SHALLOW_POSITIONS : POSITIONS;
    }

    private static final int SIZE_MAX = 4096;
    private static final int LABEL_DIGITS = 8;

    /** Whether an account has room. */
    public sealed interface Fit {
        /** It has. */
        record Fits() implements Fit {}

        /** It has none: no proof in this shape; the account has a margin all the same. */
        sealed interface NoProof extends Fit {
            /** The answer in words. */
            String message();
        }

        /**
         * More than the shape has room for.
         *
         * @param what what the account or table has too much of
         * @param have how many
         * @param most how many the shape has room for
         */
        record TooLarge(String what, long have, long most) implements NoProof {
            @Override
            public String message() {
                return "no proof in this shape: " + have + " " + what + ", room for " + most;
            }
        }

        /**
         * Lots at a venue that may act on its own, at which the account has no standing: the margin counts it as 0, a
         * proof asks that the booked account says so.
         *
         * @param venue id of the venue
         */
        record WithoutStanding(String venue) implements NoProof {
            @Override
            public String message() {
                return "no proof: the account has lots at " + venue + ", and no standing there";
            }
        }
    }

    /** Refuses sizes that no circuit has. */
    public ProofShape {
        if (structure.atVenues() != (standings > 0) || standings < 0 || standings > SIZE_MAX) {
            throw new IllegalArgumentException("standings of a shape must be in 1.." + SIZE_MAX
                    + " over tables that list venues, else 0; have " + standings);
        }
        if (venues < 0 || venues > SIZE_MAX) {
            throw new IllegalArgumentException("venues of a shape must be in 0.." + SIZE_MAX + "; have " + venues);
        }
        IntStream.of(positions, lines, groups, accountDepth)
                .filter(size -> size < 1 || size > SIZE_MAX)
                .findFirst()
                .ifPresent(size -> {
                    throw new IllegalArgumentException("sizes of a shape must be in 1.." + SIZE_MAX + "; have " + size);
                });
    }

    /** Whether an account over a table has room; entries that the table does not list are the margin's to refuse. */
    public Fit fit(RiskTable table, MarginAccount account) {
        return Stream.of(
                        room("different instruments", instruments(account), positions),
                        room(
                                "collateral and debt lines",
                                account.collateral().size() + account.debt().size(),
                                lines),
                        room("groups", groups(table, account), groups),
                        room("standings at venues", account.standings().size(), standings),
                        room(
                                "options in a claim over the buffer",
                                options(table, account),
                                tariff.isPresent() ? 0 : positions),
                        room("scenario rows", table.rowCount(), structure.rows()),
                        room("expected-shortfall rows", table.esRowCount(), structure.esRows()),
                        room("u gross", GrossBound.of(table, account), opening.grossMax()),
                        standing(table, account))
                .filter(Fit.NoProof.class::isInstance)
                .findFirst()
                .orElseGet(Fit.Fits::new);
    }

    /** Paid lots too: in the candidate that returns them they are margined. */
    private static Fit standing(RiskTable table, MarginAccount account) {
        IntStream ofInstruments = numbers(account.positions(), account.paid())
                .flatMap(number -> table.instrument(number).stream().mapToInt(InstrumentRisk::venue));
        IntStream ofAssets = numbers(account.collateral(), account.debt())
                .flatMap(number -> table.asset(number).stream().mapToInt(AssetRisk::venue));
        Set<Integer> known = account.standings().stream().map(Standing::venue).collect(Collectors.toSet());
        return IntStream.concat(ofInstruments, ofAssets)
                .filter(venue -> table.venueRisk().liquidates(venue) && !known.contains(venue))
                .sorted()
                .mapToObj(venue -> (Fit) new Fit.WithoutStanding(
                        table.venueRisk().venues().get(venue).id()))
                .findFirst()
                .orElseGet(Fit.Fits::new);
    }

    private static Fit room(String what, long have, long most) {
        return have <= most ? new Fit.Fits() : new Fit.TooLarge(what, have, most);
    }

    private static int instruments(MarginAccount account) {
        return (int) numbers(account.positions(), account.paid()).distinct().count();
    }

    /** Options among margined lots: a claim over the buffer has no room for any. */
    private static int options(RiskTable table, MarginAccount account) {
        return (int) numbers(account.positions(), List.of())
                .filter(number -> table.instrument(number)
                        .filter(instrument -> !instrument.vega().isEmpty())
                        .isPresent())
                .count();
    }

    /** Groups that margined lots name; paid lots are in none unless a claim returns them, which the library then checks. */
    private static int groups(RiskTable table, MarginAccount account) {
        Stream<Integer> ofInstruments = numbers(account.positions(), List.of())
                .mapToObj(table::instrument)
                .flatMap(instrument -> instrument.stream().flatMap(ProofShape::groupsOf));
        Stream<Integer> ofAssets = numbers(account.collateral(), account.debt())
                .mapToObj(table::asset)
                .flatMap(asset -> asset.stream().flatMap(ProofShape::groupsOf));
        return Stream.concat(ofInstruments, ofAssets)
                .collect(Collectors.toSet())
                .size();
    }

    private static IntStream numbers(List<Entry> first, List<Entry> second) {
        return Stream.concat(first.stream(), second.stream()).mapToInt(Entry::number);
    }

    private static Stream<Integer> groupsOf(InstrumentRisk instrument) {
        Stream<Sensitivity> legs = Stream.concat(instrument.delta().stream(), instrument.vega().stream());
        return Stream.concat(Stream.of(instrument.group()), legs.map(Sensitivity::group));
    }

    private static Stream<Integer> groupsOf(AssetRisk asset) {
        return Stream.concat(Stream.of(asset.group()), asset.delta().stream().map(Sensitivity::group));
    }

    @Override
    public String circuit() {
        return statement.circuit;
    }

    @Override
    public CanonicalValue encoded() {
        List<CanonicalValue> sizes = List.of(
                CanonicalValue.integer(positions),
                CanonicalValue.integer(lines),
                CanonicalValue.integer(groups),
                CanonicalValue.integer(venues),
                CanonicalValue.integer(accountDepth),
                CanonicalValue.text(opening.label()),
                structure.encoded());
        Stream<CanonicalValue> atVenues = standings == 0
                ? tariff.stream().map(TariffSize::encoded)
                : Stream.of(
                        tariff.map(TariffSize::encoded).orElseGet(CanonicalValue::array),
                        CanonicalValue.integer(standings));
        return CanonicalValue.array(Stream.concat(sizes.stream(), atVenues).toList());
    }

    /** Sizes and the begin of the shape's digest, for file names: 16-8-8-0-54-1-10-direct-0123abcd. */
    @Override
    public String label() {
        return IntStream.of(positions, lines, groups, venues, structure.rows(), structure.esRows(), accountDepth)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("-"))
                + "-" + opening.label() + "-"
                + Digest.sha256(encoded().encode()).hex().substring(0, LABEL_DIGITS);
    }
}
