package io.bulwark.api.margincall;

import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.margincall.LiquidationOrders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Margin calls with their clocks, and what would be traded for who is liquidated. */
@Tag(name = "margin")
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
            description = "Of the latest epoch, by epochs' times and by no clock. A price that swings round the "
                    + "threshold gives one call. An owner sees those of his accounts, a member its own.")
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER})
    @Get
    HttpResponse<MarginCallsAnswer> calls(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        ComputedEpoch epoch = Lookup.latest(books);
        Map<Integer, String> members = caller.member().isEmpty()
                ? Map.of()
                : books.fund(epoch.number()).members();
        MarginCallsAnswer all = MarginCallsAnswer.of(
                epoch,
                account -> caller.is(Role.FUND_MANAGER)
                        || caller.owns(account)
                        || caller.member()
                                .filter(member -> member.equals(members.get(account)))
                                .isPresent());
        Function<MarginCallsAnswer.Call, String> place = call -> Caller.Page.place(call.account());
        List<MarginCallsAnswer.Call> rest = page.rest(all.calls().stream(), place);
        List<MarginCallsAnswer.Call> given = page.cut(rest, Caller.Page.MOST);
        return page.answer(
                new MarginCallsAnswer(all.epoch(), all.time(), given),
                given.size() < rest.size() ? Optional.of(place.apply(given.getLast())) : Optional.empty());
    }

    @Operation(
            operationId = "liquidationOrders",
            summary = "What would be traded for an account that is liquidated, batch by batch",
            description = "Each batch is margined again and the rest is planned anew. What was sent stands beside.")
    @OpenTo(byAccount = true)
    @Get("/{account}/orders")
    OrdersAnswer orders(int account, @Parameter(hidden = true) Caller caller) {
        caller.mustSee(account, Scope.POSITIONS);
        ComputedEpoch epoch = Lookup.latest(books);
        Lookup.account(epoch, account);
        return LiquidationOrders.of(epoch, account)
                .map(orders -> OrdersAnswer.of(epoch, orders, books.sent(account)))
                .orElseThrow(() -> Lookup.absent("Account " + account + " is not liquidated in epoch " + epoch.number()
                        + ": GET /margin/calls says who is called."));
    }
}
