package com.acme.marks;

import io.bulwark.adapter.fact.Glossary;
import io.bulwark.adapter.fact.VenueDecoder;
import java.util.Map;

/** What an answer of Acme says: for the house, and for whoever looks at a file. What its fields mean stands in {@code acme.marks.csv}. */
public final class AcmeDecoder implements VenueDecoder {
    static final AcmeDecoder INSTANCE = new AcmeDecoder();

    private static final Glossary WORDS = Glossary.of(AcmeDecoder.class, AcmeVenue.KIND + ".csv")
            .units("market", market -> Map.of("B", market.replace("-PERP", "")))
            .build();

    @Override
    public Glossary glossary() {
        return WORDS;
    }
}
