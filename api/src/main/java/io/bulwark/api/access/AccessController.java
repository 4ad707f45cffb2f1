package io.bulwark.api.access;

import io.bulwark.api.access.Access.Brought;
import io.bulwark.api.access.Access.SignedIn;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.OversightRegister.Actor;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Signing in and out, what owners consent to, legal holds, and who looked. */
@Tag(name = "access")
@Controller("/access")
@HousePath
final class AccessController {
    private static final int TEXT_MAX = 2_000;
    private static final int LOOKS = 100;

    private final Access access;

    AccessController(Access access) {
        this.access = access;
    }

    /**
     * Who wants to come in.
     *
     * @param signer a wallet's address, 0x and 40 lower-case hexadecimal digits, or 64 of an Ed25519 key
     */
    @Serdeable
    record Challenge(String signer) {}

    /**
     * What is to be signed.
     *
     * @param text of EIP-4361, by personal_sign or by the Ed25519 key; valid for five minutes, once, at this door
     */
    @Serdeable
    record ToSign(String text) {}

    /**
     * A signed text.
     *
     * @param text as it was given
     * @param scheme eip191 for wallets, erc1271 for contract wallets, ed25519 for keys
     * @param signature 0x and hexadecimal digits
     */
    @Serdeable
    record Signed(String text, String scheme, String signature) {}

    /**
     * Who somebody is at this door.
     *
     * @param name of a token's holder, a wallet's address or a key
     * @param roles as what
     * @param everything whether every account is shown: the house's own token, where it opens everything
     * @param accounts its own
     * @param member the member that it is
     */
    @Serdeable
    record Known(
            String name,
            List<String> roles,
            boolean everything,
            List<Integer> accounts,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> member) {
        static Known of(Caller caller) {
            return new Known(
                    caller.name(),
                    Arrays.stream(Role.values())
                            .filter(role -> role != Role.PUBLIC && caller.is(role))
                            .map(Role::word)
                            .toList(),
                    caller.sight() instanceof Caller.Sight.Everything,
                    caller.sight() instanceof Caller.Sight.Of(Set<Integer> own, Caller.Right _)
                            ? own.stream().sorted().toList()
                            : List.of(),
                    caller.member());
        }
    }

    /**
     * A session.
     *
     * @param token for programs, as a bearer token; a browser has it as a cookie
     * @param until ISO 8601, UTC
     * @param known who it is
     */
    @Serdeable
    record Begun(String token, String until, Known known) {}

