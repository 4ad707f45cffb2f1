package io.bulwark.api.alert;

import io.bulwark.api.alert.AlertAnswer.Alert;
import io.bulwark.api.alert.AlertAnswer.Dead;
import io.bulwark.api.alert.AlertAnswer.Happened;
import io.bulwark.api.alert.AlertAnswer.Rule;
import io.bulwark.api.alert.AlertAnswer.Told;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.house.House;
import io.bulwark.house.alert.Alerts;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Alerts. */
@Tag(name = "alerts")
@Controller("/alerts")
@HousePath
final class AlertController {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BEAT = 15;
    private static final Duration STREAM = Duration.ofMinutes(15);
    private static final int AT_ONCE = 100;
    private static final String LAST_EVENT = "Last-Event-ID";

    private final AlertDesk desk;

    AlertController(House house, Alerts alerts) {
        this.desk = new AlertDesk(house, alerts);
    }

    @Operation(
            operationId = "alerts",
            summary = "The alerts that stand, and the newest that are over, as far as you may see what they are of",
            description =
                    "Of an account its owner, of the fund, members, assets and venues the roles that see them elsewhere. "
                            + "All that stand, and 50 that are over, unless limit says otherwise.")
    @OpenTo(byAccount = true)
    @Get
    HttpResponse<AlertAnswer> alerts(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        return desk.alerts(page, caller);
    }

    @Operation(
            operationId = "alertStream",
            summary = "What becomes of alerts, as it happens",
            description =
                    "Server-sent events. An event's id is its place: who comes again with Last-Event-ID misses none. "
                            + "A heartbeat without an id comes every 15 seconds; the stream ends after a quarter of an hour, "
                            + "and the browser comes again.")
    @ApiResponse(
            responseCode = "200",
            description = "A stream of what happened",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(implementation = Happened.class)))
    @OpenTo(byAccount = true)
    @Get("/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<Happened>> stream(HttpHeaders headers, @Parameter(hidden = true) Caller caller) {
        AtomicInteger read = new AtomicInteger(Optional.ofNullable(headers.get(LAST_EVENT))
                .filter(id -> id.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElseGet(desk::last));
        return Flux.interval(Duration.ZERO, LOOK)
                .onBackpressureDrop()
                .publishOn(Schedulers.boundedElastic())
                .concatMapIterable(tick -> {
                    List<AlertEvent> events = desk.after(read.get(), AT_ONCE, caller);
                    events.forEach(event -> read.set(event.number()));
                    return Stream.concat(events.stream().map(this::event), beat(tick))
                            .toList();
                })
                .take(STREAM);
    }

    private Event<Happened> event(AlertEvent event) {
        return Event.of(new Happened(event.step().word(), Optional.of(desk.alert(event.alert()))))
                .id(Integer.toString(event.number()));
    }

    private static Stream<Event<Happened>> beat(long tick) {
        return tick % BEAT == 0 ? Stream.of(Event.of(new Happened("heartbeat", Optional.empty()))) : Stream.empty();
    }

    @Operation(operationId = "alertRules", summary = "The rules in force, as far as you may see what they watch")
    @OpenTo(byAccount = true)
    @Get("/rules")
    HttpResponse<List<Rule>> rules(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        return page.of(desk.rules(caller).stream(), rule -> Caller.Page.place(rule.rule()));
    }

    @Operation(
            operationId = "addAlertRule",
            summary = "Watches a figure that you may see",
            description =
                    "An owner an account of his own (margin-ratio, distance, data-age, proof-age), a fund manager the fund, "
                            + "members, assets and venues. It is held against the latest epoch at once. The same again changes "
                            + "nothing.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AlertAnswer.RuleAsked.class)))
    @OpenTo(byAccount = true)
    @Post("/rules")
    Rule add(@Body byte[] body, @Parameter(hidden = true) Caller caller) {
        return desk.add(JsonFields.request(body), caller);
    }

    @Operation(operationId = "endAlertRule", summary = "Ends a rule of yours, and with it what stands by it")
    @OpenTo(byAccount = true)
    @Post("/rules/{number}/end")
    Rule end(int number, @Parameter(hidden = true) Caller caller) {
        return desk.end(number, caller);
    }

    @Operation(
            operationId = "acknowledgeAlert",
            summary = "Says that somebody knows of an alert",
            description =
                    "Once: the first who does is named beside it. The alert stands until its figure is at the rule's second edge.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AlertAnswer.Noted.class)))
    @OpenTo(byAccount = true)
    @Post("/{alert}/acknowledge")
    Alert acknowledge(int alert, @Body byte[] body, @Parameter(hidden = true) Caller caller) {
        return desk.acknowledge(alert, JsonFields.request(body), caller);
    }

    @Operation(operationId = "alertReceivers", summary = "Where you are told: webhooks and mailboxes of yours")
    @OpenTo(byAccount = true)
    @Get("/receivers")
    List<Told> receivers(@Parameter(hidden = true) Caller caller) {
        return desk.receivers(caller);
    }

    @Operation(
            operationId = "addAlertReceiver",
            summary = "Has you told of alerts by a signed webhook or by mail",
            description =
                    "Of those by rules of yours, and by the house's rules of what you may see. A webhook is signed by the "
                            + "Standard Webhooks specification with a secret that this answer shows once.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AlertAnswer.ToldAsked.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The receiver, with its secret",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Told.class)))
    @OpenTo(byAccount = true)
    @Post("/receivers")
    HttpResponse<Told> receiver(@Body byte[] body, @Parameter(hidden = true) Caller caller) {
        return HttpResponse.ok(desk.receiver(JsonFields.request(body), caller))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Operation(operationId = "endAlertReceiver", summary = "Ends a receiver of yours: nothing more is sent there")
    @OpenTo(byAccount = true)
    @Post("/receivers/{number}/end")
    Told endReceiver(int number, @Parameter(hidden = true) Caller caller) {
        return desk.endReceiver(number, caller);
    }

    @Operation(
            operationId = "deadAlerts",
            summary = "What could not be told to your receivers, however often it was tried, the newest first",
            description = "100 of them, unless limit says otherwise.")
    @OpenTo(byAccount = true)
    @Get("/dead")
    HttpResponse<List<Dead>> dead(@OpenAPIRequest Caller.Page page, @Parameter(hidden = true) Caller caller) {
        return desk.dead(page, caller);
    }

    @Operation(operationId = "resendAlert", summary = "Has it sent again, under the same id")
    @OpenTo(byAccount = true)
    @Post("/dead/{number}/resend")
    Dead resend(int number, @Parameter(hidden = true) Caller caller) {
        return desk.resend(number, caller);
    }
}
