package io.bulwark.api.cli;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.api.cycle.BadInput;
import io.bulwark.api.inquiry.HouseFile;
import io.bulwark.api.inquiry.ShownReserves;
import io.bulwark.api.inquiry.ShownReserves.KnownHouse;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.proof.Expectation;
import io.bulwark.prover.proof.Judgement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a reader of a book knows for himself: the house, its file, keys, the time, and those who keep what a house holds. */
final class BookReader {
    private static final String PIN = "holdings";

    @Mixin
    private final AnchorOptions anchors;

    @Option(
            names = "--custodian",
            paramLabel = "PLACES=KEY",
            description = {
                "A venue or custodian whose Ed25519 key you know, by what its places begin with, such as kraken:=HEX. Signatures of others count as",
                "unsigned."
            })
    private Map<String, String> custodians;

    /** A reader whose anchors are options of his own. */
    BookReader() {
        this(new AnchorOptions(), Map.of());
    }

    /** A reader who has said already what he knows. */
    BookReader(AnchorOptions anchors, Map<String, String> custodians) {
        this.anchors = anchors;
        this.custodians = new LinkedHashMap<>(custodians);
    }

    /** The house's file; empty where none is given. */
    byte[] houseFile() {
        return anchors.houseFile();
    }

    /**
     * Files of keys that were named, or those of these identities in the home.
     *
     * @throws BadInput if one is not there
     */
    List<byte[]> keys(Digest... identities) {
        return anchors.keys(identities);
    }

    /** What the reader expects, with what he found of the reserves. */
    Expectation expectation(ShownReserves shown) {
        Expectation expected = anchors.expectation(Optional.empty(), 0);
        tell(expected, shown);
        return expected;
    }

    /** What stands behind the reserves of a book. */
    ShownReserves shown(ProverLibrary library, BookProof book) {
        byte[] file = houseFile();
        Optional<KnownHouse> known =
                file.length == 0 ? Optional.empty() : known(HouseFile.read(library, file), library, book);
        return ShownReserves.of(book, known, known());
    }

    private static void tell(Expectation expected, ShownReserves shown) {
        expected.fact(
                PIN,
                switch (shown.state()) {
                    case GIVEN -> Judgement.State.GIVEN;
                    case MISSING -> Judgement.State.MISSING;
                    case WRONG -> Judgement.State.WRONG;
                },
                shown.words());
    }

    private List<Custodian> known() {
        return custodians.entrySet().stream()
                .map(entry -> {
                    try {
                        return new Custodian(entry.getKey(), Digest.parse(entry.getValue()));
                    } catch (IllegalArgumentException e) {
                        throw new BadInput(
                                "--custodian",
                                entry.getKey() + "=" + entry.getValue(),
                                "must be PLACES=64 hexadecimal digits");
                    }
                })
                .toList();
    }

    /** The house, where its file knows the book's epoch and the one before; the first epoch's holdings may be a day old. */
    private static Optional<KnownHouse> known(HouseFile file, ProverLibrary library, BookProof book) {
        return file.epoch(book.statement().epoch().digest(library).digest()).flatMap(signed -> {
            long number = signed.sealed().epoch().number();
            Optional<Long> from = number == 1
                    ? Optional.of(signed.timeMillis() - HoldingWindow.FIRST_MILLIS)
                    : file.epochs().stream()
                            .filter(other -> other.sealed().epoch().number() == number - 1)
                            .map(HouseFile.Signed::timeMillis)
                            .findFirst();
            return from.map(begin -> new KnownHouse(
                    file.house(), Quorum.of(file.founding()), new HoldingWindow(begin, signed.timeMillis())));
        });
    }
}
