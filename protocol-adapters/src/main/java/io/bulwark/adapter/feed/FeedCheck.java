package io.bulwark.adapter.feed;

import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a house that lists so takes what a protocol says.
 *
 * @param venue the protocol's number in the house
 * @param listing what the house lists
 */
record FeedCheck(int venue, Listing listing) {
    private static final String INSTRUMENT = ".instrument";

    /** Everything for which the house refuses the file, in the file's order; empty if it takes it. */
    List<Refusal> of(FeedFile said) {
        List<Refusal> findings = new ArrayList<>();
        if (said.account().venue() != venue) {
            findings.add(new Refusal("venue", String.valueOf(said.account().venue()), "must be " + venue));
        }
        if (said.grade() != EvidenceGrade.VENUE_SIGNATURE) {
            findings.add(new Refusal(
                    "grade",
                    said.grade().name(),
                    "must be VENUE_SIGNATURE: a push is what the venue itself signed, no more and no less"));
        }
        if (!said.horizon().sealable()) {
            findings.add(new Refusal("horizon", said.horizon().toString(), "must be final to be booked"));
        }
        switch (said) {
            case FeedFile.Snapshot snapshot -> {
                for (int i = 0; i < snapshot.holdings().size(); i++) {
                    listed("holdings[" + i + "]", snapshot.holdings().get(i)).ifPresent(findings::add);
                }
            }
            case FeedFile.Report report -> {
                for (int i = 0; i < report.prices().size(); i++) {
                    FeedFile.Report.Price price = report.prices().get(i);
                    subject("prices[" + i + "].subject", price.measure(), price.subject())
                            .ifPresent(findings::add);
                }
                for (int i = 0; i < report.market().size(); i++) {
                    own("market[" + i + "].subject", report.market().get(i).subject())
                            .ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    /** What the house takes and counts against the account: holdings that are no whole lots. */
    List<Refusal> uneven(FeedFile.Snapshot said) {
        List<Refusal> uneven = new ArrayList<>();
        for (int i = 0; i < said.holdings().size(); i++) {
            String at = "holdings[" + i + "].quantity";
            Holding holding = said.holdings().get(i);
            lot(holding)
                    .filter(lot -> holding.quantity()
                                    .toDecimal()
                                    .remainder(lot.toDecimal())
                                    .compareTo(BigDecimal.ZERO)
                            != 0)
                    .ifPresent(lot -> uneven.add(new Refusal(
                            at,
                            holding.quantity().toString(),
                            "should be whole lots of " + lot + ": what is over counts for nothing, or is charged")));
        }
        return uneven;
    }

    private Optional<Amount> lot(Holding holding) {
        return switch (holding) {
            case Holding.Derivative held -> instrument(held.instrument()).map(ListedInstrument::lot);
            case Holding.Collateral held -> lotOfAsset(held.asset());
            case Holding.Debt owed -> lotOfAsset(owed.asset());
            case Holding.Cash _ -> Optional.empty();
        };
    }

    private Optional<Amount> lotOfAsset(int number) {
        return listing.assets().stream()
                .filter(asset -> asset.number() == number)
                .findFirst()
                .map(asset -> asset.lot());
    }

    private Optional<ListedInstrument> instrument(int number) {
        return listing.instruments().stream()
                .filter(i -> i.number() == number && i.venue() == venue)
                .findFirst();
    }

    private Optional<Refusal> listed(String at, Holding holding) {
        return switch (holding) {
            case Holding.Derivative held ->
                unless(
                        instrument(held.instrument()).isPresent(),
                        at + INSTRUMENT,
                        held.instrument(),
                        "must be the number of an instrument that the house lists at venue " + venue);
            case Holding.Collateral held -> asset(at, held.asset());
            case Holding.Debt owed -> asset(at, owed.asset());
            case Holding.Cash _ -> Optional.empty();
        };
    }

    private Optional<Refusal> asset(String at, int number) {
        return unless(
                lotOfAsset(number).isPresent(),
                at + ".asset",
                number,
                "must be the number of an asset that the house lists");
    }

    /** A venue marks its own contracts; of what all venues trade it reports what it sees. */
    private Optional<Refusal> subject(String at, Measure measure, String subject) {
        return switch (measure) {
            case MARK_PRICE, IMPLIED_VOLATILITY -> own(at, subject);
            case INDEX_PRICE ->
                unless(
                        listing.groupNamed(subject).isPresent()
                                || listing.assetNamed(subject).isPresent(),
                        at,
                        subject,
                        "must be the name of a risk group or asset that the house lists");
            case SHARE_CONTENT -> {
                String[] names = subject.split("/", -1);
                yield unless(
                        names.length == 2
                                && listing.assetNamed(names[0]).isPresent()
                                && listing.assetNamed(names[1]).isPresent(),
                        at,
                        subject,
                        "must be share/asset, both by the names that the house lists");
            }
        };
    }

    private Optional<Refusal> own(String at, String subject) {
        return unless(
                listing.instruments().stream()
                        .anyMatch(i -> i.venue() == venue && i.name().equals(subject)),
                at,
                subject,
                "must be the name of an instrument that the house lists at venue " + venue);
    }

    private static Optional<Refusal> unless(boolean holds, String field, Object value, String rule) {
        return holds ? Optional.empty() : Optional.of(new Refusal(field, String.valueOf(value), rule));
    }
}
