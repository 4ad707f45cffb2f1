package io.bulwark.api.cli;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.risktable.RiskTable;
import java.nio.file.Path;

/** A risk table from a file: its canonical encoding, as {@code GET /epochs/N/table} gives it. */
final class TableFile {
    private static final long BYTES_MAX = 64 << 20;

    private TableFile() {}

    /**
     * Reads and checks the table.
     *
     * @throws BadInput if the file is not the one encoding of a well-formed table
     */
    static RiskTable read(Path file) {
        return read("--table", file);
    }

    /** The same, of the option that names it. */
    static RiskTable read(String option, Path file) {
        byte[] encoding = InputFile.bytes(file, BYTES_MAX);
        try {
            return RiskTable.decode(encoding);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    option, file.toString(), "must be the canonical encoding of a risk table: " + e.getMessage());
        }
    }
}
