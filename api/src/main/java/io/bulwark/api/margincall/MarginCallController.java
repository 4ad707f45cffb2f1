package io.bulwark.api.margincall;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.margincall.LiquidationOrders;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/** Margin calls with their clocks, and what would be traded for who is liquidated. */
@Tag(name = "margin")
@SecurityRequirement(name = "token")
@SecurityRequirement(name = "cookie")
@Controller("/margin/calls")
@HousePath
final class MarginCallController {
    private final SealedBooks books;

    MarginCallController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "marginCalls",
            summary = "Who is called, since when, until when, and what is missing",
            description =
                    "Of the latest epoch, by epochs' times and by no clock. A price that swings round the threshold gives one call.")
    @Get
    MarginCallsAnswer calls() {
        return MarginCallsAnswer.of(Lookup.latest(books));
    }

    @Operation(
            operationId = "liquidationOrders",
            summary = "What would be traded for an account that is liquidated, batch by batch",
            description = "Each batch is margined again and the rest is planned anew. What was sent stands beside.")
    @Get("/{account}/orders")
    OrdersAnswer orders(int account) {
        ComputedEpoch epoch = Lookup.latest(books);
        Lookup.account(epoch, account);
        return LiquidationOrders.of(epoch, account)
                .map(orders -> OrdersAnswer.of(epoch, orders, books.sent(account)))
                .orElseThrow(() -> Lookup.absent("Account " + account + " is not liquidated in epoch " + epoch.number()
                        + ": GET /margin/calls says who is called."));
    }
}
