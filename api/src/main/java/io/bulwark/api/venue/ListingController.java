package io.bulwark.api.venue;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.house.House;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.HttpStatusException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What a house lists, for whoever wants to join. */
@Tag(name = "feeds")
@Controller("/listing")
@HousePath
final class ListingController {
    private final House house;

    ListingController(House house) {
        this.house = house;
    }

    @Operation(
            operationId = "listing",
            summary = "What the house lists: its founding file with what was admitted since, without accounts")
    @ApiResponse(
            responseCode = "200",
            description = "A founding file of the risk language",
            content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo(Role.PUBLIC)
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> listing() {
        return HttpResponse.ok(AgainstHouse.withoutAccounts(house.listing()
                .orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "The house is not founded yet."))));
    }
}
