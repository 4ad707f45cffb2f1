package io.bulwark.api.house;

import io.bulwark.adapter.holding.Custodian;
import io.bulwark.adapter.holding.HoldingAudit;
import io.bulwark.adapter.holding.HoldingWindow;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.Quorum;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.SignedHoldings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who a reader takes the house of one epoch to be, from its house file, and what he makes of holdings that it shows.
 *
 * @param house its identity
 * @param epoch number of the epoch
 * @param quorum who signs for it
 * @param window when holdings of the epoch may have been seen
 * @param newest the newest holdings that the file says its quorum signed
 */
public record KnownHouse(Digest house, long epoch, Quorum quorum, HoldingWindow window, Optional<HoldingList> newest) {

    /** Holdings after a look at every piece. */
    public sealed interface Look {
        /** Every piece holds. */
        record Holds(HoldingAudit audit) implements Look {}

        /** Something does not, or they are not what they are shown as. */
        record Differs(String rule) implements Look {}
    }

    /** The house, where its file knows the epoch with this digest and the one before; the first epoch's holdings may be a day old. */
    public static Optional<KnownHouse> of(HouseFile file, Digest epochDigest) {
        return file.epoch(epochDigest).flatMap(signed -> {
            long number = signed.sealed().epoch().number();
            Optional<Long> from = number == 1
                    ? Optional.of(signed.timeMillis() - HoldingWindow.FIRST_MILLIS)
                    : file.epochs().stream()
                            .filter(other -> other.sealed().epoch().number() == number - 1)
                            .map(HouseFile.SignedEpoch::timeMillis)
                            .findFirst();
            return from.map(begin -> new KnownHouse(
                    file.house(),
                    number,
                    file.quorum(number),
                    new HoldingWindow(Instant.ofEpochMilli(begin), Instant.ofEpochMilli(signed.timeMillis())),
                    newest(file)));
        });
    }

    /** A document that is no list of holdings says nothing of any place. */
    private static Optional<HoldingList> newest(HouseFile file) {
        return file.statements().stream()
                .filter(signed -> signed.statement().subject() == HouseStatement.Subject.HOLDINGS)
                .map(SignedHouseStatement::document)
                .findFirst()
                .flatMap(document -> {
                    try {
                        return Optional.of(HoldingList.read(document));
                    } catch (IllegalArgumentException none) {
                        return Optional.empty();
                    }
                });
    }

    /** What a list is not, that is shown as held for a purpose in an epoch of a house; empty where it is that. */
    public static Optional<String> differs(HoldingList list, HoldingPurpose purpose, Digest house, long epoch) {
        if (!list.house().equals(house) || list.epoch() != epoch) {
            return Optional.of("holdings must be of epoch " + epoch + " of house " + house + "; they are of epoch "
                    + list.epoch() + " of house " + list.house());
        }
        if (list.purpose() != purpose) {
            return Optional.of("holdings must be held for the " + purpose.word() + "; these are for the "
                    + list.purpose().word());
        }
        return Optional.empty();
    }

    /** Looks at holdings that are shown for a purpose: whose, of which epoch, signed by whom, and at every piece. */
    public Look look(SignedHoldings shown, HoldingPurpose purpose, List<Custodian> custodians) {
        HoldingList list = shown.list();
        Optional<String> differs = differs(list, purpose, house, epoch).or(() -> twice(list));
        if (differs.isPresent()) {
            return new Look.Differs(differs.get());
        }
        if (shown.verdict(quorum) instanceof Quorum.Verdict.Unattested(int signed, int threshold)) {
            return new Look.Differs(
                    "holdings must be signed by " + threshold + " members of the quorum; " + signed + " signed");
        }
        try {
            return new Look.Holds(
                    HoldingAudit.of(list, shown.evidence(), new HoldingAudit.Reader(quorum, custodians, window)));
        } catch (HoldingAudit.Refused e) {
            return new Look.Differs(String.valueOf(e.getMessage()));
        }
    }

    /** A place of the list that the house's file shows for another purpose in the same epoch. */
    private Optional<String> twice(HoldingList list) {
        return newest.flatMap(other -> other.sharedWith(list))
                .map(place -> "place " + place + " must back one thing; the house file has it for the "
                        + newest.orElseThrow().purpose().word() + " of the same epoch");
    }
}
