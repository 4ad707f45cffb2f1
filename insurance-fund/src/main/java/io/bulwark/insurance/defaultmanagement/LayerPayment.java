package io.bulwark.insurance.defaultmanagement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.money.Usd;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.waterfall.DefaultLayer;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one payer pays in one layer.
 *
 * @param layer which
 * @param payer a member, the house, or the fund where it pays with penalties
 * @param units u, > 0
 */
public record LayerPayment(DefaultLayer layer, String payer, long units) {
    /** The house as a payer. */
    public static final String HOUSE = VaultAct.HOUSE;

    /** The fund as a payer: what it holds that no member paid in as a contribution. */
    public static final String FUND = "the fund";

    /**
     * The movements: out of the fund to the bank, from which the venue is paid. What is not prefunded is paid in first.
     *
     * @param frozen what it follows from
     */
    List<Transfer> transfers(DefaultDeclaration frozen) {
        Digest declaration = frozen.digest();
        LedgerAccount fund = account(frozen.received());
        Transfer out = transfer(declaration, "out", fund, Vault.bank(), layer.words() + " of " + payer + " pays");
        return layer.prefunded()
                ? List.of(out)
                : Stream.of(
                                transfer(
                                        declaration,
                                        "in",
                                        Vault.bank(),
                                        fund,
                                        payer + " is called for " + layer.words()),
                                out)
                        .toList();
    }

    /**
     * What is paid out of what was received in the fund; empty where it is not: penalties, assessments, gains, and all that was
     * declared before receipts were asked for.
     */
    Optional<VaultAct.Drawn> drawn(DefaultDeclaration frozen, Instant at) {
        return frozen.received() && layer.prefunded() && layer != DefaultLayer.PENALTIES
                ? Optional.of(new VaultAct.Drawn(payer, at, frozen.digest(), layer.name(), units))
                : Optional.empty();
    }

    private LedgerAccount account(boolean received) {
        return switch (layer) {
            case PENALTIES -> LiquidationPenalty.account();
            case HOUSE_CAPITAL -> received ? HouseCapital.account() : HouseCapital.written();
            case OWN_CONTRIBUTION, JUNIOR_CONTRIBUTIONS, SENIOR_CONTRIBUTIONS ->
                received ? Vault.received(payer) : Vault.written(payer);
            case ASSESSMENTS, GAINS -> received ? Vault.called(payer) : Vault.written(payer);
        };
    }

    private Transfer transfer(
            Digest declaration, String direction, LedgerAccount debit, LedgerAccount credit, String purpose) {
        return new Transfer(
                array(
                                text("bulwark-default-payment"),
                                integer(1),
                                bytes(declaration),
                                text(layer.name()),
                                text(payer),
                                text(direction))
                        .sha256(),
                debit,
                credit,
                new Amount(BigInteger.valueOf(units), Usd.SCALE),
                purpose + " in the default " + declaration.hex().substring(0, 16));
    }
}
