package io.bulwark.api.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.StepCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.access.AccessRegister;
import io.bulwark.clearing.access.AccessRegister.Holder;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.AccessRegister.Token;
import io.bulwark.clearing.access.OversightRegister;
import io.bulwark.clearing.access.OversightRegister.Actor;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who may use the door, and who looked at what. */
@Command(
        name = "access",
        description = {
            "Who may use the door, as what: tokens, sessions of wallets, consents, legal holds, and the log of who looked.",
            "Routes and roles: docs/access.md."
        },
        synopsisSubcommandLabel = "STEP")
public final class AccessCommand extends StepCommand {
    private static final int LINES = 1_000;
    private static final int SECRET_MAX = 100;

    @Mixin
    @SuppressWarnings("UnusedVariable") // its subcommands are what is taken of it
    private final OwnerVerbs owner = new OwnerVerbs();

    @Command(name = "give", description = "Draws a token for somebody and prints it once: only its SHA-256 is kept.")
    int give(
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            description =
                                    "member, fund-manager, auditor or operator. Owners sign in with their wallet.")
                    String role,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            required = true,
                            description = "Who gets it; it stays of this role.")
                    String name,
            @Option(names = "--member", paramLabel = "NAME", description = "Of role member: which one it is.") @Nullable
                    String member,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "When it ends, such as 2027-01-01T00:00:00Z. Default: when it is revoked.")
                    @Nullable
                    String until) {
        Holder holder = new Holder(
                name,
                Role.of(role),
                Optional.ofNullable(member),
                Optional.ofNullable(until).map(AccessCommand::end));
        String secret = Access.draw(new SecureRandom());
        return OpenHouse.ask(house -> {
            new AccessRegister(house.database()).give(Access.kept(secret), holder);
            out().println(secret);
            err().println("for " + line(new Token(Access.kept(secret), holder, false))
                    + ": shown this once; send it as a bearer token");
            return ExitCode.OK;
        });
    }

    private static Instant end(String until) {
        try {
            Instant end = Instant.parse(until);
            if (end.isAfter(Clock.systemUTC().instant())) {
                return end;
            }
        } catch (DateTimeParseException e) {
            throw new BadInput("--until", until, "must be a time such as 2027-01-01T00:00:00Z");
        }
        throw new BadInput("--until", until, "must be later than now");
    }

    @Command(name = "list", description = "Every token that was ever given: who has it, as what, until when.")
    int list() {
        return OpenHouse.ask(house -> {
            new AccessRegister(house.database()).tokens().forEach(token -> out().println(line(token)));
            return ExitCode.OK;
        });
    }

    private static String line(Token token) {
        Holder holder = token.holder();
        return holder.name() + ", " + holder.role().word()
                + holder.subject().map(member -> " " + member).orElse("")
                + ", "
                + (token.revoked()
                        ? "revoked"
                        : holder.until().map(end -> "until " + end).orElse("until revoked"))
                + ", SHA-256 " + token.sha256().hex();
    }

    @Command(name = "revoke", description = "Takes every token of somebody back, at once and for good.")
    int revoke(@Parameters(paramLabel = "NAME", description = "Whose.") String name) {
        int revoked = OpenHouse.ask(house -> new AccessRegister(house.database()).revoke(name));
        if (revoked == 0) {
            throw new BadInput("NAME", name, "must have a token that is not revoked");
        }
        out().println(revoked + (revoked == 1 ? " token of " : " tokens of ") + name + " revoked");
        return ExitCode.OK;
    }

    @Command(name = "log", description = "Consents, legal holds, and who looked at an account that is another's.")
    int log(
            @Option(
                            names = "--from",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Place of the first look. Default: 1.")
                    int from) {
        return OpenHouse.ask(house -> {
            OversightRegister oversight = new OversightRegister(house.database());
            Optional<AccessLog.Given> given = Optional.of(AccessLog.Given.from(from));
            while (given.isPresent()) {
                AccessLog.Part part = AccessLog.after(oversight, given.get(), LINES, Optional.empty());
                part.log().consents().forEach(consent -> out().println(consent.text()));
                part.log().holds().forEach(hold -> out().println(hold.text()));
                part.log().looks().forEach(look -> out().println(look.text()));
                given = part.last();
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "hold",
            description = {
                "Proposes a legal hold on an account; another of the other role, operator or auditor, confirms it, and either ends it.",
                "Who acts is known by a token in a file."
            })
    int hold(
            @Parameters(paramLabel = "ACT", description = "propose, confirm or end.") String act,
            @Option(
                            names = "--as",
                            paramLabel = "FILE",
                            required = true,
                            description = "File with the token of an operator or auditor, readable by you alone.")
                    Path as,
            @Option(names = "--hold", paramLabel = "N", description = "Which, to confirm or to end.") @Nullable
                    Integer hold,
            @Option(names = "--account", paramLabel = "N", description = "Of which account, to propose.") @Nullable
                    Integer account,
            @Option(names = "--reason", paramLabel = "TEXT", description = "Why, to propose.") @Nullable String reason,
            @Option(
                            names = "--days",
                            paramLabel = "D",
                            defaultValue = "30",
                            description = "How long, to propose. Default: 30.")
                    int days) {
        Instant now = Clock.systemUTC().instant();
        int done = switch (act) {
            case "propose" -> {
                if (account == null || reason == null) {
                    throw new BadInput("--account, --reason", "", "must be given to propose");
                }
                yield acting(
                        as,
                        (oversight, actor) ->
                                oversight.propose(account, reason, now.plus(Duration.ofDays(days)), actor, now));
            }
            case "confirm", "end" -> {
                if (hold == null) {
                    throw new BadInput("--hold", "", "must be given to " + act);
                }
                yield acting(as, (oversight, actor) -> {
                    if (act.equals("end")) {
                        oversight.end(hold, actor, now);
                    } else {
                        oversight.confirm(hold, actor, now);
                    }
                    return hold;
                });
            }
            default -> throw new BadInput("ACT", act, "must be propose, confirm or end");
        };
        String said = OpenHouse.ask(house ->
                AccessLog.hold(new OversightRegister(house.database()), done).text());
        out().println(said);
        return ExitCode.OK;
    }

    private static int acting(Path as, ToIntBiFunction<OversightRegister, Actor> act) {
        String secret = secret(as);
        return OpenHouse.ask((House house) -> {
            Holder holder = new AccessRegister(house.database())
                    .holder(Access.kept(secret), Clock.systemUTC().instant())
                    .orElseThrow(() -> new BadInput("--as", as.toString(), "must hold a token that is in force"));
            return act.applyAsInt(new OversightRegister(house.database()), new Actor(holder.name(), holder.role()));
        });
    }

    /** The secret in a file that its owner alone may read. */
    static String secret(Path file) {
        return new String(InputFile.secretBytes(file, SECRET_MAX), US_ASCII).strip();
    }
}
