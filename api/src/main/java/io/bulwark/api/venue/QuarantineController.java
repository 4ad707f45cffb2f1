package io.bulwark.api.venue;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Payloads of venues that were refused: kept whole in the books, named here by what they break. */
@Tag(name = "quarantine")
@Controller("/quarantine")
@HousePath
final class QuarantineController {
    private static final int PAYLOADS = 100;

    private final SealedBooks books;

    QuarantineController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "quarantine",
            summary = "Refused payloads, in the order in which they came",
            description =
                    "A malformed payload raises no margin and stops no other venue: the last accepted snapshot of its venue account "
                            + "stands. 100 of them, unless limit says otherwise.")
    @OpenTo({Role.AUDITOR, Role.OPERATOR})
    @Get("{?from}")
    HttpResponse<List<QuarantinedPayload>> quarantine(
            @Parameter(
                            description = "Place of the first",
                            schema = @Schema(type = "integer", format = "int64", minimum = "1"))
                    @QueryValue(defaultValue = "1")
                    long from,
            @OpenAPIRequest Caller.Page page) {
        if (from < 1) {
            throw new BadInput("from", Long.toString(from), "must be at least 1");
        }
        return page.of(
                books.quarantine(Math.max(from, page.number(0) + 1), page.limit(PAYLOADS) + 1),
                PAYLOADS,
                payload -> Caller.Page.place(payload.sequence()));
    }
}
