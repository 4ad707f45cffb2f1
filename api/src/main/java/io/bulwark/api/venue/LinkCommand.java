package io.bulwark.api.venue;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.evm.ContractWallet;
import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.register.LinkRegister.Link;
import io.bulwark.house.House;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Venue accounts linked to clearing accounts, with their owners' signatures. */
@Command(
        name = "link",
        description = {
            "Links venue accounts to clearing accounts: the owner signs, the house checks and keeps it, the owner may revoke it. See docs/venues.md.",
            "prepare writes what is to be signed; sign signs it with a key in a file, wallets sign its text or its typed data."
        },
        synopsisSubcommandLabel = "STEP")
final class LinkCommand extends StepCommand {
    private static final int NODE_READS_A_SECOND = 20;

    @Command(
            name = "show",
            description = "Every link: account, venue, venue account, where it stands, digest of what was signed.")
    int show() {
        return OpenHouse.ask(house -> {
            List<Link> links = house.links().links();
            links.forEach(link -> out().println("%-4d %-2d %-48s %-9s %s"
                    .formatted(
                            link.clearingAccount(),
                            link.account().venue(),
                            link.account().address(),
                            link.standing().name().toLowerCase(Locale.ROOT),
                            link.statement().map(Digest::hex).orElse("no owner signed"))));
            return ExitCode.OK;
        });
    }

    @Command(
            name = "owner",
            description = "Takes in the key that an account's owner signs with. The house answers for whose it is.")
    int owner(
            @Option(names = "--account", paramLabel = "N", required = true, description = "The account's number.")
                    int account,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            required = true,
                            description = "A wallet's 0x address, or an Ed25519 public key in hexadecimal.")
                    String key) {
        return OpenHouse.ask(house -> {
            house.links().registerOwner(account, key);
            out().println("account " + account + ": links need the signature of " + key + " from now on");
            return ExitCode.OK;
        });
    }

    @Command(
            name = "prepare",
            description = "Writes what is to be signed, and shows its text; --typed: as EIP-712 typed data.")
    int prepare(
            @Option(names = "--account", paramLabel = "N", required = true, description = "The clearing account.")
                    int account,
            @Option(names = "--venue", paramLabel = "NAME", required = true, description = "The venue, as listed.")
                    String venue,
            @Option(names = "--address", paramLabel = "A", required = true, description = "The account at the venue.")
                    String address,
            @Option(
                            names = "--chain",
                            paramLabel = "ID",
                            description = "EIP-155 number of the signing wallet's chain. Default: the venue's, else 1.")
                    @Nullable
                    Long chain,
            @Option(
                            names = "--days",
                            paramLabel = "D",
                            defaultValue = "7",
                            description = "Days of validity. Default: 7.")
                    long days,
            @Option(names = "--revoke", description = "To end the link.") boolean revoke,
            @Option(names = "--typed", description = "Shows the typed data instead of the text.") boolean typed,
            @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the file goes.")
                    Path file) {
        return OpenHouse.ask(house -> {
            Instant until = Clock.systemUTC().instant().plus(Duration.ofDays(days));
            LinkStatement statement = house.links()
                    .prepare(
                            revoke ? Action.REVOKE : Action.LINK,
                            account,
                            venue,
                            address,
                            Optional.ofNullable(chain),
                            until);
            LinkFile unsigned = new LinkFile(statement, List.of());
            OutputFile.write(file, unsigned.json());
            out().println(typed ? unsigned.typedData() : statement.text());
            return ExitCode.OK;
        });
    }

    @Command(
            name = "sign",
            description = "Adds a signature by a key in a file, which is made the first time. Needs no house.")
    int sign(
            @Parameters(paramLabel = "FILE", description = "What prepare wrote.") Path file,
            @Option(
                            names = "--key",
                            paramLabel = "KEYFILE",
                            required = true,
                            description = "32 bytes in hexadecimal, readable by you alone.")
                    Path key,
            @Option(
                            names = "--scheme",
                            paramLabel = "S",
                            defaultValue = "ed25519",
                            description = "ed25519, eip191 or eip712. Default: ed25519.")
                    String scheme) {
        Scheme how = switch (scheme) {
            case "ed25519" -> Scheme.ED25519;
            case "eip191" -> Scheme.EIP191;
            case "eip712" -> Scheme.EIP712;
            default -> throw new BadInput("--scheme", scheme, "must be ed25519, eip191 or eip712");
        };
        LinkFile unsigned = read(file);
        LinkKey signing = LinkKey.in(key);
        OutputFile.write(
                file, unsigned.with(signing.sign(unsigned.statement(), how)).json());
        out().println("signed as " + signing.signer(how));
        return ExitCode.OK;
    }

    @Command(
            name = "accept",
            description = "Checks a signed link and keeps it. Exit code 2: refused by field, value and rule.")
    int accept(@Parameters(paramLabel = "FILE", description = "A signed link.") Path file, @Mixin ContractNode node) {
        return take(file, Action.LINK, node);
    }

    @Command(
            name = "revoke",
            description = "Checks a signed revocation and keeps it: nobody reads the venue account any more.")
    int revoke(
            @Parameters(paramLabel = "FILE", description = "A signed revocation.") Path file,
            @Mixin ContractNode node) {
        return take(file, Action.REVOKE, node);
    }

    /** Where a contract wallet is asked whether it signed. */
    static final class ContractNode {
        @Option(
                names = "--node",
                paramLabel = "URL",
                description = "JSON-RPC node of the statement's chain, for contract wallets (ERC-1271).")
        private @Nullable URI address;
    }

    private int take(Path file, Action wanted, ContractNode node) {
        LinkFile signed = read(file);
        LinkStatement statement = signed.statement();
        if (statement.action() != wanted) {
            throw new BadInput("action", statement.action().name(), "must be " + wanted + " for this step");
        }
        Digest digest = OpenHouse.ask(house -> take(house, signed, node.address));
        out().println((wanted == Action.LINK ? "linked " : "revoked ") + statement.venueName() + " account "
                + statement.venueAccount().address() + (wanted == Action.LINK ? " to " : " of ") + "account "
                + statement.clearingAccount());
        out().println("kept as " + digest.hex());
        return ExitCode.OK;
    }

    private static Digest take(House house, LinkFile signed, @Nullable URI node) {
        Instant now = Clock.systemUTC().instant();
        LinkStatement statement = signed.statement();
        if (node == null) {
            return house.links().take(statement, signed.signatures(), ContractWallets.NONE, now);
        }
        try (ContractWallet wallets =
                new ContractWallet(statement.chainId(), node, ReadBudget.perSecond(NODE_READS_A_SECOND))) {
            return house.links().take(statement, signed.signatures(), wallets, now);
        }
    }

    private static LinkFile read(Path file) {
        return LinkFile.read(InputFile.bytes(file, LinkFile.BYTES_MAX));
    }
}
