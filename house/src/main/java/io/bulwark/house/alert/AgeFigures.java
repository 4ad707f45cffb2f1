package io.bulwark.house.alert;

import io.bulwark.clearing.alert.AlertRegister;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Kind;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.register.LinkRegister;
import io.bulwark.house.House;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How old things are at a step of the clock, seconds, by subject. What never was has no age, but a proof, whose age counts from the first
 * epoch.
 */
final class AgeFigures {
    private final House house;
    private final AlertRegister register;
    private final Instant step;

    AgeFigures(House house, AlertRegister register, Instant step) {
        this.house = house;
        this.register = register;
        this.step = step;
    }

    SortedMap<String, Integer> of(AlertRule rule) {
        return switch (rule.measure()) {
            case DATA_AGE -> rule.subject().account().map(this::dataOf).orElseGet(() -> dataOfVenues(rule.subject()));
            case PROOF_AGE ->
                one(
                        rule.subject(),
                        epochTime(rule.subject()
                                .account()
                                .map(register::lastProof)
                                .orElseGet(register::lastFundProof)));
            case COVERAGE, MARGIN_RATIO, DISTANCE, CONCENTRATION -> new TreeMap<>();
        };
    }

    private OptionalLong epochTime(OptionalLong epoch) {
        return house.epochs()
                .epoch(epoch.orElse(1))
                .map(record -> OptionalLong.of(record.inputs().epochTimeMillis()))
                .orElse(OptionalLong.empty());
    }

    private SortedMap<String, Integer> dataOf(int account) {
        List<LinkRegister.Link> linked = house.links().links().stream()
                .filter(link -> link.clearingAccount() == account && link.standing() != LinkRegister.Standing.REVOKED)
                .toList();
        return one(
                new Subject(Kind.ACCOUNT, Integer.toString(account)),
                house.ledger().acceptedAt(Long.MAX_VALUE).stream()
                        .filter(snapshot ->
                                linked.stream().anyMatch(link -> link.account().equals(snapshot.account())))
                        .mapToLong(AcceptedSnapshot::horizonTimeMillis)
                        .min());
    }

    private SortedMap<String, Integer> dataOfVenues(Subject asked) {
        Map<Integer, Long> oldest = house.ledger().acceptedAt(Long.MAX_VALUE).stream()
                .collect(Collectors.toMap(
                        (AcceptedSnapshot snapshot) -> snapshot.account().venue(),
                        AcceptedSnapshot::horizonTimeMillis,
                        Math::min));
        SortedMap<String, Integer> ages = new TreeMap<>();
        List<ListedVenue> venues =
                house.file().map(file -> file.listing().venues()).orElse(List.of());
        for (ListedVenue venue : venues) {
            Long horizon = oldest.get(venue.number());
            Subject subject = new Subject(Kind.VENUE, venue.name());
            if (horizon != null && (asked.kind() == Kind.VENUES || asked.equals(subject))) {
                ages.putAll(one(subject, OptionalLong.of(horizon)));
            }
        }
        return ages;
    }

    private SortedMap<String, Integer> one(Subject subject, OptionalLong millis) {
        SortedMap<String, Integer> ages = new TreeMap<>();
        if (millis.isPresent()) {
            long seconds = Math.max(
                    0,
                    Duration.between(Instant.ofEpochMilli(millis.getAsLong()), step)
                            .toSeconds());
            ages.put(subject.text(), (int) Math.min(AlertRule.MOST, seconds));
        }
        return ages;
    }
}
