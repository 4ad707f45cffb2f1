package io.bulwark.api.advice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.bulwark.api.account.AccountRequest;
import io.bulwark.api.account.EpochView;
import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.comparison.ComparisonAnswer;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.JsonMapper;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What would become of an account: changes, other methods, the way to a call and out of it. */
@Tag(name = "margin")
@Controller("/margin")
@HousePath
final class AdviceController {
    /** Members ask about one account again and again. */
    private static final int ACCOUNTS_MAX = 256;

    private final SealedBooks books;

    private final JsonMapper json;

    /** Booked accounts over the latest epoch, from which changes start; they say nothing of who asked. */
    private final Cache<Base, WhatIfAnswer.Start> starts =
            Caffeine.newBuilder().maximumSize(ACCOUNTS_MAX).build();

    /** What was told of them, as it is written. */
    private final Cache<MarginAnswer, byte[]> written =
            Caffeine.newBuilder().weakKeys().maximumSize(ACCOUNTS_MAX).build();

    /** An account as an epoch has it, and whether each of its entries alone stands beside it. */
    private record Base(Digest epoch, String account, boolean hedged) {}

    AdviceController(SealedBooks books, JsonMapper json) {
        this.books = books;
        this.json = json;
    }

    @Operation(
            operationId = "whatIf",
            summary = "What changes would do to a portfolio",
            description =
                    "Base portfolio (a booked account or any portfolio) plus changes gives margin, over the table of the latest sealed epoch; the contagion buffer, where the house publishes one, is what must be held after the changes. With hedging true also each entry alone beside the account, which takes half as long again; with fund true also what the fund would ask of the member and why an opening would be stopped, which takes some hundred times as long. Nothing is booked.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WhatIfRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Margin before and after",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WhatIfAnswer.class)))
    @OpenTo(byAccount = true)
    @Post("/what-if")
    byte[] whatIf(@Body byte[] request, @Parameter(hidden = true) Caller caller) {
        ComputedEpoch epoch = Lookup.latest(books);
        EpochView view = EpochView.of(epoch, () -> books.fund(epoch.number()));
        Digest sealed = epoch.sealed().digest();
        WhatIfAnswer answer = WhatIfAnswer.of(
                read(request, caller),
                view,
                WhatIfAnswer.Detail.WHERE_ASKED,
                (base, hedged, about) -> about.isNewcomer()
                        ? WhatIfAnswer.Start.of(base, hedged, about)
                        : starts.get(
                                new Base(sealed, about.subject(), hedged),
                                key -> WhatIfAnswer.Start.of(base, hedged, about.settled())));
        return answer.written(json, written.get(answer.before(), before -> answer.writtenBefore(json)));
    }

    @Operation(
            operationId = "compareMethods",
            summary = "One portfolio under every method",
            description =
                    "Isolated, cross, portfolio; static, value at risk, expected shortfall, stress: of a booked account or any portfolio, over the latest sealed epoch.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AccountRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "One line per method",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = ComparisonAnswer.class)))
    @OpenTo(byAccount = true)
    @Post("/comparison")
    ComparisonAnswer comparison(@Body byte[] request, @Parameter(hidden = true) Caller caller) {
        return ComparisonAnswer.of(read(request, caller), EpochView.of(Lookup.latest(books)));
    }

    @Operation(
            operationId = "outlook",
            summary = "How far an account is from a call and from liquidation, and what would cure it",
            description =
                    "Of a booked account or any portfolio, over the latest sealed epoch. Distances are found by building the table again for the moved market; every cure was margined again. Where the house publishes a contagion buffer, cures and largest trades leave E at least IM + Buffer.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AccountRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "Scenarios, distances, cures and the largest trades",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = OutlookAnswer.class)))
    @OpenTo(byAccount = true)
    @Post("/outlook")
    OutlookAnswer outlook(@Body byte[] request, @Parameter(hidden = true) Caller caller) {
        return OutlookAnswer.of(read(request, caller), EpochView.of(Lookup.latest(books)));
    }

    private static JsonFields read(byte[] request, Caller caller) {
        JsonFields fields = JsonFields.request(request);
        caller.mustSeeNamed(fields);
        return fields;
    }
}
