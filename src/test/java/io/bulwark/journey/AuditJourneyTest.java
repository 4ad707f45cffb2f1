package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.door.Printout;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.HouseFile.SignedEpoch;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.EpochComputation;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Epochs in a folder are computed again without the house that sealed them. A byte that is changed anywhere is named by its file; what a
 * whole quorum signed and does not follow is named by its epoch.
 */
@Drawn(2)
@OfHouse
@Sized
class AuditJourneyTest {
    private static final int EPOCHS = Tier.size(2, 10);

    /** Of a file of many parts, how many places are changed, one after the other. */
    private static final int PLACES = Tier.size(5, 400);

    /** With a commit so many of the files are changed, and so many are taken away, drawn by its hash; by night each. */
    private static final int FILES = 12;

    @TempDir
    private static Path home;

    @TempDir
    private static Path elsewhere;

    /** All epochs, and the newest with the one before it. */
    private static Path folder;

    private static Path newest;
    private static House house;

    @BeforeAll
    static void publish() throws Exception {
        house = House.open(new Home(home));
        Foundation foundation;
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            foundation = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
        }
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            house.cycle().seal(foundation);
        }
        folder = published(EPOCHS);
        newest = published(1);
        Verb.refused(2, home, "must be empty", "epoch", "publish", folder.toString());
    }

    /** A folder with the newest epochs. */
    private static Path published(int epochs) throws IOException {
        Path made = Files.createTempDirectory(elsewhere, "published");
        Verb.said(0, home, "epoch", "publish", made.toString(), "--newest", String.valueOf(epochs));
        return made;
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Verb audit(Path audited, String... more) throws IOException {
        Path empty = Files.createTempDirectory(elsewhere, "auditor");
        Verb ran = Verb.run(
                empty,
                Stream.concat(Stream.of("audit", audited.toString()), Stream.of(more))
                        .toArray(String[]::new));
        try (Stream<Path> left = Files.list(empty)) {
            assertEquals(0, left.count(), "an auditor's home stays empty");
        }
        return ran;
    }

    private static void assertNamed(Path audited, String words, String... more) throws IOException {
        Verb ran = audit(audited, more);
        assertEquals(1, ran.exitCode(), ran.output());
        assertTrue(
                ran.output().lines().anyMatch(line -> line.startsWith("DIFFERS: ") && line.contains(words)),
                words + " in " + ran.output());
    }

    private static List<Path> drawn(List<Path> files) {
        return Tier.drawn(files.size(), Math.min(FILES, files.size())).stream()
                .map(files::get)
                .toList();
    }

    private static List<Path> files(Path of) throws IOException {
        try (Stream<Path> files = Files.walk(of)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void shouldComputeEveryEpochAgainWithoutTheHouse() throws IOException {
        Path heads = elsewhere.resolve("heads");
        Files.writeString(heads, Verb.said(0, home, "epoch", "heads") + "\n");
        Verb ran = audit(
                folder,
                "--witness",
                heads.toString(),
                "--house",
                house.founding().orElseThrow().house().hex());
        assertEquals(0, ran.exitCode(), ran.output());
        List<String> found = ran.output()
                .lines()
                .filter(line -> line.endsWith(" found again"))
                .toList();
        assertEquals(
                house.epochs().epochs(1, EPOCHS).stream()
                        .map(epoch -> "epoch " + Witness.line(epoch) + " found again")
                        .toList(),
                found);
    }

    @Test
    void shouldNameTheFileOfAChangedByte() throws IOException {
        Random random = new Random(1);
        List<Path> sealed = files(folder).stream()
                .filter(file -> !folder.relativize(file).startsWith("tables"))
                .toList();
        // Those of many parts always, of the others some.
        List<Path> ofParts =
                sealed.stream().filter(file -> file.getParent().equals(folder)).toList();
        List<Path> others =
                sealed.stream().filter(file -> !ofParts.contains(file)).toList();
        for (Path file : Stream.concat(ofParts.stream(), drawn(others).stream()).toList()) {
            String name = folder.relativize(file).toString();
            byte[] whole = Files.readAllBytes(file);
            for (int place = 0; place < (name.contains("/") ? 1 : PLACES); place++) {
                byte[] changed = whole.clone();
                changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(7));
                Files.write(file, changed);
                assertNamed(folder, name);
            }
            Files.write(file, whole);
        }
    }

    /** Tables are what follows from epochs: all at once, beside a file of nobody and an answer that is gone. */
    @Test
    void shouldNameTablesStrangersAndWhatIsNotAnsweredFor() throws IOException {
        Path changed = elsewhere.resolve("changed");
        for (Path file : files(folder)) {
            Path copy = changed.resolve(folder.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        List<String> named = new ArrayList<>();
        for (Path file : files(changed.resolve("tables"))) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            named.add(changed.relativize(file) + " must say what follows");
        }
        assertEquals(2 * EPOCHS, named.size());
        Files.writeString(changed.resolve("tables/readme.txt"), "of nobody");
        named.add("tables/readme.txt is asked for by nothing");
        Path index = changed.resolve("index.json");
        String text = Files.readString(index);
        int from = text.indexOf("{", text.indexOf("\"answers\""));
        int to = text.indexOf("{", from + 1);
        Files.writeString(index, text.substring(0, from) + text.substring(to));
        named.add("no reader that the quorum listed answers for snapshot");
        Verb ran = audit(changed);
        named.forEach(words -> assertTrue(ran.output().contains(words), words + " in " + ran.output()));
        assertEquals(1, ran.exitCode());
    }

    @Test
    void shouldNameWhatIsMissing() throws IOException {
        assertEquals(0, audit(newest).exitCode(), "one epoch, and the one before it");
        for (Path file : drawn(files(newest))) {
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            Verb ran = audit(newest);
            assertFalse(ran.exitCode() == 0, file + " is gone: " + ran.output());
            assertTrue(ran.output().contains(newest.relativize(file).toString()), ran.output());
            Files.write(file, whole);
        }
    }

    @Test
    void shouldNameAnotherHouseAndAnotherHead() throws IOException {
        assertNamed(newest, "must be of house " + "0".repeat(63) + "1", "--house", "0".repeat(63) + "1");
        Path heads = Files.writeString(
                elsewhere.resolve("other-heads"), "1 " + "1".repeat(64) + "\n" + EPOCHS + " " + "2".repeat(64) + "\n");
        assertNamed(newest, "epoch " + EPOCHS + " was sealed as " + "2".repeat(64), "--witness", heads.toString());
    }

    /** The quorum signs whatever it likes: what does not follow is named all the same. */
    @Test
    void shouldNameWhatTheQuorumSignedAndDoesNotFollow() throws IOException {
        EpochRecord last = house.epochs().epoch(EPOCHS).orElseThrow();
        Epoch epoch = last.sealed().epoch();
        assertForged(withMargins(epoch, epoch.accountRoot()), last.inputs(), new byte[0], "margin root was sealed as");

        EpochInputs inputs = last.inputs();
        EpochInputs later = new EpochInputs(
                inputs.epochTimeMillis() + 1,
                inputs.snapshots(),
                inputs.reports(),
                inputs.documents(),
                inputs.accounts());
        assertForged(last, later, "must be the one that follows from its snapshots");

        EpochInputs.SnapshotInput account = inputs.snapshots().stream()
                .filter(input -> !input.account().address().equals("market"))
                .findFirst()
                .orElseThrow();
        List<EpochInputs.SnapshotInput> fewer = new ArrayList<>(inputs.snapshots());
        fewer.remove(account);
        EpochInputs without = new EpochInputs(
                inputs.epochTimeMillis(), fewer, inputs.reports(), inputs.documents(), inputs.accounts());
        assertForged(last, without, "must have a snapshot of " + account.account());

        EpochInputs missing = new EpochInputs(
                inputs.epochTimeMillis(),
                inputs.snapshots(),
                inputs.reports(),
                inputs.documents(),
                inputs.accounts().subList(1, inputs.accounts().size()));
        assertForged(last, missing, "must have account 0, as the one before");
    }

    private static Epoch withMargins(Epoch epoch, Digest marginRoot) {
        return new Epoch(
                epoch.house(),
                epoch.number(),
                epoch.previous(),
                epoch.accountRoot(),
                epoch.tableRoot(),
                epoch.tableSha256(),
                epoch.parametersSha256(),
                epoch.inputsSha256(),
                epoch.venueRoot(),
                epoch.vaultTableRoot(),
                epoch.buffer(),
                marginRoot);
    }

    /** Everything that follows from other inputs than were sealed, as who signs it would publish it. */
    private static void assertForged(EpochRecord record, EpochInputs inputs, String words) throws IOException {
        ComputedEpoch forged = new EpochComputation(house.library())
                .compute(house.archive().material().of(new EpochRecord(record.sealed(), inputs)));
        assertForged(forged.sealed().epoch(), inputs, forged.table().encode(), words);
    }

    private static void assertForged(Epoch epoch, EpochInputs inputs, byte[] table, String words) throws IOException {
        Path file = newest.resolve("house.json");
        byte[] honest = Files.readAllBytes(file);
        HouseFile known = HouseFile.read(house.library(), Files.readAllBytes(file));
        SealedEpoch sealed = new SealedEpoch(
                epoch,
                EpochComputation.commitment(epoch).digest(house.library()).digest());
        List<SignedEpoch> epochs = new ArrayList<>(known.epochs());
        epochs.set(
                0,
                new SignedEpoch(
                        sealed,
                        inputs.epochTimeMillis(),
                        house.signing().sign(EpochStatement.of(sealed, inputs.epochTimeMillis()))));
        try (PrintWriter written = new PrintWriter(Files.newBufferedWriter(file))) {
            new Printout(written)
                    .json(new HouseFile(known.founding(), known.statements(), known.records(), epochs).json());
        }
        List<Path> more = new ArrayList<>();
        for (byte[] document : List.of(inputs.canonical().encode(), table)) {
            Path forged =
                    newest.resolve("documents").resolve(Digest.sha256(document).hex());
            if (!Files.exists(forged)) {
                more.add(Files.write(forged, document));
            }
        }
        assertNamed(newest, words);
        for (Path forged : more) {
            Files.delete(forged);
        }
        Files.write(file, honest);
    }
}
