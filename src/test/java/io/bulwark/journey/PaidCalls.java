package io.bulwark.journey;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.house.House;
import io.bulwark.insurance.vault.VaultBook;
import java.time.Instant;

/** Everybody pays what is called, by the word of an operator. */
public final class PaidCalls {
    private PaidCalls() {}

    /** Every call of a house, in full, at the time of its latest epoch. */
    public static void inFull(House house) {
        VaultBook book = house.contributions().book();
        book.payers().forEach((payer, account) -> {
            if (account.missing() > 0) {
                pay(
                        house,
                        payer,
                        account.missing(),
                        "payment-" + (book.payments().size() + payer.hashCode()));
            }
        });
    }

    /** One payment. */
    static void pay(House house, String payer, long units, String reference) {
        PaymentReceipt receipt = new PaymentReceipt(
                new Statement(
                        house.founding().orElseThrow().house(),
                        Direction.RECEIVED,
                        payer,
                        PaymentReceipt.USD,
                        units,
                        "test-bank",
                        reference,
                        house.archive().latest().orElseThrow().timeMillis()),
                new Evidence.Operator("test"));
        house.contributions()
                .receive(
                        receipt.canonical().encode(),
                        bytes -> PaymentReceipt.of(CanonicalReader.read(bytes)),
                        Instant.now());
    }
}
