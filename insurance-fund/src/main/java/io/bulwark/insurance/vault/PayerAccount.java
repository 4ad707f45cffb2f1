package io.bulwark.insurance.vault;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.payment.PaymentReceipt.Grade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked of one who pays into the fund, what came and what is left of it. Amounts in u = 10⁻⁴ USD.
 *
 * @param calls the oldest first
 * @param standing what is in the fund of it, by how well it is shown; without zeros
 * @param received all that ever came
 * @param returned all that ever went back
 * @param drawn all that defaults ever took
 * @param releasable what the last review would have go back
 * @param frozen the default that froze it; empty for one that is not
 * @param owed what others paid in its defaults
 * @param reviewed epoch of the last review; 0 before the first
 */
public record PayerAccount(
        List<ContributionCall> calls,
        Map<Grade, Long> standing,
        long received,
        long returned,
        long drawn,
        long releasable,
        Optional<Digest> frozen,
        long owed,
        long reviewed) {
    /** One of whom nothing was asked. */
    public static final PayerAccount NONE = new PayerAccount(List.of(), Map.of(), 0, 0, 0, 0, Optional.empty(), 0, 0);

    /** Copies; what came is what stands, what went back and what defaults took, to the unit. */
    public PayerAccount {
        calls = List.copyOf(calls);
        EnumMap<Grade, Long> kept = new EnumMap<>(Grade.class);
        standing.forEach((grade, units) -> {
            if (units > 0) {
                kept.put(grade, units);
            }
        });
        long sum = kept.values().stream().reduce(0L, Math::addExact);
        if (standing.values().stream().anyMatch(units -> units < 0)
                || Math.addExact(sum, Math.addExact(returned, drawn)) != received
                || releasable < 0
                || releasable > sum) {
            throw new IllegalArgumentException(
                    "what stands must be what came less what left, and at least what may be returned; have " + standing
                            + " of " + received + " − " + returned + " − " + drawn + ", " + releasable);
        }
        standing = Collections.unmodifiableMap(kept);
    }

    /** What is in the fund of it. */
    public long total() {
        return standing.values().stream().reduce(0L, Math::addExact);
    }

    /** What is called and did not come. */
    public long missing() {
        return calls.stream().mapToLong(ContributionCall::missing).reduce(0, Math::addExact);
    }

    /** What of it is overdue at a time. */
    public long overdue(Instant now) {
        return calls.stream()
                .filter(call -> call.state(now) == ContributionCall.State.OVERDUE)
                .mapToLong(ContributionCall::missing)
                .reduce(0, Math::addExact);
    }

    /** A review: what is missing is called, what is called too much is taken off the newest calls, what stands too much may go back. */
    PayerAccount asked(VaultAct.Asked act) {
        if (frozen.isPresent()) {
            throw new BadInput(
                    "payer", act.payer(), "must not be frozen: nothing is asked of it until it is readmitted");
        }
        if (act.epoch() <= reviewed) {
            throw new BadInput(
                    "epoch", String.valueOf(act.epoch()), "must be after that of the last review, " + reviewed);
        }
        long wanted = Math.max(0, act.required() - total());
        List<ContributionCall> changed = new ArrayList<>(calls);
        long less = missing() - wanted;
        for (int i = changed.size() - 1; i >= 0 && less > 0; i--) {
            long taken = Math.min(less, changed.get(i).missing());
            changed.set(i, changed.get(i).less(taken));
            less -= taken;
        }
        changed.removeIf(call -> call.amount() == 0);
        if (less < 0) {
            changed.add(new ContributionCall(act.epoch(), act.due(), -less, 0, 0, Instant.EPOCH));
        }
        return new PayerAccount(
                changed,
                standing,
                received,
                returned,
                drawn,
                Math.max(0, total() - act.required()),
                frozen,
                owed,
                act.epoch());
    }

    /** Money came: it meets the oldest call first, and never more than is called. */
    PayerAccount received(String payer, long units, Grade grade, Instant at) {
        if (units > missing()) {
            throw new BadInput(
                    "amount",
                    Usd.text(units),
                    "must be at most what is called of " + payer + " and did not come, " + Usd.text(missing())
                            + " USD");
        }
        List<ContributionCall> changed = new ArrayList<>(calls);
        long left = units;
        for (int i = 0; i < changed.size() && left > 0; i++) {
            long part = Math.min(left, changed.get(i).missing());
            if (part > 0) {
                changed.set(i, changed.get(i).with(part, at));
                left -= part;
            }
        }
        Map<Grade, Long> more = new EnumMap<>(Grade.class);
        more.putAll(standing);
        more.merge(grade, units, Math::addExact);
        return new PayerAccount(
                changed, more, Math.addExact(received, units), returned, drawn, releasable, frozen, owed, reviewed);
    }

    /** Money went back, of what a review released. */
    PayerAccount returned(String payer, long units) {
        if (units > releasable) {
            throw new BadInput(
                    "amount",
                    Usd.text(units),
                    "must be at most what the last review would have go back to " + payer + ", " + Usd.text(releasable)
                            + " USD");
        }
        List<ContributionCall> changed = new ArrayList<>(calls);
        long left = units;
        for (int i = changed.size() - 1; i >= 0 && left > 0; i--) {
            ContributionCall call = changed.get(i);
            long part = Math.min(left, call.received() - call.returned());
            changed.set(i, call.back(part));
            left -= part;
        }
        return new PayerAccount(
                changed,
                without(units),
                received,
                Math.addExact(returned, units),
                drawn,
                releasable - units,
                frozen,
                owed,
                reviewed);
    }

    /** A default took it. */
    PayerAccount drawn(String payer, long units) {
        if (units > total()) {
            throw new BadInput(
                    "units",
                    Usd.text(units),
                    "must be at most what " + payer + " has in the fund, " + Usd.text(total()) + " USD");
        }
        return new PayerAccount(
                calls,
                without(units),
                received,
                returned,
                Math.addExact(drawn, units),
                Math.min(releasable, total() - units),
                frozen,
                owed,
                reviewed);
    }

    PayerAccount frozen(VaultAct.Frozen act) {
        if (frozen.isPresent()) {
            throw new BadInput("payer", act.payer(), "must not be frozen; it is, by the default " + frozen.get());
        }
        return new PayerAccount(
                calls,
                standing,
                received,
                returned,
                drawn,
                0,
                Optional.of(act.declaration()),
                Math.addExact(owed, act.owed()),
                reviewed);
    }

    PayerAccount readmitted(VaultAct.Readmitted act) {
        if (!frozen.equals(Optional.of(act.declaration()))) {
            throw new BadInput("payer", act.payer(), "must be frozen by the default " + act.declaration());
        }
        return new PayerAccount(
                calls, standing, received, returned, drawn, releasable, Optional.empty(), owed, reviewed);
    }

    /** What is left once so much left, the best shown first. */
    private Map<Grade, Long> without(long units) {
        Map<Grade, Long> left = new EnumMap<>(Grade.class);
        left.putAll(standing);
        long taken = units;
        for (Grade grade : Grade.values()) {
            long part = Math.min(taken, left.getOrDefault(grade, 0L));
            left.merge(grade, -part, Math::addExact);
            taken -= part;
        }
        return left;
    }
}
