package io.bulwark.api.house;

import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;

/** What everybody may know of the house, signed by its quorum: the same file as {@code bulwark epoch house} writes. */
@Tag(name = "house")
@Controller("/house.json")
@HousePath
final class HouseController {
    private final SealedBooks books;

    HouseController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "house",
            summary =
                    "The house file: founding document, signed list of keys with their records, signed epochs, newest first",
            description = "What provers and verifiers keep. Whose house it is, the reader must know from elsewhere.")
    @OpenTo(Role.PUBLIC)
    @Get("{?newest}")
    Map<String, Object> house(
            @Parameter(
                            description = "How many epochs",
                            schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "1000"))
                    @QueryValue(defaultValue = "1000")
                    int newest) {
        if (newest < 1 || newest > HouseFile.EPOCHS_MAX) {
            throw new BadInput("newest", Integer.toString(newest), "must be 1 to " + HouseFile.EPOCHS_MAX);
        }
        return books.houseFile(newest).json();
    }
}