    @Operation(
            operationId = "signInChallenge",
            summary = "The text that a wallet or a key signs to come in",
            description = "EIP-4361. Nothing is kept of it; whose accounts it opens is looked up when it comes back.")
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(implementation = Challenge.class)))
    @OpenTo(Role.PUBLIC)
    @Post("/challenge")
    ToSign challenge(@Body byte[] request, HttpHeaders headers) {
        JsonFields asked = JsonFields.request(request);
        String signer = asked.text("signer", TEXT_MAX);
        asked.nothingElse();
        return new ToSign(access.challenge(origin(headers), signer).text());
    }

    @Operation(
            operationId = "signIn",
            summary = "Begins a session of whoever signed the text",
            description =
                    "Of an account's owner, by the key that the house took in (bulwark venue link owner), or of a "
                            + "venue that pushes, by its feed key. The answer is a bearer token for programs; a browser gets "
                            + "it as a cookie.")
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(implementation = Signed.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Begun.class)))
    @OpenTo(Role.PUBLIC)
    @Post("/sign-in")
    HttpResponse<Begun> signIn(@Body byte[] request, HttpHeaders headers) {
        JsonFields asked = JsonFields.request(request);
        String text = asked.text("text", TEXT_MAX);
        Scheme scheme = scheme(asked);
        byte[] signature = asked.bytes("signature", 1, LinkSignature.BYTES_MAX);
        asked.nothingElse();
        URI origin = origin(headers);
        return begun(origin, access.signIn(origin, text, scheme, signature));
    }

    @Operation(
            operationId = "beginSession",
            summary = "Begins a session of whoever brings a token that was given",
            description = "For browsers, which then keep a cookie and not the token.")
    @ApiResponse(
            responseCode = "200",
            description = "The session",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Begun.class)))
    @OpenTo({Role.MEMBER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Post("/session")
    HttpResponse<Begun> session(@Parameter(hidden = true) Caller caller, HttpHeaders headers) {
        return begun(origin(headers), access.session(caller.name()));
    }

    private static HttpResponse<Begun> begun(URI origin, SignedIn in) {
        boolean secure = "https".equals(origin.getScheme());
        return HttpResponse.ok(new Begun(in.secret(), in.until().toString(), Known.of(in.caller())))
                .cookie(Cookie.of(Access.cookie(Access.SESSION_COOKIE, secure), in.secret())
                        .path("/")
                        .httpOnly(true)
                        .secure(secure)
                        .maxAge(Access.SESSION)
                        .sameSite(SameSite.Strict))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static Scheme scheme(JsonFields asked) {
        String word = asked.text("scheme", TEXT_MAX);
        return switch (word) {
            case "eip191" -> Scheme.EIP191;
            case "erc1271" -> Scheme.ERC1271;
            case "ed25519" -> Scheme.ED25519;
            default -> throw asked.refuse("scheme", "must be eip191, erc1271 or ed25519");
        };
    }

    private URI origin(HttpHeaders headers) {
        return access.origin(headers.get(HttpHeaders.HOST));
    }

    @Operation(operationId = "signOut", summary = "Ends the session that the request brings")
    @OpenTo(byAccount = true)
    @Post("/sign-out")
    Known signOut(HttpRequest<?> request, @Parameter(hidden = true) Caller caller) {
        access.signOut(Brought.by(request));
        return Known.of(caller);
    }

    @Operation(operationId = "whoAmI", summary = "Who you are at this door")
    @OpenTo(byAccount = true)
    @Get("/me")
    Known me(@Parameter(hidden = true) Caller caller) {
        return Known.of(caller);
    }

    @Operation(
            operationId = "prepareConsent",
            summary = "What the owner of an account signs so that somebody else may look at it",
            description = "typed is what eth_signTypedData_v4 takes, text what personal_sign or an Ed25519 key signs. "
                    + "action is give or revoke, scope margin or positions.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ConsentFile.Asked.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The consent, to be signed",
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo(Role.OWNER)
    @Post("/consents/prepare")
    HttpResponse<String> prepare(@Body byte[] request, @Parameter(hidden = true) Caller caller) {
        ConsentFile.Asked asked = ConsentFile.Asked.read(JsonFields.request(request));
        caller.mustOwn(asked.account());
        return HttpResponse.ok(asked.file(access).json()).contentType("application/json");
    }

    @Operation(
            operationId = "takeConsent",
            summary = "Takes a consent, or its end, that an account's owner signed",
            description =
                    "What was prepared, with scheme and signature. Whose signature it is decides, not who brings it.")
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo({Role.OWNER, Role.OPERATOR})
    @Post("/consents")
    AccessLog.ConsentLine consent(@Body byte[] request) {
        return AccessLog.ConsentLine.of(ConsentFile.read(request).takenBy(access));
    }

    @Operation(
            operationId = "proposeHold",
            summary = "Proposes a legal hold on an account",
            description = "It opens nothing until somebody of the other role, operator or auditor, confirms it.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AccessLog.HoldAsked.class)))
    @OpenTo({Role.AUDITOR, Role.OPERATOR})
    @Post("/holds")
    AccessLog.HoldLine propose(@Body byte[] request, @Parameter(hidden = true) Caller caller) {
        AccessLog.HoldAsked asked = AccessLog.HoldAsked.read(JsonFields.request(request));
        int hold = access.oversight()
                .propose(asked.account(), asked.reason(), asked.end(access.now()), actor(caller), access.now());
        return AccessLog.hold(access.oversight(), hold);
    }

    @Operation(operationId = "confirmHold", summary = "Confirms a legal hold that somebody of the other role proposed")
    @OpenTo({Role.AUDITOR, Role.OPERATOR})
    @Post("/holds/{hold}/confirm")
    AccessLog.HoldLine confirm(int hold, @Parameter(hidden = true) Caller caller) {
        access.oversight().confirm(hold, actor(caller), access.now());
        return AccessLog.hold(access.oversight(), hold);
    }

    @Operation(operationId = "endHold", summary = "Ends a legal hold before its time")
    @OpenTo({Role.AUDITOR, Role.OPERATOR})
    @Post("/holds/{hold}/end")
    AccessLog.HoldLine end(int hold, @Parameter(hidden = true) Caller caller) {
        access.oversight().end(hold, actor(caller), access.now());
        return AccessLog.hold(access.oversight(), hold);
    }

    private static Actor actor(Caller caller) {
        return new Actor(caller.name(), caller.is(Role.OPERATOR) ? Role.OPERATOR : Role.AUDITOR);
    }

    @Operation(
            operationId = "accessLog",
            summary = "Consents, legal holds, and who looked at an account that is another's",
            description = "Every entry is sealed with an epoch. An owner sees those of his accounts. 100 of each kind, "
                    + "unless limit says otherwise.")
    @OpenTo({Role.OWNER, Role.AUDITOR, Role.OPERATOR})
    @Get("/log")
    HttpResponse<AccessLog> log(
            @Parameter(description = "Place of the first look, from 1") @QueryValue(defaultValue = "1") int from,
            @OpenAPIRequest Caller.Page page,
            @Parameter(hidden = true) Caller caller) {
        if (from < 1) {
            throw new BadInput("from", Integer.toString(from), "must be at least 1");
        }
        AccessLog.Part part = AccessLog.after(
                access.oversight(),
                page.after().map(AccessLog.Given::of).orElseGet(() -> AccessLog.Given.from(from)),
                page.limit(LOOKS),
                caller.is(Role.AUDITOR) || caller.is(Role.OPERATOR) ? Optional.empty() : caller.own());
        return page.answer(part.log(), part.last().map(AccessLog.Given::place));
    }
}
