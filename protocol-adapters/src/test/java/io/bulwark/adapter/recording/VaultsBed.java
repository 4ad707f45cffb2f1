package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.instrument.Instrument;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A local chain with a Morpho Blue market and a vault, and a listing of what is on it. */
public final class VaultsBed implements AutoCloseable {
    private static final Path BED = Path.of("src/test/anvil");

    private final NodeScript script;

    /** Plays the chain, or skips the test with a printed line where Node is absent. */
    public VaultsBed() throws IOException {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: markets and vaults on a local chain need " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        script = NodeScript.start(BED, "vaults.mjs");
    }

    /** Where the node answers. */
    public URI endpoint() {
        return URI.create(text("url"));
    }

    /** A contract's or account's address, or another text of the script's line. */
    public String text(String name) {
        return line().get(name).asText();
    }

    /** What the protocols' own libraries say. */
    public BigInteger stated(String figure) {
        return new BigInteger(line().get("stated").get(figure).asText());
    }

    /** An account of the chain as the house's venue 0 knows it. */
    public VenueAccount account(String name) {
        return new VenueAccount(0, text(name));
    }

    /** The tokens of the chain, each at both grades. */
    public Listing listing() {
        return new Listing(
                List.of(new ListedVenue(0, "chain", "eip155:31337", 900_000, EvidenceGrade.UNSIGNED)),
                List.of(new RiskGroup(0, "ETH"), new RiskGroup(1, "USD")),
                List.of(
                        asset(0, "WETH", 0, new Instrument.Spot("WETH"), EvidenceGrade.STORAGE_PROOF),
                        asset(1, "USDC", 1, new Instrument.Spot("USDC"), EvidenceGrade.STORAGE_PROOF),
                        asset(2, "mUSDC", 1, new Instrument.LendingClaim("USDC"), EvidenceGrade.UNSIGNED),
                        asset(3, "vUSDC", 1, new Instrument.VaultShare("USDC"), EvidenceGrade.STORAGE_PROOF),
                        asset(4, "WETH on word", 0, new Instrument.Spot("WETH"), EvidenceGrade.UNSIGNED)),
                List.of());
    }

    @Override
    public void close() {
        script.close();
    }

    private JsonNode line() {
        return script.line();
    }

    private static ListedAsset asset(int number, String name, int group, Instrument form, EvidenceGrade grade) {
        return new ListedAsset(number, name, group, form, Amount.of("0.01"), AssetTier.MAJOR, 100_000, 200_000, grade);
    }
}
