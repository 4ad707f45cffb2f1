package io.bulwark.api.verification;

import io.bulwark.api.house.HouseFile;
import io.bulwark.api.house.KnownHouse;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.book.BookProof;
import io.bulwark.prover.proof.Expectation;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** What a reader of a book knows for himself: the house, its file, keys, the time, and those who keep what a house holds. */
final class BookReader {
    /** The pin of what is held. */
    static final String PIN = "holdings";

    @Mixin
    private final AnchorOptions anchors;

    @Mixin
    private final CustodianOptions custodians;

    /** A reader whose anchors are options of his own. */
    BookReader() {
        this(new AnchorOptions(), new CustodianOptions());
    }

    /** A reader who has said already what he knows. */
    BookReader(AnchorOptions anchors, CustodianOptions custodians) {
        this.anchors = anchors;
        this.custodians = custodians;
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
        Optional<KnownHouse> known = file.length == 0
                ? Optional.empty()
                : KnownHouse.of(
                        HouseFile.read(library, file),
                        book.statement().epoch().digest(library).digest());
        return ShownReserves.of(book, known, custodians.known());
    }

    private static void tell(Expectation expected, ShownReserves shown) {
        expected.fact(PIN, shown.state(), shown.words());
    }
}
