package io.bulwark.api.fund;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.door.PageFile;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.house.proof.FundProofs;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The insurance fund: for programs, and for whoever watches over it. */
@Tag(name = "fund")
@Controller("/fund")
@HousePath
final class FundController {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final String FILE = MediaType.APPLICATION_OCTET_STREAM;
    private static final int NAMED = 16;

    private final SealedBooks books;
    private final PageFile page;
    private Optional<Made> made = Optional.empty();

    FundController(SealedBooks books, PageFile page) {
        this.books = books;
        this.page = page;
    }

    @Operation(
            operationId = "fund",
            summary = "What the fund must hold after the latest epoch (Cover-2), and why",
            description = "A browser, which asks for text/html, gets the fund manager's page.")
    @ApiResponse(
            responseCode = "200",
            description = "The need and its causes",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = FundAnswer.class)))
    @OpenTo(Role.FUND_MANAGER)
    @Get
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> fund(HttpHeaders headers) {
        if (PageFile.isAskedFor(headers)) {
            return page.answer("dashboard/index.html");
        }
        ComputedEpoch epoch = Lookup.latest(books);
        return HttpResponse.ok(FundAnswer.of(epoch, books.fund(epoch.number())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Operation(
            operationId = "fundBoard",
            summary = "Everything that the fund manager's page shows of the latest epoch",
            description =
                    "Layers, the worst pair with forced sales inside, who infects whom, headroom, concentration, the distribution of stress losses over margin without names.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/board")
    FundBoard board() {
        return board(seen(Lookup.latest(books)));
    }

    /** The last board that was made: what every stream and request gets until an epoch is sealed or the fund's books move. */
    private record Made(Seen seen, FundBoard board) {}

    /** What a board follows from. */
    private record Seen(ComputedEpoch epoch, FundBook fund) {
        boolean same(Seen other) {
            return epoch.sealed().equals(other.epoch.sealed()) && fund.equals(other.fund);
        }
    }

    private Seen seen(ComputedEpoch epoch) {
        return new Seen(epoch, books.fund(epoch.number()));
    }

    private synchronized FundBoard board(Seen seen) {
        if (made.filter(m -> m.seen().same(seen)).isEmpty()) {
            made = Optional.of(new Made(seen, FundBoard.of(seen.epoch(), seen.fund())));
        }
        return made.orElseThrow().board();
    }

    @Operation(
            operationId = "fundBoards",
            summary =
                    "The board of the latest epoch, and a new one whenever an epoch is sealed or the fund's books move",
            description =
                    "Server-sent events; the event's id is the epoch's number. A house without an epoch is silent until its first.")
    @ApiResponse(
            responseCode = "200",
            description = "A stream of boards",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(implementation = FundBoard.class)))
    @OpenTo(Role.FUND_MANAGER)
    @Get("/board/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<FundBoard>> boards() {
        return Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .concatMapIterable(
                        tick -> books.latest().map(this::seen).stream().toList())
                .distinctUntilChanged(seen -> seen, Seen::same)
                .map(seen -> Event.of(board(seen)).id(Long.toString(seen.epoch().number())));
    }

    @Operation(
            operationId = "fundDistance",
            summary = "The smallest multiple of the worst row that exhausts what is paid into the fund",
            description =
                    "Multiples are scanned a quarter of the scenario at a time, and the edge found by bisection to one part per million.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/distance")
    FundDistance distance() {
        ComputedEpoch epoch = Lookup.latest(books);
        return FundDistance.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundVenues",
            summary = "What if a venue is gone tomorrow: what it would cost the fund, and who loses what claim",
            description = "Beside the layers of the sealed epoch, beyond what the market costs in the same scenario.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/venues")
    FundVenues venues() {
        return FundVenues.of(Lookup.latest(books));
    }

    @Operation(
            operationId = "fundSettlement",
            summary = "What everybody is asked for or gets back, netted into one amount a member, with what that saves",
            description =
                    "Contributions that are called, what goes back, and what margin calls miss; each net with its obligations.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/settlement")
    SettlementAnswer settlement() {
        ComputedEpoch epoch = Lookup.latest(books);
        return SettlementAnswer.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundCapital",
            summary =
                    "Capital under the Basel standard: of the house (K_CCP), and of each member for its contribution (K_CM)",
            description =
                    "Exposures by SA-CCR, netting sets are accounts; where every coin hedges (group 2a of SCO60), and where none does (2b).")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/capital")
    CapitalAnswer capital() {
        ComputedEpoch epoch = Lookup.latest(books);
        return CapitalAnswer.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundNetwork",
            summary =
                    "Who cannot pay whom after a price move if nobody steps in: clearing payments and DebtRank over accounts and venues",
            description =
                    "Claims are what an account has at a venue beyond what it owes there, after the row's moves. No fund pays, nobody is called.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/network")
    NetworkAnswer network(
            @Parameter(
                            required = false,
                            description = "a row of the vault table; -1: nothing moves. Absent: the worst of Cover-2",
                            schema = @Schema(type = "integer", format = "int32", minimum = "-1"))
                    @QueryValue
                    @Nullable
                    Integer row,
            @Parameter(required = false, description = "a venue that loses a part of what others hold there")
                    @QueryValue
                    @Nullable
                    String venue,
            @Parameter(
                            required = false,
                            description = "that part, ppm",
                            schema = @Schema(type = "integer", format = "int32", minimum = "0", maximum = "1000000"))
                    @QueryValue
                    @Nullable
                    Integer lost,
            @Parameter(
                            required = false,
                            description = "what a default leaves of what there is, ppm. Absent: all",
                            schema = @Schema(type = "integer", format = "int32", minimum = "0", maximum = "1000000"))
                    @QueryValue
                    @Nullable
                    Integer kept) {
        ComputedEpoch epoch = Lookup.latest(books);
        return NetworkAnswer.of(
                new NetworkAnswer.Asked(
                        Optional.ofNullable(row),
                        Optional.ofNullable(venue),
                        Optional.ofNullable(lost),
                        Optional.ofNullable(kept)),
                epoch,
                books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundPrice",
            summary = "What one more million USD of a position costs the fund, by member, asset and side",
            description = "Margined, netted and stressed again with the kernels of the epoch; nothing is booked.")
    @OpenTo(Role.FUND_MANAGER)
    @Get("/price")
    FundPrice price() {
        ComputedEpoch epoch = Lookup.latest(books);
        return FundPrice.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundProofs",
            summary = "The proofs of the fund that were kept with the latest epoch, each checked again",
            description =
                    "bulwark proof prove fund makes one and keeps it. Whoever takes one home checks it with bulwark verify FILE --key VK, against the house that it trusts.")
    @OpenTo({Role.FUND_MANAGER, Role.AUDITOR})
    @Get("/proofs")
    List<FundProofAnswer> proofs() {
        return kept().stream().map(FundProofAnswer::of).toList();
    }

    @Operation(operationId = "fundProof", summary = "The file of one of them, as bulwark verify reads it")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = FILE, schema = @Schema(type = "string", format = "binary")))
    @OpenTo({Role.FUND_MANAGER, Role.AUDITOR})
    @Get("/proofs/{digest}")
    @Produces({FILE, MediaType.ALL})
    HttpResponse<byte[]> proof(
            @Parameter(
                            description = "64 hexadecimal digits",
                            schema = @Schema(type = "string", pattern = "^[0-9a-f]{64}$"))
                    String digest) {
        FundProofs.Kept kept = kept(digest);
        return file(
                kept.proof().toJson().getBytes(StandardCharsets.UTF_8),
                "bulwark-fund-" + digest.substring(0, NAMED) + ".json");
    }

    @Operation(operationId = "fundProofKey", summary = "The verifying key that checks one of them")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(mediaType = FILE, schema = @Schema(type = "string", format = "binary")))
    @OpenTo({Role.FUND_MANAGER, Role.AUDITOR})
    @Get("/proofs/{digest}/key")
    @Produces({FILE, MediaType.ALL})
    HttpResponse<byte[]> key(
            @Parameter(
                            description = "64 hexadecimal digits",
                            schema = @Schema(type = "string", pattern = "^[0-9a-f]{64}$"))
                    String digest) {
        FundProofs.Kept kept = kept(digest);
        return file(
                kept.key().encode(),
                "bulwark-fund-" + kept.key().identity().hex().substring(0, NAMED) + ".vk");
    }

    private List<FundProofs.Kept> kept() {
        return books.fundProofs(Lookup.latest(books).number());
    }

    private FundProofs.Kept kept(String digest) {
        return kept().stream()
                .filter(k -> k.digest().hex().equals(digest))
                .findFirst()
                .orElseThrow(() -> Lookup.absent("No proof of the latest epoch's fund has the digest " + digest + "."));
    }

    private static HttpResponse<byte[]> file(byte[] bytes, String name) {
        return HttpResponse.ok(bytes)
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    @Operation(
            operationId = "fundCounterfactual",
            summary = "A scenario of the fund at any scale with levers pulled, over the book of the latest epoch",
            description =
                    "Recomputed with the kernels of the epoch; nothing is booked. Every field may be absent: then it is the worst row as it is and nothing is done.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = FundLevers.class)))
    @OpenTo(Role.FUND_MANAGER)
    @Post("/counterfactual")
    CounterfactualAnswer counterfactual(@Body byte[] body) {
        ComputedEpoch epoch = Lookup.latest(books);
        return CounterfactualAnswer.of(JsonFields.request(body), epoch, books.fund(epoch.number()));
    }
}
