package io.bulwark.api.venue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.feed.FeedFile;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Problem;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.RawSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A protocol pushes what it says. */
@Command(
        name = "push",
        description = {
            "Signs files of the risk language, snapshots and reports, with a protocol's key and sends them to a house, in this order.",
            "Without --to the signatures alone are printed, for curl. Needs no house of its own. Guide: docs/join.md.",
            "Exit code 0: each is booked, or on its way; 2: one was refused, by field, value and rule, and those behind it were not sent."
        })
final class PushCommand extends VerbCommand {
    private static final HexFormat HEX = HexFormat.of();
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "JSON files, each a snapshot or a report.")
    private List<Path> files = List.of();

    @Option(names = "--to", paramLabel = "URL", description = "Where the house answers, such as http://127.0.0.1:8080.")
    private @Nullable URI to;

    @Mixin
    private InputFile.Authority authority = new InputFile.Authority();

    @Option(
            names = "--key",
            paramLabel = "KEYFILE",
            required = true,
            description = "32 bytes in hexadecimal, readable by you alone; made the first time.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            required = true,
            description = "The house that you sign for, by the name in its listing of you: no other house takes it.")
    @SuppressWarnings("NullAway.Init")
    private String audience;

    @Override
    public Integer call() throws VenueException {
        QuorumKey signing = QuorumKey.in(key);
        List<Pushed> signed = files.stream().map(file -> sign(file, signing)).toList();
        URI house = to;
        if (house == null) {
            signed.forEach(pushed -> out().println(HEX.formatHex(pushed.signature())));
            return ExitCode.OK;
        }
        if (house.getHost() == null) {
            throw new BadInput("--to", house.toString(), "must be http:// or https:// with a host");
        }
        try (FeedVenue.Sender push = authority.of(house)) {
            for (Pushed pushed : signed) {
                out().println(pushed.file() + ": "
                        + told(pushed, push.send(pushed.said(), pushed.bytes(), pushed.signature())));
                out().flush();
            }
        }
        return ExitCode.OK;
    }

    /** A file with its signature. */
    private record Pushed(Path file, byte[] bytes, FeedFile said, byte[] signature, RawSnapshot snapshot) {}

    private Pushed sign(Path file, QuorumKey signing) {
        byte[] bytes = InputFile.bytes(file, FeedFile.BYTES_MAX);
        try {
            FeedFile said = FeedFile.read(bytes);
            FeedVenue venue = new FeedVenue();
            FeedVenue.Configuration mine = new FeedVenue.Configuration(
                    said.account().venue(), audience, signing.publicKey().hex());
            byte[] signature = signing.sign(venue.statement(mine, bytes)).signature();
            return new Pushed(file, bytes, said, signature, venue.pushed(mine, bytes, signature));
        } catch (BadInput e) {
            throw new BadInput(file + ": " + e.field(), e.value(), e.rule());
        } catch (PayloadRefused e) {
            throw new BadInput(file + ": " + e.field(), e.value(), e.rule());
        } catch (IllegalArgumentException e) {
            throw new BadInput("--audience", audience, String.valueOf(e.getMessage()));
        }
    }

    /** What the house says became of it; a receipt that is not one for this file is refused. */
    private static String told(Pushed pushed, FeedVenue.Sender.Answer answer) {
        JsonNode said = Problem.said("--to", answer.status(), answer.body());
        if (answer.status() != OK && answer.status() != ACCEPTED) {
            BadInput refusal = Problem.refusal(answer.status(), said);
            throw new BadInput(pushed.file() + ": " + refusal.field(), refusal.value(), refusal.rule());
        }
        String snapshot = said.path("snapshot").asText();
        String reader = said.path("reader").asText();
        String signature = said.path("signature").asText();
        boolean receipt = snapshot.equals(pushed.snapshot().id().hex())
                && reader.matches("[0-9a-f]{64}")
                && signature.matches("[0-9a-f]{128}")
                && new EpochSignature(Digest.parse(reader), HEX.parseHex(signature))
                        .answersFor(pushed.snapshot().id());
        if (!receipt) {
            throw new BadInput(
                    pushed.file() + ": receipt", snapshot, "must be of what was sent, signed by a reader of the house");
        }
        return said.path("outcome").asText()
                + (said.has("entry") ? " in entry " + said.path("entry").asLong() : "")
                + "; receipt " + snapshot + ", signed by the house's reader " + reader.substring(0, 16);
    }
}
