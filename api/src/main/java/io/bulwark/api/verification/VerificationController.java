package io.bulwark.api.verification;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.api.key.VerifyingKeys;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.Judge;
import io.bulwark.prover.proof.Judgement;
import io.bulwark.prover.proof.VerifyingKey;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;

/** Judges proofs. Anybody does the same with {@code bulwark verify}, from files alone. */
@Tag(name = "proofs")
@Controller("/verification")
@HousePath
final class VerificationController {
    private static final String BY =
            "this house, about itself: check it with bulwark verify, or the page of somebody else, on a machine of your own";

    private final VerifyingKeys keys;
    private final SealedBooks books;
    private final ProverLibrary library;

    VerificationController(VerifyingKeys keys, SealedBooks books, ProverLibrary library) {
        this.keys = keys;
        this.books = books;
        this.library = library;
    }

    @Operation(
            operationId = "verify",
            summary = "Judges a proof of this house against what the caller expects",
            description =
                    "The same judge as in bulwark verify and in the page, held against this house's own keys and signed epochs: so it is the house's own word about itself, and says so. "
                            + "Nothing is remembered; whether an account was shown before, only a verifier knows.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = VerificationRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Trusted, valid without anchor, or refused, with every pin",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Verification.class)))
    @OpenTo(Role.PUBLIC)
    @Post
    Verification verify(@Body byte[] body) {
        VerificationInquiry asked = VerificationInquiry.read(JsonFields.read(body), System.currentTimeMillis());
        VerifyingKey key = keys.require(asked.key());
        return switch (new Judge(library).judge(asked.proof(), List.of(key.encode()), house(), asked.expected())) {
            case Answer.Given<Judgement>(Judgement judgement) -> Verification.of(judgement, Optional.of(BY));
            case Answer.Refused<Judgement> refused ->
                throw new BadInput(
                        refused.refusal().where(),
                        "",
                        "must be readable: " + refused.refusal().code());
        };
    }

    /** What this house publishes of itself; nothing before its first epoch. */
    private byte[] house() {
        return books.latest().isPresent()
                ? VerificationInquiry.encoded(books.houseFile(HouseFile.EPOCHS_MAX))
                : new byte[0];
    }
}
