package io.bulwark.api.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.feed.FeedVenue;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.Problem;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What owners and protocols do from their own machine, with a key in a file; a browser wallet signs the same texts. Needs no house of its
 * own.
 */
@Command(subcommands = {OwnerVerbs.Signing.class, OwnerVerbs.Consenting.class})
final class OwnerVerbs {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Command(
            name = "sign-in",
            description = {
                "Signs in to a house with a key in a file, for eight hours: eip191 for an owner's wallet, ed25519 "
                        + "for an owner's or a protocol's Ed25519 key.",
                "The house knows whose accounts it opens (bulwark venue link owner). The session's token goes into "
                        + "a file that you alone may read."
            })
    static final class Signing extends VerbCommand {
        @Option(names = "--url", paramLabel = "URL", required = true, description = "Where the house answers.")
        @SuppressWarnings("NullAway.Init")
        private URI url;

        @Mixin
        private InputFile.Authority authority = new InputFile.Authority();

        @Option(names = "--key", paramLabel = "KEYFILE", required = true, description = "32 bytes in hexadecimal.")
        @SuppressWarnings("NullAway.Init")
        private Path key;

        @Option(
                names = "--scheme",
                paramLabel = "S",
                defaultValue = "eip191",
                description = "eip191 or ed25519. Default: eip191.")
        @SuppressWarnings("NullAway.Init")
        private String scheme;

        @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the token goes.")
        @SuppressWarnings("NullAway.Init")
        private Path target;

        @Mixin
        private Contract contract = new Contract();

        @Override
        public Integer call() throws VenueException {
            Scheme how = scheme(scheme);
            LinkKey signing = existing(key);
            try (FeedVenue.Sender house = authority.of(url)) {
                String text = said(house.post(
                                "/access/challenge",
                                JSON.createObjectNode()
                                        .put("signer", contract.signer(signing.signer(how)))
                                        .toString(),
                                Optional.empty()))
                        .path("text")
                        .asText();
                requireHere(text, url);
                LinkSignature signature = contract.of(signing.sign(new Text(text), how), Scheme.EIP191);
                ObjectNode signed = JSON.createObjectNode()
                        .put("text", text)
                        .put("scheme", signature.scheme().name().toLowerCase(Locale.ROOT))
                        .put("signature", "0x" + HexFormat.of().formatHex(signature.bytes()));
                JsonNode begun = said(house.post("/access/sign-in", signed.toString(), Optional.empty()));
                keep(target, begun.path("token").asText());
                JsonNode known = begun.path("known");
                out().println("signed in as " + known.path("name").asText() + " until "
                        + begun.path("until").asText() + ": roles " + known.path("roles") + ", accounts "
                        + known.path("accounts"));
            }
            return ExitCode.OK;
        }
    }

    /** A contract wallet that takes a key's signature as its own. */
    static final class Contract {
        @Option(
                names = "--contract",
                paramLabel = "ADDRESS",
                description =
                        "As a contract wallet (ERC-1271) that takes the key's signature; asked on the house's chain.")
        private @Nullable String address;

        String signer(String ofKey) {
            return address == null ? ofKey : address;
        }

        /** What the key signed as the contract's, which takes it in one form. */
        LinkSignature of(LinkSignature byKey, Scheme form) {
            String wallet = address;
            if (wallet == null) {
                return byKey;
            }
            if (byKey.scheme() != form) {
                throw new BadInput(
                        "--scheme", byKey.scheme().name().toLowerCase(Locale.ROOT), "must be that of --contract");
            }
            return BadInput.refusing(
                    "--contract", wallet, () -> new LinkSignature(Scheme.ERC1271, wallet, byKey.bytes()));
        }
    }

    /** Signs nothing that another door would take. */
    private static void requireHere(String text, URI url) {
        if (!text.startsWith(url.getAuthority() + " wants you to sign in with your ")) {
            throw new BadInput("--url", url.toString(), "must be the door that wrote the text which it gives to sign");
        }
    }

    @Command(
            name = "consent",
            description = {
                "Signs, as an account's owner, that somebody may see equity and margin of the account, or its "
                        + "positions, until a day; --revoke ends it.",
                "Sent with the token of a session: bulwark access sign-in."
            })
    static final class Consenting extends VerbCommand {
        @Option(names = "--url", paramLabel = "URL", required = true, description = "Where the house answers.")
        @SuppressWarnings("NullAway.Init")
        private URI url;

