package io.bulwark.api.http;

import io.bulwark.api.cycle.AccountLine;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.cycle.ProvingDesk;
import io.bulwark.api.inquiry.JsonFields;
import io.bulwark.api.inquiry.ProofAnswer;
import io.bulwark.api.inquiry.ProofInquiry;
import io.bulwark.api.inquiry.ProofRequest;
import io.bulwark.api.inquiry.SealedBooks;
import io.bulwark.prover.proof.Prover.Proving;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Proofs over sealed epochs, made for owners who keep their keys on this machine. */
@Tag(name = "proofs")
@Controller("/proofs")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
        responseCode = "4XX",
        description = "A problem: what was refused, or what is not here",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class ProofController {
    private final SealedBooks books;
    private final ProvingDesk desk;

    ProofController(SealedBooks books, ProvingDesk desk) {
        this.books = books;
        this.desk = desk;
    }

    @Operation(
            operationId = "prove",
            summary = "Proves a claim of one account over a sealed epoch",
            description = "Takes seconds. The answer's bundle is all that a verifier needs beside the verifying key.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProofRequest.class)))
    @Post
    ProofAnswer prove(@Body byte[] request) {
        ProofInquiry inquiry = ProofInquiry.read(JsonFields.read(request));
        ComputedEpoch epoch =
                inquiry.epoch().isPresent() ? Found.epoch(books, inquiry.epoch().getAsLong()) : Found.latest(books);
        AccountLine line = Found.account(epoch, inquiry.account());
        return switch (desk.prove(
                epoch, inquiry.account(), inquiry.claim(line), inquiry.challenge(), inquiry.scope())) {
            case Proving.Proved proved -> ProofAnswer.of(proved.bundle());
            case Proving.NoProofInThisShape none ->
                throw new HttpStatusException(HttpStatus.UNPROCESSABLE_ENTITY, none.reason());
            case Proving.Refused refused ->
                throw new BadInput(
                        "claim", ProofInquiry.word(inquiry.kind()), "must be provable: " + refused.refusal());
        };
    }
}
