package io.bulwark.api.scenario;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.calibration.Calibration;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Which scenarios there are, and how likely one of one's own is. */
@Tag(name = "fund")
@Controller("/fund/scenarios")
@HousePath
final class ScenarioController {
    private final SealedBooks books;
    private Optional<Judge> judge = Optional.empty();

    ScenarioController(SealedBooks books) {
        this.books = books;
    }

    /** What the history of an epoch says; a calibration is seconds of work, so the last one is kept. */
    private record Judge(long epoch, Optional<Calibration> calibration) {}

    private synchronized Optional<Calibration> calibration(long epoch) {
        if (judge.filter(known -> known.epoch() == epoch).isEmpty()) {
            judge = Optional.of(new Judge(epoch, books.calibration(epoch)));
        }
        return judge.orElseThrow().calibration();
    }

    @Operation(
            operationId = "fundScenarios",
            summary =
                    "The scenarios that the house knows, with the move of every asset in each, and what may be asked about")
    @OpenTo(Role.FUND_MANAGER)
    @Get
    KnownScenarios known() {
        return KnownScenarios.of(Lookup.latest(books));
    }

    @Operation(
            operationId = "fundScenarioLikelihood",
            summary = "How likely a joint move of prices is on one day",
            description =
                    "Moves by asset, ppm. By the governed law over the epoch's stressed volatilities, and on how many recorded days it went"
                            + " as far. Not found where the epoch was sealed without a price history.")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @OpenTo(Role.FUND_MANAGER)
    @Post("/likelihood")
    LikelihoodAnswer likelihood(@Body byte[] body) {
        ComputedEpoch epoch = Lookup.latest(books);
        AskedMoves moves = AskedMoves.read(JsonFields.request(body), 0, epoch);
        return calibration(epoch.number())
                .map(known -> LikelihoodAnswer.of(known.likelihood(moves.prices())))
                .orElseThrow(() -> Lookup.absent("Epoch " + epoch.number()
                        + " was sealed without a price history: nothing says how likely a move is."));
    }
}
