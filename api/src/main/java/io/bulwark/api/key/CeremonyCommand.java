package io.bulwark.api.key;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.StepCommand;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.house.founding.Home;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CeremonyState;
import io.bulwark.prover.ceremony.CeremonyTranscript;
import io.bulwark.prover.proof.CeremonyKeys;
import io.bulwark.prover.proof.VerifyingKey;
import io.bulwark.prover.witness.ProofShape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes proving keys by many hands: powers of tau first, then the second phase of a circuit. */
@Command(
        name = "ceremony",
        description = {
            "Makes proving keys by many hands, in a folder that contributors pass on and anybody can verify.",
            "First the powers of tau: init --domain, contribute by each, seal; or init --import of powers that were made in public.",
            "Then a circuit on them: init --circuit, contribute, seal. Three contributors who sign make a ceremony; fewer are as good as one machine.",
            "Exit code 0: done, or it verifies; 1: the folder is refused, the line names file and rule; 2: bad input."
        },
        synopsisSubcommandLabel = "STEP")
public final class CeremonyCommand extends StepCommand {
    private static final Pattern SIZES = Pattern.compile("\\d{1,9}(-\\d{1,9}){0,15}");

    @Command(name = "init", description = "Begins a ceremony in an empty or absent folder.")
    int init(
            @Parameters(paramLabel = "FOLDER", description = "The ceremony's folder.") Path folder,
            @Option(
                            names = "--domain",
                            paramLabel = "K",
                            description = "Powers of tau for circuits of at most 2^K constraints, K from 4 to 24.")
                    @Nullable
                    Integer domain,
            @Option(
                            names = "--import",
                            paramLabel = "FILE.ptau",
                            description = "Powers of tau that others made in public, as snarkjs writes them.")
                    @Nullable
                    Path imported,
            @Option(
                            names = "--circuit",
                            paramLabel = "NAME",
                            description =
                                    "The second phase of a circuit: account, call, rehearsal to practise, or another of the library: fund, contagion, book-batch, book-top.")
                    @Nullable
                    String circuit,
            @Option(
                            names = "--table",
                            paramLabel = "FILE",
                            description = "A risk table of the structure that circuit account or call is to open.")
                    @Nullable
                    Path table,
            @Option(
                            names = "--small-key",
                            description =
                                    "Of circuit account: the small key, for tables that are opened by seal, then challenge.")
                    boolean small,
            @Option(
                            names = "--large-key",
                            description =
                                    "Of circuit account or call: the large key, up to 24 instruments, 24 lines and 8 venues.")
                    boolean large,
            @Option(
                            names = "--tariff",
                            paramLabel = "FILE",
                            description =
                                    "Of circuit account: for claims over margin and buffer together, a buffer tariff over --table of the size that it is to open.")
                    @Nullable
                    Path tariff,
            @Option(
                            names = "--shape",
                            paramLabel = "N-N-...",
                            description = "The sizes of any other circuit, as file names say them.")
                    @Nullable
                    String shape,
            @Option(
                            names = "--powers",
                            paramLabel = "FOLDER",
                            description = "Sealed or imported powers of tau, verified and copied.")
                    @Nullable
                    Path powers) {
        if (Stream.of(domain, imported, circuit).filter(Objects::nonNull).count() != 1) {
            throw new BadInput("--domain", "", "name either it, --import or --circuit");
        }
        if (imported != null) {
            return answer(ceremony(folder).importPowers(imported));
        }
        if (domain != null) {
            return answer(ceremony(folder).beginPowers(domain));
        }
        String name = String.valueOf(circuit);
        CanonicalValue of = shape(name, new CeremonyShape(table, small, large, tariff), shape);
        return answer(ceremony(folder).beginCircuit(name, of, known(powers)));
    }

    private static Path known(@Nullable Path powers) {
        if (powers == null) {
            throw new BadInput("--powers", "", "name the folder of sealed powers that the circuit stands on");
        }
        return powers;
    }

    private static CanonicalValue shape(String circuit, CeremonyShape of, @Nullable String shape) {
        Optional<ProofShape> account = of.read(circuit);
        if (account.isPresent()) {
            return account.get().encoded();
        }
        if (shape == null || !SIZES.matcher(shape).matches()) {
            throw new BadInput(
                    "--shape",
                    String.valueOf(shape),
                    "must be the sizes of circuit " + circuit + ", joined by hyphens");
        }
        return CanonicalValue.array(Arrays.stream(shape.split("-", -1))
                .map(size -> CanonicalValue.integer(Long.parseLong(size)))
                .toList());
    }

