package io.bulwark.api.contribution;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Usd;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultBook;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What of the fund is there. Only what was received counts, the house's own capital included; each sum stands beside how it is shown.
 *
 * @param text one sentence for people, the first of every page about the fund
 * @param holds whether what was received covers what the fund must hold over all layers: the verdict
 * @param coveragePpm share of what the fund must hold that was received and is in it, ppm, rounded down; 1,000,000 or more covers it
 * @param received what was received and is in the fund
 * @param shown the same by how it is shown, the best first
 * @param missing what is called and was not received
 * @param overdue part of it that was due before the epoch
 */
@Serdeable
public record FundMoney(
        String text, boolean holds, long coveragePpm, Money received, List<Shown> shown, Money missing, Money overdue) {
    private static final int PERCENT_PLACES = 4;

    /** Copies. */
    public FundMoney {
        shown = List.copyOf(shown);
    }

    /**
     * A sum and how it is shown.
     *
     * @param by on chain, signed by the custodian, the operator's word
     * @param amount received and in the fund
     */
    @Serdeable
    public record Shown(String by, Money amount) {}

    /**
     * Beside what must be held.
     *
     * @param demanded what the fund must hold, u
     * @param time the epoch's time: what was due before it and did not come is overdue
     */
    public static FundMoney of(VaultBook fund, long demanded, Instant time) {
        long received = fund.total();
        List<Shown> shown = fund.standing().entrySet().stream()
                .map(sum -> new Shown(sum.getKey().words(), Money.of(sum.getValue())))
                .toList();
        long missing =
                sum(fund.payers().values().stream().map(PayerAccount::missing).toList());
        long overdue = sum(fund.payers().values().stream()
                .map(payer -> payer.overdue(time))
                .toList());
        long coverage = coverage(received, demanded);
        return new FundMoney(
                said(fund, coverage, demanded, missing, overdue, shown),
                coverage >= Ppm.ONE,
                coverage,
                Money.of(received),
                shown,
                Money.of(missing),
                Money.of(overdue));
    }

    /** Share of what must be held that is there, ppm, rounded down; all of it where nothing must be. */
    public static long coverage(long received, long demanded) {
        return demanded == 0
                ? Ppm.ONE
                : BigInteger.valueOf(received)
                        .multiply(BigInteger.valueOf(Ppm.ONE))
                        .divide(BigInteger.valueOf(demanded))
                        .longValueExact();
    }

    private static long sum(List<Long> amounts) {
        return amounts.stream().reduce(0L, Math::addExact);
    }

    private static String said(
            VaultBook fund, long coverage, long demanded, long missing, long overdue, List<Shown> shown) {
        List<String> parts = new ArrayList<>();
        parts.add(
                fund.total() == 0
                        ? "Nobody has paid into the fund: coverage 0 % of the " + usd(demanded)
                                + " USD that it must hold."
                        : "Received and in the fund: " + usd(fund.total()) + " USD of the " + usd(demanded)
                                + " USD that it must hold, coverage " + percent(coverage) + " % ("
                                + shown.stream()
                                        .map(sum -> sum.by() + " "
                                                + usd(sum.amount().u()))
                                        .collect(Collectors.joining(", "))
                                + ").");
        if (missing > 0) {
            parts.add("Called and not received: " + usd(missing) + " USD of "
                    + fund.payers().entrySet().stream()
                            .filter(payer -> payer.getValue().missing() > 0)
                            .map(Map.Entry::getKey)
                            .collect(Collectors.joining(", "))
                    + (overdue > 0 ? ", of it overdue " + usd(overdue) : "") + ".");
        }
        return String.join(" ", parts);
    }

    static String percent(long ppm) {
        return BigDecimal.valueOf(ppm, PERCENT_PLACES)
                .setScale(1, RoundingMode.FLOOR)
                .toPlainString();
    }

    private static String usd(long units) {
        return String.format(
                Locale.ROOT, "%,.2f", BigDecimal.valueOf(units, Usd.SCALE).setScale(2, RoundingMode.FLOOR));
    }
}
