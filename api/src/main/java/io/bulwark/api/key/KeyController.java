package io.bulwark.api.key;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.proof.VerifyingKey;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Verifying keys, by identity. A key is trusted because the house's quorum signed a list that names it, never because it is here. */
@Tag(name = "house")
@Controller("/keys")
@HousePath
final class KeyController {
    private static final String FILE = MediaType.APPLICATION_OCTET_STREAM;
    private static final int NAMED = 16;

    /** The identity names record and key: what is kept under it can be no other. */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final VerifyingKeys keys;

    KeyController(VerifyingKeys keys) {
        this.keys = keys;
    }

    @Operation(operationId = "key", summary = "The file of a verifying key: its record, and the key")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = FILE, schema = @Schema(type = "string", format = "binary")))
    @OpenTo(Role.PUBLIC)
    @Get("/{identity}")
    @Produces({FILE, MediaType.ALL})
    HttpResponse<byte[]> key(
            @Parameter(
                            description = "64 hexadecimal digits",
                            schema = @Schema(type = "string", pattern = "^[0-9a-f]{64}$"))
                    String identity) {
        if (!identity.matches("[0-9a-f]{64}")) {
            throw new BadInput("identity", identity, "must be 64 lower-case hexadecimal digits");
        }
        VerifyingKey key = keys.find(Digest.parse(identity))
                .orElseThrow(() -> Lookup.absent("This house has no key " + identity + "."));
        return HttpResponse.ok(key.encode())
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, FOREVER)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"bulwark-" + identity.substring(0, NAMED) + ".vk\"");
    }
}
