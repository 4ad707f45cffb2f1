package io.bulwark.api.account;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.house.epoch.ComputedEpoch;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The accounts of the latest sealed epoch. */
@Tag(name = "accounts")
@Controller("/accounts")
@HousePath
final class AccountController {
    private final SealedBooks books;

    AccountController(SealedBooks books) {
        this.books = books;
    }

    @Operation(operationId = "accounts", summary = "Your own accounts in the latest sealed epoch")
    @ApiResponse(responseCode = "200", description = "Accounts by number; none before the first epoch")
    @OpenTo(byAccount = true)
    @Get
    HttpResponse<List<AccountSummary>> accounts(
            @OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        return page.of(
                books.latest().map(ComputedEpoch::accounts).orElse(List.of()).stream()
                        .filter(line -> caller.owns(line.number()))
                        .map(AccountSummary::of),
                account -> Caller.Page.place(account.number()));
    }

    @Operation(operationId = "account", summary = "One account")
    @OpenTo(byAccount = true)
    @Get("/{number}")
    AccountSummary account(int number, @Parameter(hidden = true) Caller caller) {
        caller.mustSee(number, Scope.MARGIN);
        return AccountSummary.of(Lookup.account(Lookup.latest(books), number));
    }

    @Operation(
            operationId = "accountMargin",
            summary = "The sealed margin of one account, explained",
            description =
                    "The terms of the explanation sum exactly to the initial margin, which is the integer in the proofs.")
    @OpenTo(byAccount = true)
    @Get("/{number}/margin")
    MarginAnswer margin(int number, @Parameter(hidden = true) Caller caller) {
        caller.mustSee(number, Scope.POSITIONS);
        return MarginAnswer.booked(Lookup.latest(books), number);
    }
}
