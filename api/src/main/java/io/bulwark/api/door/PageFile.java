package io.bulwark.api.door;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.exceptions.HttpStatusException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A page as it is handed to browsers: it may run its own modules, show its own styles, ask this house, and nothing else. */
@Singleton
public final class PageFile {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ResourceResolver resources;

    PageFile(ResourceResolver resources) {
        this.resources = resources;
    }

    /** Whether who asks is a browser that shows pages: it names HTML among what it takes. */
    public static boolean isAskedFor(HttpHeaders headers) {
        return headers.accept().stream().anyMatch(MediaType.TEXT_HTML_TYPE::equals);
    }

    /**
     * The page in a file of the program.
     *
     * @param file its place among the program's resources
     */
    public HttpResponse<byte[]> answer(String file) {
        try (InputStream page = resources
                .getResourceAsStream("classpath:" + file)
                .orElseThrow(() -> new HttpStatusException(
                        HttpStatus.INTERNAL_SERVER_ERROR, "the page " + file + " is not in the build"))) {
            return HttpResponse.ok(page.readAllBytes())
                    .contentType(MediaType.of("text/html; charset=utf-8"))
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Vary", "Accept");
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
