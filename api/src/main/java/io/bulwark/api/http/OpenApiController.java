package io.bulwark.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.api.door.OpenTo;
import io.bulwark.api.door.PageFile;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.web.router.Router;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The description of this API, made from its own code when it was compiled; who may use an operation, from the routes that run. The same
 * in short for language models, in the form of llmstxt.org.
 */
@Hidden
@Controller("/")
final class OpenApiController {
    private static final String DESCRIPTION = "classpath:META-INF/swagger/openapi.yml";

    private final byte[] description;
    private final byte[] inShort;
    private final PageFile page;

    OpenApiController(ResourceResolver resources, Router router, PageFile page) {
        this.page = page;
        try (InputStream compiled = resources
                .getResourceAsStream(DESCRIPTION)
                .orElseThrow(() -> new HttpStatusException(
                        HttpStatus.INTERNAL_SERVER_ERROR, "the OpenAPI description is not in the build"))) {
            this.description = DescribedDoor.in(compiled.readAllBytes(), router);
            this.inShort = DescribedDoor.inShort(description).getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(DESCRIPTION, e);
        }
    }

    @OpenTo(Role.PUBLIC)
    @Get("/openapi.yml")
    @Produces("application/yaml")
    byte[] description() {
        return description.clone();
    }

    @OpenTo(Role.PUBLIC)
    @Get("/llms.txt")
    @Produces("text/plain; charset=utf-8")
    byte[] inShort() {
        return inShort.clone();
    }

    /** The same for readers. */
    @OpenTo(Role.PUBLIC)
    @Get("/docs")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> reference() {
        return page.answer("reference/index.html");
    }
}
