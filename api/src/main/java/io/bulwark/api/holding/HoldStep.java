package io.bulwark.api.holding;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.InputFile;
import io.bulwark.api.door.OutputFile;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.holding.SignedHoldings;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.SigningKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The step {@code hold} of book and fund: the quorum signs what the house holds for one of them.
 *
 * @param purpose which of them
 * @param out where answers go
 */
public record HoldStep(HoldingPurpose purpose, PrintWriter out) {

    /** Has a file's content signed and writes the signed list; gives the exit code. */
    public int run(Path file, @Nullable Long epoch, Path target) {
        HoldingsFile written = HoldingsFile.read(InputFile.bytes(file, HoldingsFile.BYTES_MAX));
        requirePurpose(file.toString() + ", for", written.purpose());
        return OpenHouse.ask(house -> {
            ComputedEpoch sealed = OpenHouse.epoch(house, epoch);
            HoldingList list = listed(file, written, sealed);
            SignedHouseStatement signed = house.signHoldings(list);
            SignedHoldings holdings =
                    new SignedHoldings(list, signed.statement().number(), signed.signatures(), written.evidence());
            OutputFile.write(target, holdings.canonical().encode());
            out.println("holdings of epoch " + sealed.number() + " for the " + purpose.word() + ": "
                    + list.holdings().size() + " pieces, signed by "
                    + signed.signatures().size() + " members ("
                    + SigningKeys.ONE_MACHINE + "), number "
                    + signed.statement().number());
            out.println("  written to " + target);
            return ExitCode.OK;
        });
    }

    private static HoldingList listed(Path file, HoldingsFile written, ComputedEpoch sealed) {
        try {
            return written.list(sealed.sealed().epoch().house(), sealed.number());
        } catch (CanonicalException e) {
            throw new BadInput(file.toString(), e.field(), e.rule());
        }
    }

    /** The signed list that this step wrote. */
    public SignedHoldings read(Path file) {
        SignedHoldings holdings = any(file);
        requirePurpose("--holdings", holdings.list().purpose());
        return holdings;
    }

    /** A signed list, whatever it is for. */
    public static SignedHoldings any(Path file) {
        byte[] bytes = InputFile.bytes(file, SignedHoldings.BYTES_MAX);
        return BadInput.refusing("--holdings", file.toString(), () -> SignedHoldings.read(bytes));
    }

    private void requirePurpose(String field, HoldingPurpose found) {
        if (found != purpose) {
            throw new BadInput(
                    field,
                    found.word(),
                    "must be " + purpose.word() + ": what backs one thing does not back the other");
        }
    }
}
