package io.bulwark.api.history;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.door.PageFile;
import io.bulwark.api.house.Lookup;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.House;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;

/** The past as series, and the page of an account's owner. */
@Controller("/")
@HousePath
final class HistoryController {
    private static final int MOST = 1_000;

    private final House house;
    private final PageFile page;

    HistoryController(House house, PageFile page) {
        this.house = house;
        this.page = page;
    }

    @Tag(name = "accounts")
    @Operation(
            operationId = "accountHistory",
            summary = "The margin of an account epoch by epoch, the oldest first",
            description =
                    "The integers that each epoch sealed; nothing is computed again. The next part is of epochs before.")
    @OpenTo(byAccount = true)
    @Get("/accounts/{number}/history{?most}")
    HttpResponse<AccountHistory> account(
            int number,
            @Parameter(
                            description = "how many epochs at most",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "1000"))
                    @QueryValue(defaultValue = "100")
                    int most,
            @OpenAPIRequest Caller.Page page,
            @Parameter(hidden = true) Caller caller) {
        requireFew(most);
        caller.mustSee(number, Scope.MARGIN);
        Lookup.account(house.archive().latest().orElseThrow(() -> Lookup.absent("No epoch is sealed yet.")), number);
        long before = Math.min(page.number(Long.MAX_VALUE), house.archive().last() + 1);
        long first = Math.max(1, before - page.limit(most));
        return page.answer(
                AccountHistory.of(house, number, before, page.limit(most)),
                first > 1 ? Optional.of(Caller.Page.place(first)) : Optional.empty());
    }

    @Tag(name = "fund")
    @Operation(
            operationId = "fundHistory",
            summary = "What the fund had to hold, what was in it, and coverage, epoch by epoch, the oldest first",
            description =
                    "As they stood when each epoch's review was made; whoever replays the epoch finds them again. "
                            + "The next part is of epochs before.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/fund/history{?most}")
    HttpResponse<FundHistory> fund(
            @Parameter(
                            description = "how many epochs at most",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "1000"))
                    @QueryValue(defaultValue = "100")
                    int most,
            @OpenAPIRequest Caller.Page page) {
        requireFew(most);
        List<FundHistory.Point> read = FundHistory.of(house, page.number(Long.MAX_VALUE), page.limit(most) + 1)
                .points();
        List<FundHistory.Point> given = page.cut(read.reversed(), most).reversed();
        return page.answer(
                new FundHistory(given),
                given.size() < read.size()
                        ? Optional.of(Caller.Page.place(given.getFirst().epoch()))
                        : Optional.empty());
    }

    @Tag(name = "accounts")
    @Operation(
            operationId = "accountPage",
            summary = "The page of an account's owner, for a browser",
            description = "The same page for every account: it asks for what it shows.")
    @ApiResponse(
            responseCode = "200",
            description = "The page",
            content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
    @OpenTo(byAccount = true)
    @Get("/account/{number}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> page(int number, @Parameter(hidden = true) Caller caller) {
        caller.mustSee(number, Scope.MARGIN);
        Lookup.account(house.archive().latest().orElseThrow(() -> Lookup.absent("No epoch is sealed yet.")), number);
        return page.answer("home/account.html");
    }

    private static void requireFew(int most) {
        if (most < 1 || most > MOST) {
            throw new BadInput("most", Integer.toString(most), "must be 1 to " + MOST);
        }
    }
}
