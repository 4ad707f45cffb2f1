package io.bulwark.api.http;

import io.bulwark.api.cycle.ComputedEpoch;
import io.bulwark.api.inquiry.CounterfactualAnswer;
import io.bulwark.api.inquiry.FundAnswer;
import io.bulwark.api.inquiry.FundBoard;
import io.bulwark.api.inquiry.FundDistance;
import io.bulwark.api.inquiry.FundLevers;
import io.bulwark.api.inquiry.JsonFields;
import io.bulwark.api.inquiry.SealedBooks;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The insurance fund: for programs, and for whoever watches over it. */
@Tag(name = "fund")
@Controller("/fund")
@ExecuteOn(TaskExecutors.BLOCKING)
@ApiResponse(
        responseCode = "4XX",
        description = "A problem: what was refused, or what is not here",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class FundController {
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final SealedBooks books;
    private final FundPage page;

    FundController(SealedBooks books, FundPage page) {
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
    @Get
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    HttpResponse<?> fund(HttpHeaders headers) {
        if (headers.accept().stream().anyMatch(MediaType.TEXT_HTML_TYPE::equals)) {
            return page.answer();
        }
        ComputedEpoch epoch = Found.latest(books);
        return HttpResponse.ok(FundAnswer.of(epoch, books.fund(epoch.number())))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    @Operation(
            operationId = "fundBoard",
            summary = "Everything that the fund manager's page shows of the latest epoch",
            description =
                    "Layers, the worst pair with forced sales inside, who infects whom, headroom, concentration, the distribution of stress losses over margin without names.")
    @Get("/board")
    FundBoard board() {
        return board(Found.latest(books));
    }

    private FundBoard board(ComputedEpoch epoch) {
        return FundBoard.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundBoards",
            summary = "The board of the latest epoch, and of every later one as it is sealed",
            description =
                    "Server-sent events; the event's id is the epoch's number. A house without an epoch is silent until its first.")
    @ApiResponse(
            responseCode = "200",
            description = "A stream of boards",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(implementation = FundBoard.class)))
    @Get("/board/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<FundBoard>> boards() {
        return Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .concatMapIterable(tick -> books.latest().stream().toList())
                .distinctUntilChanged(ComputedEpoch::number)
                .map(epoch -> Event.of(board(epoch)).id(Long.toString(epoch.number())));
    }

    @Operation(
            operationId = "fundDistance",
            summary = "The smallest multiple of the worst row that exhausts what is paid into the fund",
            description =
                    "Multiples are scanned a quarter of the scenario at a time, and the edge found by bisection to one part per million.")
    @Get("/distance")
    FundDistance distance() {
        ComputedEpoch epoch = Found.latest(books);
        return FundDistance.of(epoch, books.fund(epoch.number()));
    }

    @Operation(
            operationId = "fundCounterfactual",
            summary = "A scenario of the fund at any scale with levers pulled, over the book of the latest epoch",
            description =
                    "Recomputed with the kernels of the epoch; nothing is booked. Every field may be absent: then it is the worst row as it is and nothing is done.")
    @RequestBody(content = @Content(schema = @Schema(implementation = FundLevers.class)))
    @Post("/counterfactual")
    CounterfactualAnswer counterfactual(@Body byte[] body) {
        ComputedEpoch epoch = Found.latest(books);
        return CounterfactualAnswer.of(JsonFields.read(body), epoch, books.fund(epoch.number()));
    }
}
