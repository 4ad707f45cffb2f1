package io.bulwark.api.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Where a newcomer lands: what this is and where to go on. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Bulwark",
                        version = "0.1",
                        license = @License(name = "Apache-2.0"),
                        description =
                                "A multi-protocol clearing house whose margin is one integer: computed, stored and proved. "
                                        + "Money is a whole number of u = 0.0001 USD (int64); quantities are whole lots of the instrument. "
                                        + "A reader whose JSON numbers end at 2^53 takes the decimal texts that stand beside, and may send whole numbers as texts. "
                                        + "Every answer that is not a success is a problem detail of RFC 9457."))
@Tag(name = "house")
@Controller("/")
final class HomeController {

    @Operation(operationId = "home", summary = "What this is, and where to go on")
    @Get
    Home home() {
        return new Home(
                "Bulwark",
                "A multi-protocol clearing house whose margin is one integer: computed, stored and proved.",
                List.of(
                        "/accounts",
                        "/epochs",
                        "/margin/what-if",
                        "/fund",
                        "/quarantine",
                        "/verifier/index.html",
                        "/openapi.yml",
                        "/health",
                        "/prometheus"));
    }

    @Serdeable
    record Home(String name, String description, List<String> paths) {}
}
