package io.bulwark.api.http;

import io.bulwark.api.inquiry.FundAnswer;
import io.bulwark.api.inquiry.SealedBooks;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The insurance fund. */
@Tag(name = "fund")
@Controller("/fund")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
        responseCode = "4XX",
        description = "A problem: what was refused, or what is not here",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class FundController {
    private final SealedBooks books;

    FundController(SealedBooks books) {
        this.books = books;
    }

    @Operation(operationId = "fund", summary = "What the fund must hold after the latest epoch (Cover-2), and why")
    @Get
    FundAnswer fund() {
        return FundAnswer.of(Found.latest(books));
    }
}
