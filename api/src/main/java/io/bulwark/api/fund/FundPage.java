package io.bulwark.api.fund;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.exceptions.HttpStatusException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The fund manager's page as it is handed out: it may run its own modules, show its own styles, ask this house, and nothing else. */
@Singleton
final class FundPage {
    private static final String PAGE = "classpath:dashboard/index.html";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ResourceResolver resources;

    FundPage(ResourceResolver resources) {
        this.resources = resources;
    }

    HttpResponse<byte[]> answer() {
        try (InputStream page = resources
                .getResourceAsStream(PAGE)
                .orElseThrow(() -> new HttpStatusException(
                        HttpStatus.INTERNAL_SERVER_ERROR, "the fund manager's page is not in the build"))) {
            return HttpResponse.ok(page.readAllBytes())
                    .contentType(MediaType.of("text/html; charset=utf-8"))
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Vary", "Accept");
        } catch (IOException e) {
            throw new UncheckedIOException(PAGE, e);
        }
    }
}
