package io.bulwark.api.proof;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.register.ProofJobRegister.ProofJobRecord;
import io.bulwark.clearing.register.ProofJobRegister.ProofOutcome;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.proof.ProofJobs;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Proofs over sealed epochs, made for owners who keep their keys on this machine. */
@Tag(name = "proofs")
@Controller("/proofs")
@HousePath
final class ProofController {
    private static final int DEAD = 100;

    private final SealedBooks books;
    private final ProofJobs jobs;

    ProofController(SealedBooks books, ProofJobs jobs) {
        this.books = books;
        this.jobs = jobs;
    }

    @Operation(
            operationId = "prove",
            summary = "Proves a claim of one account over a sealed epoch",
            description =
                    "Takes seconds. The answer's bundle is all that a verifier needs beside the verifying key. The same request is the same job: asked again, it gives the same proof.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProofRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The proof",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProofAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "No proof yet: the job, which stays where Location says",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProofJobAnswer.class)))
    @ApiResponse(
            responseCode = "429",
            description = "The account has as many proofs waiting as it may; Retry-After says when to ask again")
    @OpenTo(Role.OWNER)
    @Post
    HttpResponse<?> prove(
            @Body byte[] request,
            @Parameter(description = "respond-async, or wait=N seconds (RFC 7240); without it, a minute is waited")
                    @Header("Prefer")
                    Optional<String> prefer,
            @Parameter(hidden = true) Caller caller)
            throws InterruptedException {
        Preference preference = prefer.map(Preference::of).orElse(Preference.NONE);
        ProofInquiry inquiry = ProofInquiry.read(JsonFields.request(request));
        caller.mustOwn(inquiry.account());
        ComputedEpoch epoch = inquiry.epoch().isPresent()
                ? Lookup.epoch(books, inquiry.epoch().getAsLong())
                : Lookup.latest(books);
        AccountLine line = Lookup.account(epoch, inquiry.account());
        ProofJobRecord submitted = jobs.submit(
                epoch,
                inquiry.account(),
                inquiry.claim(line),
                inquiry.conversation().challenge(),
                inquiry.conversation().scope());
        ProofJobRecord record = jobs.await(submitted.job(), preference.patience());
        return record.outcome().isPresent()
                ? HttpResponse.ok(answer(record, record.outcome().get()))
                : HttpResponse.accepted(
                                URI.create("/proofs/" + record.job().id().hex()))
                        .body(answer(record));
    }

    private ProofAnswer answer(ProofJobRecord record, ProofOutcome outcome) {
        return switch (outcome) {
            case ProofOutcome.Proved(Digest proof) -> kept(record, proof);
            case ProofOutcome.Unfit(Refusal reason) ->
                throw new HttpStatusException(HttpStatus.UNPROCESSABLE_ENTITY, reason.rule());
            case ProofOutcome.Refused(Refusal reason) ->
                throw new BadInput(reason.field(), reason.value(), reason.rule());
            case ProofOutcome.Dead dead ->
                throw new HttpStatusException(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "proof job " + record.job().id() + " is dead");
        };
    }

    private ProofAnswer kept(ProofJobRecord record, Digest proof) {
        return ProofAnswer.of(books.proof(record.job().epoch(), proof)
                .orElseThrow(() -> new IllegalStateException("proof " + proof + " must be in the books")));
    }

    private ProofJobAnswer answer(ProofJobRecord record) {
        return ProofJobAnswer.of(record, proof -> kept(record, proof));
    }

    @Operation(
            operationId = "proofJob",
            summary = "A proof that was asked for: its state, and the proof once it is made",
            description = "The id is the SHA-256 of what was asked for; POST /proofs names it in Location.")
    @OpenTo(Role.OWNER)
    @Get("/{job}")
    ProofJobAnswer job(
            @Parameter(
                            description = "The job's id, 64 hexadecimal digits",
                            schema = @Schema(type = "string", pattern = "^[0-9a-f]{64}$"))
                    String job,
            @Parameter(hidden = true) Caller caller) {
        if (!job.matches("[0-9a-f]{64}")) {
            throw new BadInput("job", job, "must be 64 lower-case hexadecimal digits");
        }
        return jobs.find(Digest.parse(job))
                .filter(record -> caller.owns(record.job().clearingAccount()))
                .map(this::answer)
                .orElseThrow(() -> Lookup.absent("No proof job " + job + " is known."));
    }

    @Operation(
            operationId = "deadProofJobs",
            summary = "Proof jobs that every attempt failed at, the latest first",
            description = "100 of them, unless limit says otherwise. Nothing tries them again; they are kept for "
                    + "somebody to look at.")
    @OpenTo(Role.OPERATOR)
    @Get("/dead")
    HttpResponse<List<ProofJobAnswer>> dead(@OpenAPIRequest Caller.Page page) {
        List<ProofJobAnswer> dead = jobs.dead(page.after().map(Digest::parse), page.limit(DEAD) + 1).stream()
                .map(this::answer)
                .toList();
        return page.of(dead, DEAD, ProofJobAnswer::job);
    }
}
