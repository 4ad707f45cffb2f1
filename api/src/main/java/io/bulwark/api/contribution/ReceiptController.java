package io.bulwark.api.contribution;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What is asked of those who pay into the fund, and the receipts that show what came. */
@Tag(name = "fund")
@Controller("/fund")
@HousePath
final class ReceiptController {
    private final House house;

    ReceiptController(House house) {
        this.house = house;
    }

    @Operation(
            operationId = "fundCalls",
            summary = "What every payer was asked to have in the fund, what was received, and where each call stands",
            description = "At the latest epoch, by its time and not by a clock. Only what was received is in the fund.")
    @OpenTo({Role.MEMBER, Role.FUND_MANAGER, Role.OPERATOR})
    @Get("/calls")
    HttpResponse<CallsAnswer> calls(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        CallsAnswer all = ReceiptVerbs.answer(house).to(caller);
        List<CallsAnswer.Payer> rest = page.rest(all.payers().stream(), CallsAnswer.Payer::payer);
        List<CallsAnswer.Payer> given = page.cut(rest, Caller.Page.MOST);
        return page.answer(
                new CallsAnswer(all.epoch(), all.money(), given),
                given.size() < rest.size() ? Optional.of(given.getLast().payer()) : Optional.empty());
    }

    @Operation(
            operationId = "fundCoverage",
            summary = "How much of what the fund must hold was there, epoch by epoch, the newest first",
            description =
                    "As it stood when the epoch's review was made; whoever replays the epoch finds the same sums.")
    @OpenTo({Role.FUND_MANAGER, Role.AUDITOR})
    @Get("/coverage")
    HttpResponse<CoverageAnswer> coverage(
            @Parameter(
                            description = "how many epochs at most",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "10000"))
                    @QueryValue(defaultValue = "100")
                    int most,
            @OpenAPIRequest Caller.Page page) {
        if (most < 1 || most > CoverageAnswer.MOST) {
            throw new BadInput("most", Integer.toString(most), "must be 1 to " + CoverageAnswer.MOST);
        }
        CoverageAnswer read = CoverageAnswer.of(house, page.number(Long.MAX_VALUE), Math.addExact(page.limit(most), 1));
        List<CoverageAnswer.Reviewed> given = page.cut(read.epochs(), most);
        return page.answer(
                new CoverageAnswer(given),
                given.size() < read.epochs().size()
                        ? Optional.of(Caller.Page.place(given.getLast().epoch()))
                        : Optional.empty());
    }

    @Operation(
            operationId = "takeReceipt",
            summary = "Takes in a receipt: that money came into the fund, or went back",
            description =
                    "The file of bulwark fund receive. A payment counts once, by place and reference; what is refused is in quarantine.")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo(Role.OPERATOR)
    @Post("/receipts")
    @Consumes(MediaType.ALL)
    CallsAnswer.Payer receive(@Parameter(hidden = true) @Body byte[] body) {
        return ReceiptVerbs.receive(house, body, Clock.systemUTC().instant());
    }
}
