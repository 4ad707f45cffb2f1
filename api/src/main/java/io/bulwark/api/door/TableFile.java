package io.bulwark.api.door;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.risktable.RiskTable;
import java.nio.file.Path;

/** A risk table from a file: its canonical encoding, as {@code GET /epochs/N/table} gives it. */
public final class TableFile {
    private static final long BYTES_MAX = 64 << 20;

    private TableFile() {}

    /**
     * Reads and checks the table.
     *
     * @throws BadInput if the file is not the one encoding of a well-formed table
     */
    public static RiskTable read(Path file) {
        return read("--table", file);
    }

    /** The same, of the option that names it. */
    public static RiskTable read(String option, Path file) {
        byte[] encoding = InputFile.bytes(file, BYTES_MAX);
        try {
            return RiskTable.decode(encoding);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    option, file.toString(), "must be the canonical encoding of a risk table: " + e.getMessage());
        }
    }
}
