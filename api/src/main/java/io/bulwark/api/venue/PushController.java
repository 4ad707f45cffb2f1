package io.bulwark.api.venue;

import io.bulwark.adapter.ConnectedVenue.Pusher;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.door.Problem;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.BookingResult;
import io.bulwark.house.FeedIntake.Receipt;
import io.bulwark.house.House;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HexFormat;
import java.util.Optional;

/** Where protocols push what they say. The protocol's signature over the file is all that is asked for: no token. */
@Tag(name = "feeds")
@Controller("/venues")
@HousePath
final class PushController {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SIGNED =
            "The header Feed-Signature is the Ed25519 signature of the protocol's key over the statement that GET /venues/{number} shows,"
                    + " with the file's SHA-256. The same file again has the same receipt. Another file of the same horizon is a"
                    + " contradiction (409): both are kept,"
                    + " the first counts. What is refused (422) is kept in quarantine, and the last accepted one stands.";

    private final House house;

    PushController(House house) {
        this.house = house;
    }

    /**
     * A venue that pushes.
     *
     * @param name as listed
     * @param key the protocol's Ed25519 public key
     * @param statement what it signs of a file, each line with its line feed; the last line is the file's SHA-256 in hexadecimal
     */
    @Serdeable
    record PushedVenue(int number, String name, String key, String statement) {}

    /**
     * The receipt of a push.
     *
     * @param account the venue account, or market
     * @param horizonMillis of which moment it speaks, UTC epoch milliseconds
     * @param file SHA-256 of the file
     * @param snapshot identity of what was kept: file, signature, of whom and when
     * @param outcome booked; or waiting, while an epoch is being sealed: it is taken in after it
     * @param entry of the journal, once it is booked
     * @param reader the house's reader, an Ed25519 public key
     * @param signature of the reader over the canonical ["bulwark-fetched", 1, snapshot], in hexadecimal
     */
    @Serdeable
    record PushReceipt(
            int venue,
            String account,
            long horizonMillis,
            String file,
            String snapshot,
            String outcome,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<Long> entry,

            String reader,
            String signature) {}

    @Operation(operationId = "pushedVenue", summary = "A venue that pushes: its key, and what it signs")
    @OpenTo(Role.PUBLIC)
    @Get("/{number}")
    PushedVenue venue(@Parameter(description = "The venue's number") int number) {
        Pusher<?> pusher = pusher(number);
        String statement = pusher.statement(new byte[0]);
        return new PushedVenue(
                number,
                house.file().orElseThrow().listing().venue(number).name(),
                pusher.key().hex(),
                statement.replace(Digest.sha256(new byte[0]).hex(), "<sha256>"));
    }

    @Operation(
            operationId = "pushSnapshot",
            summary = "Takes what an account of a protocol holds",
            description = SIGNED)
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "The receipt",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PushReceipt.class)))
    @OpenTo(Role.PUBLIC)
    @Post("/{number}/snapshots")
    @Consumes(MediaType.ALL)
    HttpResponse<?> snapshot(
            @Parameter(description = "The venue's number") int number,
            @Header("Feed-Signature") String signature,
            @Parameter(hidden = true) @Body byte[] file)
            throws InterruptedException {
        return answer(number, signature, file, false);
    }

    @Operation(operationId = "pushReport", summary = "Takes what the market of a protocol shows", description = SIGNED)
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "The receipt",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PushReceipt.class)))
    @OpenTo(Role.PUBLIC)
    @Post("/{number}/reports")
    @Consumes(MediaType.ALL)
    HttpResponse<?> report(
            @Parameter(description = "The venue's number") int number,
            @Header("Feed-Signature") String signature,
            @Parameter(hidden = true) @Body byte[] file)
            throws InterruptedException {
        return answer(number, signature, file, true);
    }

    private HttpResponse<?> answer(int number, String signature, byte[] file, boolean report)
            throws InterruptedException {
        Pusher<?> pusher = pusher(number);
        byte[] signed = bytes(signature);
        String place = "/venues/" + number + (report ? "/reports" : "/snapshots");
        if (!pusher.signed(file, signed)) {
            return problem(
                    HttpStatus.FORBIDDEN,
                    place,
                    new BadInput(
                            "Feed-Signature",
                            signature,
                            "must be the Ed25519 signature of " + pusher.key()
                                    + " over the statement that GET /venues/" + number
                                    + " shows, with the SHA-256 of the file, "
                                    + Digest.sha256(file)));
        }
        Receipt receipt = house.feeds().take(pusher, file, signed, report);
        return receipt.outcome().isEmpty()
                ? HttpResponse.accepted().body(receipt(receipt, "waiting", Optional.empty()))
                : switch (receipt.outcome().get()) {
                    case BookingResult.Booked(Digest _, long entry) ->
                        HttpResponse.ok(receipt(receipt, "booked", Optional.of(entry)));
                    case BookingResult.Superseded(Digest _, Digest _, long entry) ->
                        HttpResponse.ok(receipt(receipt, "booked", Optional.of(entry)));
                    case BookingResult.Duplicate _ -> HttpResponse.ok(receipt(receipt, "booked", Optional.empty()));
                    case BookingResult.Incident(Digest first, Digest second) ->
                        problem(
                                HttpStatus.CONFLICT,
                                place,
                                new BadInput(
                                        "horizon",
                                        String.valueOf(
                                                receipt.snapshot().horizon().timeMillis()),
                                        "must be spoken of once: snapshot " + first
                                                + " said otherwise; both are kept, the first counts. This one is "
                                                + second));
                    case BookingResult.Refused(Digest kept, var refusal) ->
                        problem(
                                HttpStatus.UNPROCESSABLE_ENTITY,
                                place,
                                new BadInput(
                                        refusal.field(),
                                        refusal.value(),
                                        refusal.rule() + "; kept in quarantine as " + kept));
                };
    }

    private Pusher<?> pusher(int number) {
        return house.feeds()
                .pusher(number)
                .orElseThrow(() -> new HttpStatusException(
                        HttpStatus.NOT_FOUND, "Venue " + number + " is not one that pushes to this house."));
    }

    private static byte[] bytes(String signature) {
        try {
            return HEX.parseHex(signature.strip());
        } catch (IllegalArgumentException e) {
            throw new BadInput("Feed-Signature", signature, "must be 128 hexadecimal digits");
        }
    }

    private static PushReceipt receipt(Receipt receipt, String outcome, Optional<Long> entry) {
        VenueAccount account = receipt.snapshot().account();
        return new PushReceipt(
                account.venue(),
                account.address(),
                receipt.snapshot().horizon().timeMillis(),
                receipt.file().hex(),
                receipt.snapshot().id().hex(),
                outcome,
                entry,
                receipt.answer().signer().hex(),
                HEX.formatHex(receipt.answer().signature()));
    }

    private static HttpResponse<Problem> problem(HttpStatus status, String place, BadInput refusal) {
        Problem said = Problem.of(refusal, place);
        return HttpResponse.<Problem>status(status)
                .contentType(Problem.MEDIA_TYPE)
                .body(new Problem(
                        said.type(),
                        said.title(),
                        status.getCode(),
                        said.detail(),
                        said.instance(),
                        said.field(),
                        said.value(),
                        said.rule()));
    }
}
