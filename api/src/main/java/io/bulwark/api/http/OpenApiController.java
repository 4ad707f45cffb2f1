package io.bulwark.api.http;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.HttpStatusException;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;

/** The description of this API, made from its own code when it was compiled. */
@Hidden
@Controller("/openapi.yml")
final class OpenApiController {
    private static final String DESCRIPTION = "classpath:META-INF/swagger/openapi.yml";

    private final ResourceResolver resources;

    OpenApiController(ResourceResolver resources) {
        this.resources = resources;
    }

    @Get
    @Produces("application/yaml")
    byte[] description() throws IOException {
        try (InputStream description = resources
                .getResourceAsStream(DESCRIPTION)
                .orElseThrow(() -> new HttpStatusException(
                        HttpStatus.INTERNAL_SERVER_ERROR, "the OpenAPI description is not in the build"))) {
            return description.readAllBytes();
        }
    }
}
