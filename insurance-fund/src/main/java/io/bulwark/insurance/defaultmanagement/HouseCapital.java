package io.bulwark.insurance.defaultmanagement;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.ledger.Commodity;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.insurance.vault.Vault;
import java.util.Optional;

/** The house's own capital: skin in the game, which pays before any member who did not fail. */
public final class HouseCapital {
    private static final LedgerAccount ACCOUNT = new LedgerAccount.Fund("house-capital", new Commodity.Cash());

    private HouseCapital() {}

    /** Where it stands in the ledger, in USD. */
    public static LedgerAccount account() {
        return ACCOUNT;
    }

    /**
     * The movement that a review of the fund asks for; none where what stands is what is required.
     *
     * @param epoch after which the fund is reviewed
     * @param standing u
     * @param required u
     */
    public static Optional<Transfer> transfer(long epoch, long standing, long required) {
        long change = Math.subtractExact(required, standing);
        if (change == 0) {
            return Optional.empty();
        }
        return Optional.of(Vault.change(
                array(text("bulwark-house-capital"), integer(1), integer(epoch)).sha256(),
                ACCOUNT,
                change,
                "the house's own capital",
                "release of the house's own capital"));
    }
}
