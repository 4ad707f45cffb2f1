package io.bulwark.api.epoch;

import io.bulwark.adapter.Venues;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.PinnedHouse;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.epoch.Witness;
import io.bulwark.prover.binding.ProverLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes published epochs again, from their files alone. */
@Command(
        name = "audit",
        description = {
            "Computes the epochs of a folder again, as 'bulwark epoch publish' writes it: without database, broker or network.",
            "Every file must have the digest that something names it by, the quorum must have signed every epoch, each must follow from"
                    + " its inputs and from the one before, readers must answer for its snapshots, and its proofs must hold.",
            "Exit code 0: all of it does; 1: something differs, with a line for each finding; 2: there is no such folder."
        })
final class AuditCommand extends VerbCommand {
    @Parameters(paramLabel = "FOLDER", description = "The folder.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--house",
            paramLabel = "HEX|NAME",
            description = "The house that it must be of: its identity, or its name in houses.json of the home.")
    private @Nullable String house;

    @Option(
            names = "--witness",
            paramLabel = "FILE",
            description =
                    "What somebody saw sealed: a line an epoch, its number and its digest, as \"epoch heads\" prints.")
    private @Nullable Path witness;

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new BadInput("FOLDER", folder.toString(), "must be a folder");
        }
        if (witness != null && !Files.isReadable(witness)) {
            throw new BadInput("--witness", witness.toString(), "must be a file that can be read");
        }
        List<String> findings = new ArrayList<>();
        try {
            findings.addAll(audited(new FolderAudit(new AuditFolder(folder), ProverLibrary.load())));
        } catch (FolderAudit.Unreadable e) {
            findings.add(String.valueOf(e.getMessage()));
        }
        findings.forEach(finding -> out().println("DIFFERS: " + finding));
        out().println(
                        findings.isEmpty()
                                ? "every epoch follows from its files, bit for bit"
                                : "NOT as it was sealed: " + findings.size()
                                        + (findings.size() == 1 ? " finding" : " findings"));
        return findings.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private List<String> audited(FolderAudit audit) {
        HouseFile known = audit.house();
        List<String> findings = new ArrayList<>();
        Optional<Digest> meant = Optional.ofNullable(house).map(text -> PinnedHouse.named("--house", text));
        meant.filter(digest -> !digest.equals(known.house()))
                .ifPresent(digest -> findings.add(
                        AuditFolder.HOUSE + " must be of house " + digest + "; it is of " + known.house()));
        out().println("house " + known.house()
                + (meant.isPresent() ? "" : ", as the folder says: --house names the one that is meant"));
        audit.held().forEach(out()::println);
        findings.addAll(audit.findings(Venues.ofClassPath(), this::print));
        audit.convicted().forEach(words -> out().println("convicted of " + words));
        if (witness != null) {
            findings.addAll(new Witness(witness).findings(audit.sealed(), audit.oldest()));
        }
        return findings;
    }

    private void print(Replay replay) {
        out().println("epoch " + replay.number() + " " + replay.sealed()
                + (replay.equal() ? " found again" : " DIFFERS"));
    }
}
