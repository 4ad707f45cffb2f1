package io.bulwark.api.http;

import io.bulwark.api.access.Access;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.door.PageFile;
import io.bulwark.api.door.Problem;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where a newcomer lands: what this is and where to go on. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Bulwark",
                        version = "0.1",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0"),
                        description =
                                "A multi-protocol clearing house whose margin is one integer: computed, stored and proved. "
                                        + "Money is a whole number of u = 0.0001 USD (int64); quantities are whole lots of the instrument. "
                                        + "A reader whose JSON numbers end at 2^53 takes the decimal texts that stand beside, and may send whole numbers as texts. "
                                        + "Every answer that is not a success is a problem detail of RFC 9457. "
                                        + "What is not for everybody says to which roles it is open: the roles of a "
                                        + "security requirement are those of who may ask. A token that the operator "
                                        + "gave is a bearer token, a session begins with POST /access/sign-in. "
                                        + "Host and Origin must be names under which the house is reached."),
        servers = @Server(url = "/", description = "The house that serves this description"),
        tags = {
            @Tag(name = "house", description = "What the house is, and its keys"),
            @Tag(name = "accounts", description = "Accounts of sealed epochs"),
            @Tag(
                    name = "margin",
                    description = "Margins of what is booked and of what would be; calls and their orders"),
            @Tag(name = "epochs", description = "Sealed epochs, their tables and roots"),
            @Tag(name = "fund", description = "Need, cover, contagion, payments and losses of the shared fund"),
            @Tag(name = "proofs", description = "Proofs made, and proofs judged"),
            @Tag(name = "links", description = "Venue accounts that owners have linked"),
            @Tag(name = "quarantine", description = "What was refused, and why"),
            @Tag(name = "access", description = "Signing in, consents, legal holds, and who looked at an account"),
            @Tag(name = "feeds", description = "What a protocol pushes, and what it must hold to")
        })
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token that the operator gave, a session's, or the 64 hexadecimal digits of the file token in "
                + "the house's home: where it opens everything, it has every role")
@SecurityScheme(
        name = "session",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = "bulwark-session",
        description = "What signing in leaves in a browser; behind TLS its name begins with __Host-")
@SecurityScheme(
        name = "cookie",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        paramName = Access.HOUSE_COOKIE,
        description =
                "What the link that was printed at start leaves in a browser; behind TLS its name begins with __Host-")
@Tag(name = "house")
@Controller("/")
final class HomeController {
    private final Admission admission;
    private final PageFile page;

    HomeController(Admission admission, PageFile page) {
        this.admission = admission;
        this.page = page;
    }

    @Operation(
            operationId = "home",
            summary = "What this is, and where to go on",
            description =
                    "A browser, which asks for text/html, gets the first page. With the token of the link that was printed at start, it is given"
                            + " the cookie that opens the rest.")
    @ApiResponse(
            responseCode = "200",
            description = "Where to go on",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Home.class)))
    @ApiResponse(
            responseCode = "4XX",
            description = "A problem: this is not the token of this house",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @OpenTo(Role.PUBLIC)
    @Get("{?token}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> home(@Parameter(hidden = true) @QueryValue Optional<String> token, HttpHeaders headers) {
        if (token.isPresent()) {
            return welcome(token.get(), admission.isSecure(headers.get(HttpHeaders.HOST)));
        }
        return PageFile.isAskedFor(headers)
                ? page.answer("home/index.html")
                : HttpResponse.ok(index())
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    /** Puts the cookie in the token's place, so that the address which stays in the browser holds no token. */
    private HttpResponse<?> welcome(String brought, boolean secure) {
        if (!admission.token().isToken(brought)) {
            throw new HttpStatusException(HttpStatus.UNAUTHORIZED, "This is not the token of this house.");
        }
        return HttpResponse.seeOther(URI.create("/"))
                .cookie(Cookie.of(
                                Access.cookie(Access.HOUSE_COOKIE, secure),
                                admission.token().cookie())
                        .path("/")
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite(SameSite.Strict))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer");
    }

    private static Home index() {
        return new Home(
                "Bulwark",
                "A multi-protocol clearing house whose margin is one integer: computed, stored and proved.",
                List.of(
                        "/accounts",
                        "/epochs",
                        "/house.json",
                        "/margin/what-if",
                        "/fund",
                        "/quarantine",
                        "/verifier/index.html",
                        "/docs",
                        "/openapi.yml",
                        "/llms.txt",
                        "/health",
                        "/prometheus"));
    }

    @Serdeable
    record Home(String name, String description, List<String> paths) {}
}
