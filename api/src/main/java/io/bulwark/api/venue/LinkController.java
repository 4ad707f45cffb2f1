package io.bulwark.api.venue;

import io.bulwark.api.access.Access;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.House;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Venue accounts linked to clearing accounts, and the signed statements that begin and end links. */
@Tag(name = "links")
@Controller("/links")
@HousePath
final class LinkController {
    private final House house;
    private final ContractWallets wallets;

    LinkController(House house, Access access) {
        this.house = house;
        this.wallets = access.contractWallets();
    }

    /**
     * A link.
     *
     * @param standing founded (no owner signed), consented or revoked
     * @param statement digest of the newest signed statement
     */
    @Serdeable
    record LinkLine(
            int clearingAccount,
            int venue,
            String venueAccount,
            String standing,

            @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED)
            Optional<String> statement) {
        String place() {
            return Caller.Page.place(clearingAccount) + Caller.Page.place(venue) + venueAccount;
        }
    }

    /**
     * A statement that is in the books.
     *
     * @param statement its digest
     */
    @Serdeable
    record Kept(String statement) {}

    @Operation(
            operationId = "links",
            summary = "Every link between a venue account and a clearing account, and where it stands")
    @OpenTo({Role.OWNER, Role.OPERATOR})
    @Get
    HttpResponse<List<LinkLine>> links(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        return page.of(
                house.links().links().stream()
                        .filter(link -> caller.is(Role.OPERATOR) || caller.owns(link.clearingAccount()))
                        .map(link -> new LinkLine(
                                link.clearingAccount(),
                                link.account().venue(),
                                link.account().address(),
                                link.standing().name().toLowerCase(Locale.ROOT),
                                link.statement().map(Digest::hex))),
                LinkLine::place);
    }

    @Operation(
            operationId = "takeLink",
            summary = "Takes a signed link or revocation",
            description =
                    "The file of bulwark venue link prepare with its signatures. A contract wallet is asked on the chain that the house names; one of another by bulwark venue link accept --node.")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo({Role.OWNER, Role.OPERATOR})
    @Post
    @Consumes(MediaType.ALL)
    Kept take(@Parameter(hidden = true) @Body byte[] body) {
        LinkFile signed = LinkFile.read(body);
        return new Kept(house.links()
                .take(
                        signed.statement(),
                        signed.signatures(),
                        wallets,
                        Clock.systemUTC().instant())
                .hex());
    }
}