        @Option(names = "--session", paramLabel = "FILE", required = true, description = "What sign-in wrote.")
        @SuppressWarnings("NullAway.Init")
        private Path session;

        @Mixin
        private InputFile.Authority authority = new InputFile.Authority();

        @Option(names = "--key", paramLabel = "KEYFILE", required = true, description = "The owner's key.")
        @SuppressWarnings("NullAway.Init")
        private Path key;

        @Option(
                names = "--scheme",
                paramLabel = "S",
                defaultValue = "eip712",
                description = "eip712, eip191 or ed25519. Default: eip712.")
        @SuppressWarnings("NullAway.Init")
        private String scheme;

        @Option(names = "--account", paramLabel = "N", required = true, description = "The account.")
        private int account;

        @Option(
                names = "--to",
                paramLabel = "WHO",
                required = true,
                description = "Name of a token's holder, a wallet's address, or an Ed25519 key.")
        @SuppressWarnings("NullAway.Init")
        private String to;

        @Option(
                names = "--scope",
                paramLabel = "S",
                defaultValue = "margin",
                description = "margin or positions. Default: margin.")
        @SuppressWarnings("NullAway.Init")
        private String scope;

        @Option(names = "--days", paramLabel = "D", defaultValue = "30", description = "How long. Default: 30.")
        private int days;

        @Option(names = "--revoke", description = "Ends it.")
        private boolean revoke;

        @Mixin
        private Contract contract = new Contract();

        @Override
        public Integer call() throws VenueException {
            Scheme how = scheme.equals("eip712") ? Scheme.EIP712 : scheme(scheme);
            Optional<String> bearer = Optional.of(AccessCommand.secret(session));
            LinkKey signing = existing(key);
            ObjectNode asked = JSON.createObjectNode()
                    .put("action", revoke ? "revoke" : "give")
                    .put("account", account)
                    .put("grantee", to)
                    .put("scope", scope)
                    .put("days", days);
            try (FeedVenue.Sender house = authority.of(url)) {
                String prepared = said(house.post("/access/consents/prepare", asked.toString(), bearer))
                        .toString();
                ConsentFile file = ConsentFile.toBeSigned(prepared.getBytes(StandardCharsets.UTF_8));
                if (file.consent().clearingAccount() != account
                        || !file.consent().grantee().equals(to)
                        || !file.consent().scope().name().equalsIgnoreCase(scope)
                        || !file.consent().action().name().equals(revoke ? "REVOKE" : "GIVE")) {
                    throw new BadInput("--url", url.toString(), "must give to sign what was asked for");
                }
                ConsentFile signed = file.with(contract.of(signing.sign(file.consent(), how), Scheme.EIP712));
                JsonNode taken = said(house.post("/access/consents", signed.json(), bearer));
                out().println("consent " + taken.path("number").asInt() + ": account " + account + ", "
                        + taken.path("action").asText() + " " + scope + " to " + to + " until "
                        + taken.path("until").asText());
            }
            return ExitCode.OK;
        }
    }

    private static Scheme scheme(@Nullable String word) {
        return switch (String.valueOf(word)) {
            case "eip191" -> Scheme.EIP191;
            case "ed25519" -> Scheme.ED25519;
            default -> throw new BadInput("--scheme", String.valueOf(word), "must be eip191 or ed25519");
        };
    }

    /** A key that is there: who signs in with one that is made on the way is nobody. */
    private static LinkKey existing(Path key) {
        if (!Files.exists(key)) {
            throw new BadInput("--key", key.toString(), "must be a file with a key");
        }
        return LinkKey.in(key);
    }

    private static JsonNode said(FeedVenue.Sender.Answer answer) {
        return Problem.unlessRefused("--url", answer.status(), answer.body());
    }

    private static void keep(Path file, String token) {
        try {
            DurableFile.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("file " + file, e);
        }
    }

    /** A text that is signed as it stands. */
    private record Text(String text) implements LinkSignature.Signable {
        @Override
        public Optional<Digest> typed() {
            return Optional.empty();
        }

        @Override
        public long chainId() {
            return 1;
        }
    }
}
