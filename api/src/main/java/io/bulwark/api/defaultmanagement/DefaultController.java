package io.bulwark.api.defaultmanagement;

import io.bulwark.api.door.HousePath;
import io.bulwark.house.House;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** How defaults went. */
@Tag(name = "fund")
@SecurityRequirement(name = "token")
@SecurityRequirement(name = "cookie")
@Controller("/fund/defaults")
@HousePath
final class DefaultController {
    private final House house;

    DefaultController(House house) {
        this.house = house;
    }

    @Operation(
            operationId = "fundDefaults",
            summary = "Every default that was declared, and how it went step by step",
            description =
                    "From the call that was not met to the account that is closed, from the books alone, by epochs' times.")
    @Get
    List<DefaultDay> defaults() {
        return DefaultDay.all(house);
    }
}
