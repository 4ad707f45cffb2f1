package io.bulwark.api.defaultmanagement;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.house.House;
import io.bulwark.insurance.vault.VaultBook;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;

/** How defaults went. */
@Tag(name = "fund")
@Controller("/fund/defaults")
@HousePath
final class DefaultController {
    private final House house;
    private Optional<Made> made = Optional.empty();

    DefaultController(House house) {
        this.house = house;
    }

    /** The last answer, until an epoch is sealed, the fund's book moves or an order does: it looks at every epoch of a default. */
    private record Made(long epoch, VaultBook book, long orders, List<DefaultDay> days) {
        boolean is(long last, VaultBook now, long written) {
            return epoch == last && orders == written && book.equals(now);
        }
    }

    @Operation(
            operationId = "fundDefaults",
            summary = "Every default that was declared, and how it went step by step",
            description =
                    "From the call that was not met to the account that is closed, from the books alone, by epochs' times.")
    @OpenTo({Role.FUND_MANAGER, Role.AUDITOR})
    @Get
    synchronized List<DefaultDay> defaults() {
        long last = house.archive().last();
        VaultBook book = house.contributions().book();
        long written = house.orders().written();
        if (made.filter(answer -> answer.is(last, book, written)).isEmpty()) {
            made = Optional.of(new Made(last, book, written, DefaultDay.all(house)));
        }
        return made.orElseThrow().days();
    }
}
