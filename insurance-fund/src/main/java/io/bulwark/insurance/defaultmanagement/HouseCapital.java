package io.bulwark.insurance.defaultmanagement;

import io.bulwark.clearing.ledger.Commodity;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultAct;

/** The house's own capital: skin in the game, which pays before any member who did not fail. */
final class HouseCapital {
    private static final LedgerAccount WRITTEN = new LedgerAccount.Fund("house-capital", new Commodity.Cash());

    private HouseCapital() {}

    /** Where it was written down before receipts were asked for, in USD: none of it counts. */
    public static LedgerAccount written() {
        return WRITTEN;
    }

    /** Where what the house itself paid in stands, in USD. */
    public static LedgerAccount account() {
        return Vault.received(VaultAct.HOUSE);
    }
}
