package io.bulwark.api.verification;

import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.TableFile;
import io.bulwark.api.holding.HoldStep;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.buffer.BufferTariff;
import io.bulwark.netting.contagion.ContagionVector;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.contagion.ContagionShape;
import io.bulwark.prover.contagion.ContagionStatement;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.Judgement.Outcome;
import io.bulwark.prover.proof.Judgement.Pin;
import io.bulwark.prover.proof.Judgement.State;
import io.bulwark.prover.proof.VerifyingKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a verifier holds beside a statement over a whole house, a fund or contagion vectors: the tables that it is about, and what stands behind the margins. */
final class HouseTerms {
    private static final long TARIFF_BYTES_MAX = 1 << 20;
    private static final long ACCOUNTS_MAX = (1L << 32) - 1;
    private static final int FUND = 19;
    private static final int CONTAGION = 20;

    @Option(
            names = "--vault-table",
            paramLabel = "FILE",
            description =
                    "The table that sizes the fund, FILE.table of 'fund prove': its root must be the one that the fund's epoch seals.")
    private @Nullable Path vaultTable;

    @Option(
            names = "--holdings",
            paramLabel = "LIST",
            description = {
                "What the house holds for the fund, as 'bulwark proof hold fund' wrote it: every piece is looked at, and cash of the listed grade with control must come",
                "to what the proof says of the fund. Needs --house-file."
            })
    private @Nullable Path holdings;

    @Option(
            names = "--tariff",
            paramLabel = "FILE",
            description = {
                "The tariff that contagion vectors are of, FILE.tariff of 'bulwark proof prove contagion', beside --table: what follows from both is computed anew and",
                "must be what the proof speaks of."
            })
    private @Nullable Path tariff;

    @Option(
            names = "--margins",
            paramLabel = "signed",
            description =
                    "Takes the signers' replay for what stands behind the margins of fund and contagion, where they are not proved.")
    private @Nullable String margins;

