package io.bulwark.api.epoch;

import io.bulwark.api.account.MarginAnswer;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.HousePath;
import io.bulwark.api.door.OpenTo;
import io.bulwark.api.house.Lookup;
import io.bulwark.api.house.SealedBooks;
import io.bulwark.api.proof.ProofAnswer;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.prover.proof.ProofBundle;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.openapi.annotation.OpenAPIRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;

/**
 * The sealed epochs, with the documents that anybody may have. The sealed inputs hold the salts of the leaves and are not served: whoever may see them reads the books.
 */
@Tag(name = "epochs")
@Controller("/epochs")
@HousePath
final class EpochController {
    private static final int SEALS = 100;

    private final SealedBooks books;

    EpochController(SealedBooks books) {
        this.books = books;
    }

    @Operation(
            operationId = "epochs",
            summary = "The latest seals with their roots, newest first",
            description = "100 of them, unless limit says otherwise.")
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Get
    HttpResponse<List<SealedEpoch>> epochs(@OpenAPIRequest Caller.Page page) {
        return page.of(
                books.seals(page.number(Long.MAX_VALUE) - 1, page.limit(SEALS) + 1),
                SEALS,
                seal -> Caller.Page.place(seal.epoch().number()));
    }

    @Operation(operationId = "latestEpoch", summary = "The latest sealed epoch, with your own accounts")
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Get("/latest")
    EpochSummary latest(@Parameter(hidden = true) Caller caller) {
        return EpochSummary.of(Lookup.latest(books), caller);
    }

    @Operation(operationId = "epoch", summary = "One sealed epoch, with your own accounts")
    @OpenTo({Role.MEMBER, Role.OWNER, Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR})
    @Get("/{number}")
    EpochSummary epoch(long number, @Parameter(hidden = true) Caller caller) {
        return EpochSummary.of(Lookup.epoch(books, number), caller);
    }

    @Operation(operationId = "epochMargin", summary = "The margin of an account as an epoch sealed it, explained")
    @OpenTo(byAccount = true)
    @Get("/{number}/accounts/{account}/margin")
    MarginAnswer margin(long number, int account, @Parameter(hidden = true) Caller caller) {
        caller.mustSee(account, Scope.POSITIONS);
        return MarginAnswer.booked(Lookup.epoch(books, number), account);
    }

    @Operation(
            operationId = "epochTable",
            summary = "The risk table of an epoch",
            description =
                    "Canonical encoding (deterministic CBOR); its SHA-256 is tableSha256 of the epoch. Anybody can compute every margin from it.")
    @OpenTo(Role.PUBLIC)
    @Get("/{number}/table")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    byte[] table(long number) {
        return Lookup.epoch(books, number).table().encode();
    }

    @Operation(
            operationId = "epochTariff",
            summary = "The buffer tariff of an epoch whose house publishes a contagion buffer",
            description =
                    "Canonical encoding (deterministic CBOR). Anybody can compute every buffer from it; not found where the house publishes none.")
    @OpenTo(Role.PUBLIC)
    @Get("/{number}/tariff")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    Optional<byte[]> tariff(long number) {
        return Lookup.epoch(books, number)
                .buffer()
                .map(buffer -> buffer.buffer().tariff().encode());
    }

    @Operation(operationId = "epochProofs", summary = "The proofs that were made over an epoch")
    @OpenTo(Role.AUDITOR)
    @Get("/{number}/proofs")
    HttpResponse<List<ProofAnswer>> proofs(long number, @OpenAPIRequest Caller.Page page) {
        List<ProofBundle> kept = books.proofs(Lookup.epoch(books, number).number());
        int given = (int) page.number(0);
        int most = page.limit(Caller.Page.MOST);
        List<ProofAnswer> answer =
                kept.stream().skip(given).limit(most).map(ProofAnswer::of).toList();
        return page.answer(
                answer,
                given + answer.size() < kept.size()
                        ? Optional.of(Caller.Page.place(given + answer.size()))
                        : Optional.empty());
    }
}