    @Command(
            name = "contribute",
            description = {
                "Adds a contribution. Its secret comes from the system's secure generator and is gone when the step ends.",
                "Publish the link that it prints: it covers everything up to this contribution.",
                "Only contributors who sign are counted: publish the key, too, where people know that it is yours."
            })
    int contribute(
            @Parameters(paramLabel = "FOLDER", description = "The ceremony's folder.") Path folder,
            @Option(names = "--name", required = true, paramLabel = "TEXT", description = "Who contributes, one line.")
                    String name,
            @Option(
                            names = "--sign-with",
                            paramLabel = "FILE",
                            description =
                                    "The contributor's Ed25519 key, 64 hexadecimal digits in a file of its owner's alone (0600). Made if absent.")
                    @Nullable
                    Path key) {
        return answer(ceremony(folder).contribute(name, Optional.ofNullable(key)));
    }

    @Command(
            name = "verify",
            description =
                    "Verifies a folder: every file, every link, every contribution, the seal. Takes minutes for a large circuit.")
    int verify(
            @Parameters(paramLabel = "FOLDER", description = "The ceremony's folder.") Path folder,
            @Option(
                            names = "--out",
                            paramLabel = "VK",
                            description =
                                    "A file for the verifying key of a sealed circuit, with the record of who made it.")
                    @Nullable
                    Path out) {
        Answer<CeremonyState> verified = ceremony(folder).verify(Optional.ofNullable(out));
        int code = answer(verified);
        if (out != null && verified instanceof Answer.Given<CeremonyState>) {
            out().println("  key identity   " + VerifyingKey.read(out).identity());
        }
        return code;
    }

    @Command(
            name = "seal",
            description = {
                "Verifies a folder and closes it with public randomness that nobody could know before the last contribution.",
                "The keys of a circuit go into the house's folder of keys; those of a rehearsal beside it, into rehearsals."
            })
    int seal(
            @Parameters(paramLabel = "FOLDER", description = "The ceremony's folder.") Path folder,
            @Option(
                            names = "--beacon",
                            required = true,
                            paramLabel = "HEX",
                            description = "16 to 64 bytes in hexadecimal digits.")
                    String beacon,
            @Option(
                            names = "--source",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Where anybody can look the beacon up, one line.")
                    String source,
            @Option(names = "--keys", paramLabel = "FOLDER", description = "Folder of all keys. Default: this house's.")
                    @Nullable
                    Path keys) {
        Path target = keys != null ? keys : Home.ofEnvironment().keys();
        return answer(CeremonyKeys.seal(ceremony(folder), hexadecimal(beacon), source, target));
    }

    private static byte[] hexadecimal(String beacon) {
        try {
            return HexFormat.of().parseHex(beacon);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--beacon", beacon, "must be pairs of hexadecimal digits");
        }
    }

    private static Ceremony ceremony(Path folder) {
        return new Ceremony(ProverLibrary.load(), folder);
    }

    private int answer(Answer<CeremonyState> answer) {
        return switch (answer) {
            case Answer.Given<CeremonyState>(CeremonyState state) -> {
                print(state, out());
                yield ExitCode.OK;
            }
            case Answer.Refused<CeremonyState> refused -> {
                err().println("bulwark: " + CeremonyRule.line(refused.refusal()));
                yield CeremonyRule.isOfFolder(refused.refusal()) ? ExitCode.NEGATIVE : ExitCode.BAD_INPUT;
            }
        };
    }

    private static void print(CeremonyState state, PrintWriter out) {
        out.println(state.subject()
                .map(circuit -> "second phase of " + circuit + ", " + state.constraints() + " constraints")
                .orElse("powers of tau for at most 2^" + state.domain() + " constraints"));
        for (CeremonyState.Contribution contribution : state.contributions()) {
            out.printf("  %4d  %s%n        link %s%n", contribution.number(), contribution.name(), contribution.link());
            out.println(contribution
                    .signer()
                    .map(key -> "        key  " + key)
                    .orElse("        not signed: counts for nobody"));
        }
        state.sealed().ifPresent(seal -> {
            out.println("  sealed with beacon " + seal.beacon() + " from: " + seal.source());
            out.println((state.subject().isPresent() ? "  verifying key  " : "  powers         ") + seal.result());
        });
        state.powers().ifPresent(powers -> printStanding(state, powers, out));
        out.println("  transcript     " + state.transcript());
    }

    /** Who stands behind what was verified: counted, not claimed. */
    private static void printStanding(CeremonyState state, CeremonyState.Powers powers, PrintWriter out) {
        powers.imported()
                .ifPresent(file -> out.println("  imported       " + file.name() + ", SHA-256 " + file.sha256() + ": "
                        + (file.isKnown()
                                ? "known as " + file.published()
                                : "not known; whoever made it may know its secrets")));
        if (state.subject().isPresent() && state.counted() < state.signed()) {
            out.println("  contributors   " + state.signed() + " signed, but the powers below have " + powers.signed());
        }
        if (state.subject().isEmpty() && powers.isPublished()) {
            return;
        }
        out.println("  counts as      "
                + (state.counted() < CeremonyTranscript.SIGNED_LEAST
                        ? state.counted() + " of " + CeremonyTranscript.SIGNED_LEAST
                                + " contributors: as good as unsafe"
                        : "ceremony of " + state.counted() + " signed contributors"));
    }
}
