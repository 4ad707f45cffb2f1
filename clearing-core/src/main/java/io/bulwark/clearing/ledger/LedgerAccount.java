package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;

/** An account of the books, in one commodity. Its balance is counted on its normal side, so that a usual balance is positive. */
public sealed interface LedgerAccount {
    /** What it is in. */
    Commodity commodity();

    /** What a venue keeps for the house under one venue account; debit side. Only snapshots move it: its balance is what the last accepted one says. */
    record VenueCustody(VenueAccount account, Commodity commodity) implements LedgerAccount {}

    /** What the house owes to a clearing account; credit side. */
    record ClearingHolding(int clearingAccount, Commodity commodity) implements LedgerAccount {}

    /** A fund of the house, such as the insurance fund or one member's contribution to it; credit side. */
    record Fund(String fund, Commodity commodity) implements LedgerAccount {
        /** Checks the name. */
        public Fund {
            requireName(fund);
        }
    }

    /** What the house has received from outside for its funds, such as at a settlement bank; debit side. */
    record Settlement(String bank, Commodity commodity) implements LedgerAccount {
        /** Checks the name. */
        public Settlement {
            requireName(bank);
        }
    }

    /** Whether debits increase its balance. */
    default boolean debitNormal() {
        return switch (this) {
            case VenueCustody _, Settlement _ -> true;
            case ClearingHolding _, Fund _ -> false;
        };
    }

    /** Its one name in the books, such as {@code holding/7/collateral/3}. */
    default String name() {
        return prefix() + commodity().id();
    }

    private String prefix() {
        return switch (this) {
            case VenueCustody(VenueAccount account, Commodity _) -> custodyPrefix(account);
            case ClearingHolding(int clearingAccount, Commodity _) -> holdingPrefix(clearingAccount);
            case Fund(String fund, Commodity _) -> fundPrefix(fund) + "/";
            case Settlement(String bank, Commodity _) -> "settlement/" + bank + "/";
        };
    }

    /** What the names of a venue account's custody accounts begin with. */
    static String custodyPrefix(VenueAccount account) {
        return "custody/" + account.venue() + "/" + account.address() + "/";
    }

    /** What the names of a clearing account's holdings begin with. */
    static String holdingPrefix(int clearingAccount) {
        return "holding/" + clearingAccount + "/";
    }

    /** What the names of the accounts of funds begin with whose own name begins so. */
    static String fundPrefix(String funds) {
        return "fund/" + funds;
    }

    /**
     * Reads what {@link #name()} wrote.
     *
     * @throws IllegalArgumentException for any other text
     */
    static LedgerAccount of(String name) {
        int number = name.lastIndexOf('/');
        int kind = name.lastIndexOf('/', number - 1);
        int owner = name.indexOf('/');
        if (owner < 0 || kind <= owner) {
            throw new IllegalArgumentException("ledger account must be kind/owner/commodity; have " + name);
        }
        Commodity commodity = Commodity.of(name.substring(kind + 1));
        return of(name.substring(0, owner), name.substring(owner + 1, kind), commodity);
    }

    private static LedgerAccount of(String kind, String owner, Commodity commodity) {
        return switch (kind) {
            case "custody" -> {
                int slash = owner.indexOf('/');
                VenueAccount account =
                        new VenueAccount(Integer.parseInt(owner.substring(0, slash)), owner.substring(slash + 1));
                yield new VenueCustody(account, commodity);
            }
            case "holding" -> new ClearingHolding(Integer.parseInt(owner), commodity);
            case "fund" -> new Fund(owner, commodity);
            case "settlement" -> new Settlement(owner, commodity);
            default -> throw new IllegalArgumentException("ledger account must be of a known kind; have " + kind);
        };
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
