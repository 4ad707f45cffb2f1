package io.bulwark.house;

import io.bulwark.clearing.epoch.SealedEpoch;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a house must be before it is served, or goes on. */
final class OpeningChecks {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningChecks.class);

    private OpeningChecks() {}

    /**
     * Nothing is served by a house that is another than the founded one.
     *
     * @throws IllegalStateException if a quorum key is missing or another, or the books hold another house's epochs
     */
    static void requireItsKeys(House house) {
        List<Path> moved = house.signing().takeIn();
        if (!moved.isEmpty()) {
            LOG.warn(
                    "{} signing keys lay among the proving keys, which are for everybody; they were moved into {}",
                    moved.size(),
                    house.home().signing());
        }
        if (house.founding().isPresent()) {
            house.signing().quorum();
            requireItsEpochs(house);
        }
    }

    /**
     * Its epochs are those of the founded house.
     *
     * @throws IllegalStateException if they are not
     */
    static void requireItsEpochs(House house) {
        house.founding()
                .ifPresent(founding -> house.epochs()
                        .latest()
                        .map(last -> last.sealed().epoch().house())
                        .filter(other -> !other.equals(founding.house()))
                        .ifPresent(other -> {
                            throw new IllegalStateException(
                                    "epochs must be of the founded house, " + founding.house() + "; have " + other);
                        }));
    }

    /**
     * Nothing is sealed on top of books that end earlier, or otherwise, than this machine saw them sealed, or that hold other rows than
     * epochs sealed.
     *
     * @throws IllegalStateException naming the first epoch or table that is gone or another
     */
    static void requireWitnessed(House house) {
        List<SealedEpoch> sealed = house.epochs().epochs(1, Integer.MAX_VALUE);
        house.witness().findings(sealed).stream().findFirst().ifPresent(finding -> {
            throw new IllegalStateException(finding + "; where the books were put back from a copy on purpose, move "
                    + house.home().witness() + " away");
        });
        house.archive().changedRows().stream().findFirst().ifPresent(finding -> {
            throw new IllegalStateException("the books are not those that were sealed: " + finding
                    + "; \"epoch books\" names whatever was changed");
        });
        house.witness().see(sealed);
    }
}
