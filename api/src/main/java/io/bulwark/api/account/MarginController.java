package io.bulwark.api.account;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.api.venuemargin.VenueMarginAnswer;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.netting.risktable.RiskTable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Margins of portfolios that nobody has booked: what would be. */
@Tag(name = "margin")
@Controller("/margin")
@HousePath
final class MarginController {
    private final SealedBooks books;

    MarginController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "margin",
            summary = "The margin of any portfolio",
            description =
                    "Over the table of the latest sealed epoch, with an explanation whose terms sum exactly to the initial margin, and what the published contagion buffer asks beside it, where the house has one.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = NamedPortfolio.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The margin, explained",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MarginAnswer.class)))
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Post
    MarginAnswer margin(@Body byte[] portfolio) {
        EpochView view = EpochView.of(Lookup.latest(books));
        return MarginAnswer.of(NamedPortfolio.read(JsonFields.request(portfolio), view.table()), view);
    }

    @Operation(
            operationId = "venueMargins",
            summary = "What other venues' published engines would ask",
            description =
                    "Deribit's portfolio margin, Derive's risk managers, a scan of 16 scenarios and a grid of 10, over the prices of the latest sealed epoch; each with the convex requirement that Bulwark would take from it.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = NamedPortfolio.class)))
    @ApiResponse(
            responseCode = "200",
            description = "One line per engine",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = VenueMarginAnswer.class)))
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Post("/venues")
    VenueMarginAnswer venues(@Body byte[] portfolio) {
        RiskTable table = Lookup.latest(books).table();
        return VenueMarginAnswer.of(NamedPortfolio.read(JsonFields.request(portfolio), table), table);
    }
}
