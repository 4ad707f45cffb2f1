package io.bulwark.api.house;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Houses that a verifier knows, by names of its own: {@code {"name": "house in hexadecimal", …}}. Where each identity came from, the verifier knows;
 * it never comes from a file that is to be checked.
 *
 * @param houses identities by name
 */
record NamedHouses(SortedMap<String, Digest> houses) {
    /** Name of the file in a verifier's home. */
    public static final String FILE = "houses.json";

    private static final int NAME_MAX = 64;
    private static final String IDENTITY = "[0-9a-f]{64}";
    private static final String RULE = "must be a house: 64 lower-case hexadecimal digits, the first two 0";

    /** Copies. */
    public NamedHouses {
        houses = Collections.unmodifiableSortedMap(new TreeMap<>(houses));
    }

    /**
     * Reads the file.
     *
     * @throws BadInput naming the first name that is none, or whose house is none
     */
    public static NamedHouses read(byte[] json) {
        JsonFields fields = JsonFields.read(json);
        SortedMap<String, Digest> houses = new TreeMap<>();
        for (String name : fields.names()) {
            if (name.isBlank() || name.length() > NAME_MAX || name.matches(IDENTITY)) {
                throw fields.refuse(
                        name, "must have a name of 1 to " + NAME_MAX + " characters that is no house itself");
            }
            String house = fields.text(name, 2 * Digest.LENGTH);
            if (!isHouse(house)) {
                throw fields.refuse(name, RULE);
            }
            houses.put(name, Digest.parse(house));
        }
        return new NamedHouses(houses);
    }

    /**
     * The house that is meant: a name of this file, or an identity itself.
     *
     * @throws BadInput if it is neither
     */
    public Digest find(String option, String nameOrHouse) {
        if (nameOrHouse.matches(IDENTITY)) {
            return house(option, nameOrHouse);
        }
        Digest named = houses.get(nameOrHouse);
        if (named == null) {
            throw new BadInput(option, nameOrHouse, "must be a house, or one of the names " + houses.keySet());
        }
        return named;
    }

    /**
     * The house of an identity in hexadecimal.
     *
     * @throws BadInput if it is none
     */
    public static Digest house(String option, String hex) {
        if (!isHouse(hex)) {
            throw new BadInput(option, hex, RULE);
        }
        return Digest.parse(hex);
    }

    /** An identity is 31 bytes of a digest behind a zero byte. */
    private static boolean isHouse(String text) {
        return text.matches(IDENTITY) && text.startsWith("00");
    }
}
