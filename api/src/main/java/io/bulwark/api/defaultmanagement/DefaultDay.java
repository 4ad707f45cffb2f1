package io.bulwark.api.defaultmanagement;

import io.bulwark.api.margincall.CallTelling;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.register.OrderRegister.Kept;
import io.bulwark.clearing.register.OrderRegister.Order;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.defaultmanagement.PortfolioCloseOut;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.vault.VaultAct;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The days of a default as they went, from the call that was not met to the account that is closed: every step from the books alone, in the
 * order of epochs.
 *
 * @param declaration what names the default, hexadecimal
 * @param members who failed
 * @param steps in their order
 */
@Serdeable
record DefaultDay(String declaration, List<String> members, List<Step> steps) {
    /** How many epochs are looked at before the one of the declaration, and after it. */
    private static final int EPOCHS = 48;

    /** Copies. */
    public DefaultDay {
        members = List.copyOf(members);
        steps = List.copyOf(steps);
    }

    /**
     * What happened.
     *
     * @param at time of the epoch
     * @param epoch its number
     * @param what in words
     */
    @Serdeable
    record Step(String at, long epoch, String what) {}

    /** Every default that was ever declared over receipts, the oldest first. */
    static List<DefaultDay> all(House house) {
        return house.contributions().acts().stream()
                .filter(VaultAct.Frozen.class::isInstance)
                .map(act -> ((VaultAct.Frozen) act).declaration())
                .distinct()
                .map(declaration -> of(house, declaration))
                .toList();
    }

    /** Of one that was declared. */
    static DefaultDay of(House house, Digest declaration) {
        DefaultSettlement settlement = house.defaults().declared(declaration);
        long declared = settlement.declaration().epoch();
        List<Step> steps = new ArrayList<>();
        long last = Math.min(house.archive().last(), declared + EPOCHS);
        for (long number = first(house, settlement); number <= last; number++) {
            ComputedEpoch epoch = house.archive().epoch(number).orElseThrow();
            List<String> told = new ArrayList<>();
            for (PortfolioCloseOut closeOut : settlement.closeOuts()) {
                int account = closeOut.account().number();
                told.addAll(stands(epoch, account));
                house.orders().of(account).stream()
                        .filter(kept -> kept.order().epoch() == epoch.number()
                                && kept.order().kind() == Order.Kind.TRADE)
                        .map(CallTelling::sent)
                        .forEach(told::add);
            }
            if (number == declared) {
                told.addAll(settled(house, settlement));
            }
            told.forEach(what -> steps.add(new Step(epoch.time().toString(), epoch.number(), what)));
        }
        return new DefaultDay(
                declaration.hex(), List.copyOf(settlement.declaration().members()), steps);
    }

    /** The first epoch of the calls that were running when the default was declared. */
    private static long first(House house, DefaultSettlement settlement) {
        long first = settlement.declaration().epoch();
        while (first > 1 && settlement.declaration().epoch() - first < EPOCHS) {
            ComputedEpoch before = house.archive().epoch(first - 1).orElseThrow();
            if (settlement.closeOuts().stream()
                    .allMatch(closed ->
                            before.calls().of(closed.account().number()).isEmpty())) {
                break;
            }
            first--;
        }
        return first;
    }

    private static List<String> stands(ComputedEpoch epoch, int account) {
        List<String> told = new ArrayList<>();
        epoch.account(account).ifPresent(line -> {
            Optional<MarginCall> call = epoch.calls().of(account);
            call.filter(made -> made.opened().equals(epoch.time()))
                    .ifPresent(made -> told.add(line.name() + " is called: " + Usd.text(made.called())
                            + " USD are missing, due " + made.due()));
            line.margin()
                    .stated()
                    .ifPresent(statement -> told.add(line.name() + " has " + Usd.text(statement.equity())
                            + " USD against an initial margin of " + Usd.text(statement.initialMargin())
                            + call.map(made -> made.liquidates() ? "; it is liquidated" : "; its call runs")
                                    .orElse("")));
        });
        return told;
    }

    private static List<String> settled(House house, DefaultSettlement settlement) {
        List<String> told = new ArrayList<>();
        told.add(String.join(", ", settlement.declaration().members()) + " is declared in default: "
                + Usd.text(settlement.shortfall()) + " USD beyond margin");
        settlement
                .payments()
                .forEach(payment -> told.add(payment.layer().words() + " of " + payment.payer() + " pays "
                        + Usd.text(payment.units()) + " USD"));
        if (settlement.uncovered() > 0) {
            told.add(Usd.text(settlement.uncovered()) + " USD are covered by nobody");
        }
        if (!house.defaults().missing(settlement).isEmpty()) {
            told.add("not settled in the books yet");
        }
        house.contributions()
                .takenOnChain(settlement.declaration().digest())
                .forEach((place, units) -> told.add(Usd.text(units) + " USD of it are shares at " + place));
        settlement.closeOuts().stream()
                .flatMap(closed -> house.orders().of(closed.account().number()).stream())
                .filter(kept -> isPayment(kept, settlement))
                .map(CallTelling::sent)
                .forEach(told::add);
        return told;
    }

    private static boolean isPayment(Kept kept, DefaultSettlement settlement) {
        return kept.order().because().equals(settlement.declaration().digest());
    }

    /** Lines for people. */
    List<String> lines() {
        return steps.stream()
                .map(step -> "  " + step.at() + "  epoch " + step.epoch() + "  " + step.what())
                .toList();
    }
}
