package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.inquiry.Expectation;
import io.bulwark.api.inquiry.Verification;
import io.bulwark.api.inquiry.VerifyingKeys;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.proof.ProofBundle;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Checks proofs. Anybody can do the same with {@code bulwark verify} and the verifying key alone. */
@Tag(name = "proofs")
@Controller("/verification")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
        responseCode = "4XX",
        description = "A problem: what was refused, or what is not here",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class VerificationController {
    private final VerifyingKeys keys;
    private final ProverLibrary library;

    VerificationController(VerifyingKeys keys, ProverLibrary library) {
        this.keys = keys;
        this.library = library;
    }

    @Operation(
            operationId = "verify",
            summary = "Checks a proof against what the caller expects",
            description =
                    "The body is the proof bundle exactly as it was given. A proof that holds is worth nothing to a verifier who does not compare: "
                            + "name the seal, challenge, scope and claim that you expect.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema =
                                    @Schema(
                                            type = "object",
                                            description = "A proof bundle: format, version, key, proof, publicInputs")))
    @ApiResponse(
            responseCode = "200",
            description = "Accepted, or a named refusal",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Verification.class)))
    @Post("{?seal,challenge,scope,claim}")
    Verification verify(
            @Body byte[] bundle,
            @Parameter(description = "Expected epoch digest, 64 hexadecimal digits") @QueryValue Optional<String> seal,
            @Parameter(description = "Expected challenge") @QueryValue Optional<String> challenge,
            @Parameter(description = "Expected scope") @QueryValue Optional<String> scope,
            @Parameter(description = "Expected claim, the whole integer") @QueryValue Optional<String> claim) {
        ProofBundle proof = Verification.read(new String(bundle, UTF_8));
        Expectation expected = new Expectation(
                element("seal", seal),
                element("challenge", challenge),
                element("scope", scope),
                element("claim", claim));
        return Verification.of(library, keys.require(proof.key()), proof, expected);
    }

    private static Optional<FieldElement> element(String field, Optional<String> text) {
        return text.map(t -> Expectation.element(field, t));
    }
}
