package com.acme.marks;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Set;

/** Acme, an exchange of perpetuals. An account's address is its name there. */
public final class AcmeVenue implements Venue<AcmeFounding> {
    static final String KIND = "acme.marks";

    @Override
    public Form<AcmeFounding> form() {
        return new Form<>(KIND, 1, AcmeFounding.class);
    }

    @Override
    public ReadBudget budget(AcmeFounding founding) {
        return ReadBudget.perSecond(7);
    }

    @Override
    public VenueProfile profile(AcmeFounding founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative",
                "none: every digit counts",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(AcmeFounding founding, RawSnapshot raw, Listing listing) {
        return new AcmeNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(AcmeFounding founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new AcmeClient(at.transport(KIND)));
    }
}
