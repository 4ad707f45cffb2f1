package io.bulwark.house.fund;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.holding.HoldingAudit;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.ledger.FundActs;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentPlace;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.insurance.vault.VaultBook;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether what a receipt brings shows what it says.
 *
 * @param acts of the fund, and the blocks that the house read
 * @param file the founding file of the newest epoch
 */
record PaymentEvidence(FundActs acts, Supplier<Optional<FoundingFile>> file) {
    /** A balance that a receipt shows, u: what was shown by it before counts in it. */
    record Shown(BigInteger units) {
        void require(VaultBook book, Statement said) {
            long before = book.shownAt(said.place());
            if (units.compareTo(BigInteger.valueOf(before).add(BigInteger.valueOf(said.units()))) < 0) {
                throw new BadInput(
                        "amount",
                        Usd.text(said.units()),
                        "must, with the " + Usd.text(before)
                                + " USD that were shown there before, be at most the balance of " + said.place() + ", "
                                + units + " u");
            }
        }
    }

    /**
     * What the balance shows that a receipt brings; empty for one that brings none.
     *
     * @throws BadInput if what it brings does not show what it says
     */
    Optional<Shown> shown(PaymentReceipt receipt) {
        Statement said = receipt.statement();
        return switch (receipt.evidence()) {
            case Evidence.Operator ignored -> Optional.empty();
            case Evidence.Signed signed -> {
                if (!(place(said.place()) instanceof PaymentPlace.Custodian custodian)
                        || !custodian.signer().equals(signed.signature().signer())) {
                    throw new BadInput(
                            "evidence.signer",
                            signed.signature().signer().hex(),
                            "must be the key that the founding file names for " + said.place());
                }
                if (!receipt.isSigned()) {
                    throw new BadInput("evidence.signature", "", "must be on exactly what the receipt says");
                }
                yield Optional.empty();
            }
            case Evidence.OnChain onChain -> Optional.of(balance(said, onChain));
        };
    }

    private Shown balance(Statement said, Evidence.OnChain onChain) {
        if (said.direction() != Direction.RECEIVED) {
            throw new BadInput(
                    "evidence.kind", "storage", "must be a signature or a word: no balance shows that money went back");
        }
        if (!(place(said.place()) instanceof PaymentPlace.OnChain token)
                || !token.contract().equals(onChain.storage().contract())
                || token.balances() != onChain.storage().balances()
                || !token.units().equals(onChain.storage().unitsPerLot())) {
            throw new BadInput(
                    "evidence.contract",
                    onChain.storage().contract(),
                    "must be the token, slot and units that the founding file names for " + said.place());
        }
        if (token instanceof PaymentPlace.Shares shares && !shares.payer().equals(said.payer())) {
            throw new BadInput(
                    "payer",
                    said.payer(),
                    "must be " + shares.payer() + ", whose shares the founding file says lie at " + said.place());
        }
        if (onChain.storage().timeMillis() != said.atMillis()) {
            throw new BadInput(
                    "at",
                    String.valueOf(said.atMillis()),
                    "must be the time of the block, " + onChain.storage().timeMillis());
        }
        try {
            HoldingAudit.Balance balance = HoldingAudit.Balance.of(said.place(), onChain.storage());
            if (!acts.isRead(balance.block())) {
                throw new BadInput(
                        "evidence.hash",
                        onChain.storage().hash().hex(),
                        "must be a block that this house itself read as final: whoever makes a header can prove anything under it");
            }
            return new Shown(balance.units().divide(token.units()));
        } catch (PayloadRefused e) {
            throw new BadInput("evidence.proof", "", "must prove the balance: " + e.getMessage());
        }
    }

    private PaymentPlace place(String name) {
        return file.get().stream()
                .flatMap(founding -> founding.payments().stream())
                .filter(place -> place.place().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        "place",
                        name,
                        "must be named among the payments of the founding file to be shown by more than a word"));
    }
}
