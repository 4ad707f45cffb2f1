package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.HouseBooks;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.house.House;
import io.bulwark.house.epoch.Witness;
import io.bulwark.prover.proof.ProofBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether the books still hold what epochs sealed of them. */
@Command(
        name = "books",
        description = {
            "Whether the books still hold what epochs sealed of them.",
            "Every table is compared with what was sealed of it, the journal is made again from what it books, signatures are counted,"
                    + " proofs of the last epoch are judged again.",
            "Exit code 0: it does; 1: something was changed, with a line for each finding.",
            "Rows that came after the last epoch, its own statements and signatures among them, are sealed by the next one; how many"
                    + " stand in which table is said. Until then entries are held to what they book and to who answers for it,"
                    + " links to their owners' signatures, the house's lists to its quorum's, and nothing else is."
        })
final class BooksCommand extends VerbCommand {
    @Option(
            names = "--witness",
            paramLabel = "FILE",
            description =
                    "What somebody saw sealed: a line an epoch, its number and its digest, as \"epoch heads\" prints.")
    private @Nullable Path witness;

    private record Checked(int epochs, List<String> findings, SortedMap<String, Integer> since) {}

    @Override
    public Integer call() {
        if (witness != null && !Files.isReadable(witness)) {
            throw new BadInput("--witness", witness.toString(), "must be a file that can be read");
        }
        Checked checked = OpenHouse.ask(this::checked);
        checked.findings().forEach(finding -> out().println("DIFFERS: " + finding));
        out().println(
                        checked.findings().isEmpty()
                                ? "the books hold what every epoch sealed of them, up to " + checked.epochs()
                                : "the books do NOT hold what was sealed: "
                                        + checked.findings().size()
                                        + (checked.findings().size() == 1 ? " finding" : " findings"));
        if (!checked.since().isEmpty()) {
            out().println("beyond the seal, for the next epoch: "
                    + checked.since().entrySet().stream()
                            .map(table -> table.getKey() + " " + table.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return checked.findings().isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private Checked checked(House house) {
        List<SealedEpoch> epochs = house.epochs().epochs(1, Integer.MAX_VALUE);
        List<String> findings = new ArrayList<>(house.archive().changes());
        findings.addAll(house.links().findings());
        findings.addAll(house.witness().findings(epochs));
        if (witness != null) {
            findings.addAll(new Witness(witness).findings(epochs));
        }
        if (findings.isEmpty() && !epochs.isEmpty()) {
            findings.addAll(proofs(house, epochs.getLast().epoch().number()));
        }
        return new Checked(epochs.size(), findings, house.archive().sinceSealed());
    }

    /** The proofs of an epoch that no later one has sealed yet; one whose key is not on this machine is not judged. */
    private static List<String> proofs(House house, long epoch) {
        ProofCheck check = new ProofCheck(house.library(), HouseFile.of(house, 1));
        VerifyingKeys keys = new VerifyingKeys(house.home().keys());
        List<String> findings = new ArrayList<>();
        try {
            for (ProofBundle proof : new HouseBooks(house).proofs(epoch)) {
                keys.find(proof.key())
                        .flatMap(key -> check.finding(proof.toJson(), List.of(key.encode()), epoch))
                        .ifPresent(finding -> findings.add("table proof: a proof of epoch " + epoch + " " + finding));
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            findings.add("table proof: a proof of epoch " + epoch + " cannot be read: " + e.getMessage());
        }
        return findings;
    }
}
