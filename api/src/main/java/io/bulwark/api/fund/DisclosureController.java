package io.bulwark.api.fund;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The daily quantitative disclosure. */
@Tag(name = "fund")
@Controller("/disclosures")
@HousePath
final class DisclosureController {
    private static final String CSV = "text/csv";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final SealedBooks books;

    DisclosureController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "disclosures",
            summary = "The quantitative disclosure of the latest epoch in the CPMI-IOSCO vocabulary",
            description =
                    "Every number beside the scenario that it rests on and the seal from which it is recomputed; fields that are not stated are listed with the reason.")
    @ApiResponse(
            responseCode = "200",
            description = "The disclosure",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = Disclosures.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                @Content(mediaType = XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @OpenTo({Role.MEMBER, Role.FUND_MANAGER, Role.AUDITOR})
    @Get("{?format}")
    @Produces({MediaType.APPLICATION_JSON, CSV, XLSX, MediaType.ALL})
    HttpResponse<?> disclosures(
            @Parameter(
                            description = "The form",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"json", "csv", "xlsx"}))
                    @QueryValue(defaultValue = "json")
                    String format) {
        ComputedEpoch epoch = Lookup.latest(books);
        Disclosures disclosures = Disclosures.of(epoch, books.fund(epoch.number()));
        return switch (format) {
            case "json" -> HttpResponse.ok(disclosures).contentType(MediaType.APPLICATION_JSON_TYPE);
            case "csv" -> file(DisclosureFile.csv(disclosures), MediaType.of("text/csv; charset=utf-8"), epoch, format);
            case "xlsx" -> file(DisclosureFile.xlsx(disclosures), MediaType.of(XLSX), epoch, format);
            default -> throw new BadInput("format", format, "must be json, csv or xlsx");
        };
    }

    private static HttpResponse<byte[]> file(byte[] bytes, MediaType type, ComputedEpoch epoch, String ending) {
        return HttpResponse.ok(bytes)
                .contentType(type)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"bulwark-disclosure-epoch-" + epoch.number() + "." + ending + "\"");
    }
}