    @Option(
            names = "--margin-proofs",
            paramLabel = "FILE",
            description =
                    "Proofs of the epoch's margins, as 'bulwark proof prove account --margins' writes them: checked first, and counted where they are trusted. Needs --accounts.")
    private @Nullable Path marginProofs;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description =
                    "How many accounts the epoch has, as a book of it proves: no proof of margins says how many there are without one.")
    private @Nullable Long accounts;

    /**
     * What came of it.
     *
     * @param refusal why the whole is refused: something that was given does not hold, or differs
     * @param lines what to say beside the judgement
     */
    record Told(Optional<String> refusal, List<String> lines) {}

    /** Whether the published table is of use. */
    boolean takeTable() {
        return tariff != null || marginProofs != null;
    }

    /** How many accounts the epoch has; empty where nobody said. */
    Optional<Long> accounts() {
        if (accounts != null && (accounts < 1 || accounts > ACCOUNTS_MAX)) {
            throw new BadInput("--accounts", accounts.toString(), "must be from 1 to " + ACCOUNTS_MAX);
        }
        return Optional.ofNullable(accounts);
    }

    /** Says that the signers' replay is enough, where it is. */
    void tellSigned(Expectation expected) {
        if (margins == null) {
            return;
        }
        if (!margins.equals("signed")) {
            throw new BadInput("--margins", margins, "must be signed");
        }
        expected.signedMargins();
    }

    /** Refuses what nothing in such a file is compared with. */
    void refuseAllBut(String what, boolean accountsAreCompared) {
        refuse("--vault-table", vaultTable, what);
        refuse("--holdings", holdings, what);
        refuse("--tariff", tariff, what);
        refuse("--margins", margins, what);
        refuse("--margin-proofs", marginProofs, what);
        if (!accountsAreCompared) {
            refuse("--accounts", accounts, what);
        }
    }

    /** Refuses holdings and those who keep them, where nothing in such a file is held against them. */
    void refuseHoldings(String what, CustodianOptions custodians) {
        refuse("--holdings", holdings, what);
        refuse("--custodian", custodians.isGiven() ? "" : null, what);
    }

    private static void refuse(String option, @Nullable Object given, String what) {
        if (given != null) {
            throw new BadInput(
                    option, given.toString(), "must not stand beside " + what + ": nothing there is compared with it");
        }
    }

    /**
     * Tells what was checked beside a proof that holds for itself.
     *
     * @param seen the proof as judged without it
     * @param keys key files, that of the proof among them
     * @param custodians those who keep what is held for a fund
     */
    Told tell(
            Expectation expected,
            Judgement seen,
            List<byte[]> keys,
            VerifierOptions by,
            CustodianOptions custodians,
            ProverLibrary library) {
        boolean fund = seen.statement().tag() == FUND;
        boolean contagion = seen.statement().tag() == CONTAGION;
        if (!fund && !contagion) {
            refuseAllBut("a proof of tag " + seen.statement().tag(), false);
            refuseHoldings("a proof of tag " + seen.statement().tag(), custodians);
            return new Told(Optional.empty(), List.of());
        }
        List<String> lines = new ArrayList<>();
        if (fund) {
            refuse("--tariff", tariff, "a proof of a fund");
            tellVaultTable(expected, seen, by, library);
            lines.addAll(tellHoldings(expected, seen, by, custodians, library));
        } else {
            refuseHoldings("a proof of contagion vectors", custodians);
            refuse("--vault-table", vaultTable, "a proof of contagion vectors");
            lines.addAll(tellTariff(expected, seen, keys, by, library));
        }
        return new Told(tellMargins(expected, seen, by, library, lines), lines);
    }

    private void tellVaultTable(Expectation expected, Judgement seen, VerifierOptions by, ProverLibrary library) {
        if (vaultTable == null) {
            return;
        }
        RiskTable rows = TableFile.read("--vault-table", vaultTable);
        byte[] house = by.houseFile();
        if (house.length == 0) {
            throw new BadInput(
                    "--vault-table",
                    vaultTable.toString(),
                    "must stand beside --house-file, which says which table it must be");
        }
        Digest root = RiskTableTree.rootOf(library, rows).orElseThrow().digest();
        HouseFile.read(library, house)
                .epoch(seen.publicInputs().seal().digest())
                .ifPresent(epoch -> tell(
                        expected,
                        "vault table",
                        root.equals(epoch.sealed().epoch().vaultTableRoot()),
                        "the vault table is not the one that epoch "
                                + epoch.sealed().epoch().number() + " seals"));
    }

    /** What the fund rests on. The judge hears of the sum only where it is enough: its sentence says by it that the fund covers what is lost. */
    private List<String> tellHoldings(
            Expectation expected,
            Judgement seen,
            VerifierOptions by,
            CustodianOptions custodians,
            ProverLibrary library) {
        if (holdings == null) {
            refuseHoldings("a proof of a fund without --holdings", custodians);
            return List.of();
        }
        byte[] house = by.houseFile();
        if (house.length == 0) {
            throw new BadInput(
                    "--holdings",
                    holdings.toString(),
                    "must stand beside --house-file, which says who must have signed");
        }
        ShownFund shown = ShownFund.of(
                HoldStep.any(holdings),
                seen.statement().amount(),
                KnownHouse.of(
                        HouseFile.read(library, house),
                        seen.publicInputs().seal().digest()),
                custodians.known());
        expected.fact(BookReader.PIN, shown.state(), shown.words());
        if (shown.state() == State.GIVEN) {
            expected.holdings(shown.units());
        }
        return shown.lines().stream().map(line -> "  " + line).toList();
    }

    private static void tell(Expectation expected, String pin, boolean fits, String differs) {
        expected.fact(pin, fits ? State.GIVEN : State.WRONG, fits ? "" : differs);
    }

    private List<String> tellTariff(
            Expectation expected, Judgement seen, List<byte[]> keys, VerifierOptions by, ProverLibrary library) {
        if (tariff == null) {
            return List.of();
        }
        RiskTable table = by.table()
                .orElseThrow(() -> new BadInput("--tariff", String.valueOf(tariff), "must stand beside --table"));
        BufferTariff published = read(tariff);
        boolean fits = switch (ContagionStatement.of(library, shape(keys, seen.key()), table, published)) {
            case Answer.Given<ContagionStatement>(ContagionStatement says) ->
                says.over(seen.publicInputs().seal()).equals(seen.publicInputs());
            case Answer.Refused<ContagionStatement> refused -> false;
        };
        tell(expected, "table and tariff", fits, "the proof is not about this risk table and tariff");
        return fits ? words(published) : List.of();
    }

    private static ContagionShape shape(List<byte[]> keys, Digest identity) {
        return ContagionShape.of(keys.stream()
                .map(VerifyingKey::of)
                .filter(key -> key.identity().equals(identity))
                .findFirst()
                .orElseThrow()
                .record()
                .shape());
    }

    private static BufferTariff read(Path file) {
        return BadInput.refusing(
                "--tariff",
                file.toString(),
                () -> BufferTariff.of(CanonicalReader.read(InputFile.bytes(file, TARIFF_BYTES_MAX))));
    }

    private static List<String> words(BufferTariff tariff) {
        String counts = "  the tariff has " + tariff.groups().size() + " groups and "
                + tariff.scenarios().size() + " scenarios";
        return Stream.concat(Stream.of(counts), vectors(tariff)).toList();
    }

    private static Stream<String> vectors(BufferTariff tariff) {
        return IntStream.range(0, tariff.groups().size())
                .mapToObj(group -> "  " + tariff.groups().get(group).name() + ": at most "
                        + tariff.certified().stream()
                                .mapToInt((ContagionVector vector) -> vector.down(group))
                                .max()
                                .orElseThrow()
                        + " ppm down and "
                        + tariff.certified().stream()
                                .mapToInt((ContagionVector vector) -> vector.up(group))
                                .max()
                                .orElseThrow()
                        + " ppm up");
    }

    /** Only proofs that are trusted are counted: of others nobody knows whether they are of this house, or of its key. */
    private Optional<String> tellMargins(
            Expectation expected, Judgement seen, VerifierOptions by, ProverLibrary library, List<String> lines) {
        if (marginProofs == null) {
            refuse("--accounts", accounts, "no --margin-proofs");
            return Optional.empty();
        }
        Path file = marginProofs;
        long of = accounts()
                .orElseThrow(() -> new BadInput(
                        "--margin-proofs",
                        file.toString(),
                        "must stand beside --accounts, how many accounts the epoch has: no proof of margins says it"));
        MarginReading margin = MarginReading.of(library, file, by);
        Judgement judged = margin.judged();
        if (judged.outcome() == Outcome.REFUSED) {
            return Optional.of("margin proofs: " + judged.reason().orElse(""));
        }
        if (!margin.epochDigest().equals(seen.publicInputs().seal())) {
            return Optional.of("the margin proofs are of another epoch");
        }
        if (judged.outcome() == Outcome.TRUSTED) {
            expected.margins(margin.proofs().proofs().size(), of);
        } else {
            lines.add("  margin proofs of " + margin.proofs().proofs().size()
                    + " accounts hold and are not counted, since they are not anchored: not given: "
                    + judged.missing().stream().map(Pin::name).collect(Collectors.joining(", ")));
        }
        return Optional.empty();
    }
}
