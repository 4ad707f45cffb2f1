package io.bulwark.api.demo;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.margin.AccountState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What members and the house itself pay in the demonstration. No money moves there, so every receipt is the operator's word and says
 * so; who is being
 * liquidated pays nothing.
 */
final class DemoPayments {
    private static final String OPERATOR = "demonstration";
    private static final int REFERENCE_DIGITS = 16;

    private DemoPayments() {}

    /** Pays what is called after an epoch. */
    static void of(House house, ComputedEpoch epoch) {
        Set<String> unable = unable(house, epoch);
        house.contributions().book().payers().forEach((payer, account) -> {
            if (account.missing() > 0 && !unable.contains(payer)) {
                receive(house, receipt(epoch, payer, account.missing()));
            }
        });
    }

    private static Set<String> unable(House house, ComputedEpoch epoch) {
        Map<Integer, String> members =
                house.epochs().epoch(epoch.number()).orElseThrow().inputs().members();
        return epoch.accounts().stream()
                .filter(line -> line.margin()
                        .stated()
                        .filter(s -> s.state() == AccountState.LIQUIDATION)
                        .isPresent())
                .map(line -> members.getOrDefault(line.number(), line.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of the epoch's own time, so that the next epoch seals it. */
    private static PaymentReceipt receipt(ComputedEpoch epoch, String payer, long units) {
        String named =
                Digest.sha256(payer.getBytes(StandardCharsets.UTF_8)).hex().substring(0, REFERENCE_DIGITS);
        return new PaymentReceipt(
                new Statement(
                        epoch.sealed().epoch().house(),
                        Direction.RECEIVED,
                        payer,
                        PaymentReceipt.USD,
                        units,
                        OPERATOR,
                        "epoch-" + epoch.number() + "-" + named,
                        epoch.timeMillis()),
                new Evidence.Operator(OPERATOR));
    }

    private static void receive(House house, PaymentReceipt receipt) {
        house.contributions()
                .receive(
                        receipt.canonical().encode(),
                        bytes -> PaymentReceipt.of(CanonicalReader.read(bytes)),
                        Instant.now());
    }
}
