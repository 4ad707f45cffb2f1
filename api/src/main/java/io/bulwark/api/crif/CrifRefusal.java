package io.bulwark.api.crif;

/**
 * Something in a CRIF file that does not map.
 *
 * @param line of the file, from 1
 * @param field the column
 * @param value what stands there, shortened and without control characters
 * @param rule what must stand there
 */
record CrifRefusal(int line, String field, String value, String rule) {
    private static final int SHOWN_MAX = 80;

    /** Makes the value fit one line. */
    public CrifRefusal {
        String plain = value.replaceAll("\\p{Cntrl}", "\uFFFD");
        value = plain.length() <= SHOWN_MAX ? plain : plain.substring(0, SHOWN_MAX) + "…";
    }
}
