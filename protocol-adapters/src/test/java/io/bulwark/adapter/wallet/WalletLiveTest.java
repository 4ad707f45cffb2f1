package io.bulwark.adapter.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.adapter.OpenVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.recording.VaultsBed;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Content;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Token;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.View;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Balances of coins and vault shares on a local chain, each proved, and what a share of a vault that lost coins still holds. */
@Drawn(0)
@OfChain
class WalletLiveTest {
    @Test
    void shouldHoldWhatTheStorageProvesAndReportWhatAShareHolds() throws IOException, VenueException {
        try (VaultsBed bed = new VaultsBed();
                OpenVenue adapter = OpenVenue.recorded(new WalletVenue(), configuration(bed, 0), bed.endpoint())) {
            VenueSnapshot lender = normalised(bed, adapter, "lender");
            assertEquals(EvidenceGrade.STORAGE_PROOF, lender.grade());
            // Shares have twelve places over a coin of six.
            assertEquals(
                    List.of(new Holding.Collateral(
                            3, new Amount(bed.stated("shares"), 12), claim(bed, "vault", "lender"))),
                    lender.holdings());
            assertEquals(
                    List.of(new Holding.Collateral(
                            1, new Amount(bed.stated("dollars"), 6), claim(bed, "usdc", "borrower"))),
                    normalised(bed, adapter, "borrower").holdings());
            RawSnapshot market = adapter.market(adapter.finalised());
            assertEquals(
                    List.of(new PriceReport(
                            0,
                            Measure.SHARE_CONTENT,
                            "vUSDC/USDC",
                            new Amount(bed.stated("share"), 6),
                            market.horizon().timeMillis())),
                    adapter.normalise(market, bed.listing()).reports());
            // A twentieth of the coins is gone, with no event on the holder of the shares.
            assertEquals(Amount.of("0.95"), new Amount(bed.stated("share"), 6));
        }
    }

    @Test
    void shouldRefuseABalanceThatTheStorageDoesNotProve() throws IOException, VenueException {
        try (VaultsBed bed = new VaultsBed();
                OpenVenue adapter = OpenVenue.recorded(new WalletVenue(), configuration(bed, 0), bed.endpoint());
                OpenVenue elsewhere = OpenVenue.recorded(new WalletVenue(), configuration(bed, 1), bed.endpoint())) {
            RawSnapshot honest = adapter.read(bed.account("borrower"), adapter.finalised());
            List<Reading> readings = honest.readings().stream()
                    .map(reading -> new Reading(
                            reading.method(),
                            reading.parameters(),
                            reading.method().equals("eth_call")
                                    ? new String(reading.result(), StandardCharsets.UTF_8)
                                            .replace("4a817c800", "5d21dba00")
                                            .getBytes(StandardCharsets.UTF_8)
                                    : reading.result()))
                    .toList();
            RawSnapshot lie = new RawSnapshot(honest.account(), honest.horizon(), readings);
            assertEquals(
                    "balance of USDC",
                    assertThrows(PayloadRefused.class, () -> adapter.normalise(lie, bed.listing()))
                            .field());
            // The same honest balance, looked for in another place of the contract.
            assertEquals(
                    "balance of USDC",
                    assertThrows(PayloadRefused.class, () -> normalised(bed, elsewhere, "borrower"))
                            .field());
        }
    }

    private static Optional<HeldClaim> claim(VaultsBed bed, String token, String holder) {
        return Optional.of(HeldClaim.token(31_337, bed.text(token), bed.text(holder)));
    }

    private static VenueSnapshot normalised(VaultsBed bed, OpenVenue adapter, String name) throws VenueException {
        return adapter.normalise(adapter.read(bed.account(name), adapter.finalised()), bed.listing());
    }

    private static WalletVenue.Configuration configuration(VaultsBed bed, int balanceSlot) {
        Content content = new Content("USDC", 6, View.VAULT);
        return new WalletVenue.Configuration(
                0,
                31_337,
                new TreeMap<>(Map.of(
                        bed.text("usdc"), new Token("USDC", 6, balanceSlot),
                        bed.text("vault"), new Token("vUSDC", 12, 0))),
                new TreeMap<>(Map.of(bed.text("vault"), content)),
                true);
    }
}
