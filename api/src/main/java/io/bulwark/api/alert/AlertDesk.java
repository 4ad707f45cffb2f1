package io.bulwark.api.alert;

import io.bulwark.api.alert.AlertAnswer.Alert;
import io.bulwark.api.alert.AlertAnswer.Dead;
import io.bulwark.api.alert.AlertAnswer.Rule;
import io.bulwark.api.alert.AlertAnswer.Told;
import io.bulwark.api.door.Caller;
import io.bulwark.api.door.Caller.Page;
import io.bulwark.api.door.JsonFields;
import io.bulwark.api.house.Lookup;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.alert.AlertRegister.AlertEvent;
import io.bulwark.clearing.alert.AlertRegister.Kept;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Band;
import io.bulwark.clearing.alert.AlertRule.Kind;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import io.bulwark.clearing.alert.DeliveryRegister.Receiver;
import io.bulwark.clearing.alert.DeliveryRegister.Way;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.ListedAsset;
import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.house.House;
import io.bulwark.house.alert.Alerts;
import io.bulwark.house.founding.FoundingFile;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What anybody may ask about alerts, for the door and for verbs alike: each as far as the caller may see. */
final class AlertDesk {
    private static final int OVER = 50;
    private static final int DEAD = 100;
    private static final int TEXT_MAX = 500;

    private final House house;
    private final Alerts alerts;
    private final Clock clock = Clock.systemUTC();

    AlertDesk(House house, Alerts alerts) {
        this.house = house;
        this.alerts = alerts;
    }

    /** Whoever is at the machine of the house. */
    static Caller atTheMachine() {
        return new Caller("house", EnumSet.allOf(Role.class), new Caller.Sight.Everything(), Optional.empty());
    }

    /** Under which name a caller has rules and receivers. */
    private static String owner(Caller caller) {
        boolean house = caller.sight() instanceof Caller.Sight.Everything
                || (caller.name().equals("house") && caller.is(Role.OPERATOR));
        return house ? AlertRule.HOUSE : caller.name();
    }

    private static boolean sees(Caller caller, Measure measure, Subject subject) {
        return AlertRule.isOpen(measure, subject, caller.roles(), caller::owns);
    }

    AlertAnswer alerts(Caller caller) {
        return alerts(Page.FIRST, caller).body();
    }

    /** What stands, and of what is over the part that is asked for. */
    HttpResponse<AlertAnswer> alerts(Page page, Caller caller) {
        Map<Integer, AlertRule> rules = alerts.register().everyRule();
        List<List<AlertEvent>> over = over((int) page.number(Integer.MAX_VALUE), page.limit(OVER) + 1, caller, rules);
        List<List<AlertEvent>> given = page.cut(over, OVER);
        return page.answer(
                new AlertAnswer(
                        answers(
                                alerts.register().standing().values().stream()
                                        .filter(events -> isSeen(caller, rules, events.getFirst())),
                                rules),
                        answers(given.stream(), rules)),
                given.size() < over.size()
                        ? Optional.of(Page.place(given.getLast().getLast().number()))
                        : Optional.empty());
    }

    private static List<Alert> answers(Stream<List<AlertEvent>> alerts, Map<Integer, AlertRule> rules) {
        return alerts.map(events -> Alert.of(rule(rules, events.getFirst()), events))
                .sorted((one, other) -> Integer.compare(other.alert(), one.alert()))
                .toList();
    }

    /** Those that a caller may see and that were over last: others stand between them, however many. */
    private List<List<AlertEvent>> over(int before, int most, Caller caller, Map<Integer, AlertRule> rules) {
        List<List<AlertEvent>> seen = new ArrayList<>();
        int place = before;
        while (seen.size() < most) {
            List<List<AlertEvent>> read = alerts.register().over(place, Page.MOST).values().stream()
                    .sorted(Comparator.comparingInt(events -> -events.getLast().number()))
                    .toList();
            read.stream()
                    .filter(events -> isSeen(caller, rules, events.getFirst()))
                    .forEach(seen::add);
            if (read.size() < Page.MOST) {
                break;
            }
            place = read.getLast().getLast().number();
        }
        return seen.subList(0, Math.min(most, seen.size()));
    }

    private static AlertRule rule(Map<Integer, AlertRule> rules, AlertEvent event) {
        return Optional.ofNullable(rules.get(event.rule())).orElseThrow(() -> missing(event));
    }

    private static boolean isSeen(Caller caller, Map<Integer, AlertRule> rules, AlertEvent event) {
        return sees(caller, rule(rules, event).measure(), event.subject());
    }

    /** What became of alerts after a place, and how far that was read. */
    List<AlertEvent> after(int number, int most, Caller caller) {
        Map<Integer, AlertRule> rules = alerts.register().everyRule();
        return alerts.register().after(number, most, event -> isSeen(caller, rules, event));
    }

    int last() {
        return alerts.register().last();
    }

    Alert alert(int number) {
        List<AlertEvent> events = alerts.register().of(number);
        return Alert.of(rule(events.getFirst()), events);
    }

    private AlertRule rule(AlertEvent event) {
        return alerts.register().rule(event.rule()).orElseThrow(() -> missing(event));
    }

    /** An event stands on its rule, in the books too. */
    private static IllegalStateException missing(AlertEvent event) {
        return new IllegalStateException("rule " + event.rule() + " must be in the books");
    }

    List<Rule> rules(Caller caller) {
        return alerts.register().rules().stream()
                .filter(kept -> sees(caller, kept.rule().measure(), kept.rule().subject()))
                .map(Rule::of)
                .toList();
    }

    Rule add(JsonFields asked, Caller caller) {
        Measure measure = Measure.of(asked.text("measure", TEXT_MAX));
        Subject subject = Subject.of(asked.text("of", TEXT_MAX));
        int raise = (int) asked.wholeNumber("raise", 0, AlertRule.MOST);
        int clear = (int) asked.wholeNumber("clear", 0, AlertRule.MOST);
        asked.nothingElse();
        AlertRule rule = new AlertRule(owner(caller), measure, subject, new Band(raise, clear));
        requireSeen(caller, measure, subject);
        requireKnown(subject);
        int number = alerts.register().add(rule, clock.instant());
        return alerts.register().rules().stream()
                .filter(kept -> kept.number() == number)
                .map(Rule::of)
                .findFirst()
                .orElseThrow();
    }

    /** Of an account the answer is the same whether there is one or not. */
    private static void requireSeen(Caller caller, Measure measure, Subject subject) {
        subject.account().ifPresent(caller::mustOwn);
        if (subject.kind() == Kind.ACCOUNTS && !(caller.sight() instanceof Caller.Sight.Everything)) {
            throw new BadInput("of", subject.text(), "must be one account of yours, such as account 3");
        }
        if (!sees(caller, measure, subject)) {
            throw new HttpStatusException(
                    HttpStatus.FORBIDDEN,
                    "A rule on " + measure.word() + " of " + subject.text()
                            + " is for whoever may see that figure; you may not.");
        }
    }

    /** A rule on what there is not would never wake anybody. */
    private void requireKnown(Subject subject) {
        Optional<FoundingFile> file = house.file();
        if (file.isEmpty()) {
            return;
        }
        switch (subject.kind()) {
            case VENUE -> requireAmong(subject, file.get().listing().venues(), ListedVenue::name);
            case ASSET -> requireAmong(subject, file.get().listing().assets(), ListedAsset::name);
            case MEMBER ->
                house.epochs()
                        .latest()
                        .ifPresent(last -> requireAmong(
                                subject, List.copyOf(last.inputs().members().values()), Function.identity()));
            case ACCOUNT ->
                house.epochs()
                        .latest()
                        .ifPresent(last -> requireAmong(
                                subject, List.copyOf(last.inputs().members().keySet()), Object::toString));
            case FUND, ACCOUNTS, MEMBERS, ASSETS, VENUES -> {}
        }
    }

    private static <T> void requireAmong(Subject subject, List<T> known, Function<T, String> name) {
        TreeSet<String> names = known.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
        if (!names.contains(subject.name())) {
            throw new BadInput("of", subject.text(), "must be one that the house knows: " + String.join(", ", names));
        }
    }

    /** His own; the house's by who runs the house, and of the fund by who manages it; anybody's by who is at the machine. */
    Rule end(int number, Caller caller) {
        Kept kept = alerts.register().rules().stream()
                .filter(rule -> rule.number() == number && isHis(rule.rule(), caller))
                .findFirst()
                .orElseThrow(() -> Lookup.absent("Rule " + number + " is none of yours that is in force."));
        alerts.register().end(number, caller.name(), clock.instant());
        return Rule.of(kept);
    }

    private static boolean isHis(AlertRule rule, Caller caller) {
        if (rule.owner().equals(owner(caller)) || caller.sight() instanceof Caller.Sight.Everything) {
            return true;
        }
        return rule.owner().equals(AlertRule.HOUSE)
                && (caller.is(Role.OPERATOR)
                        || (caller.is(Role.FUND_MANAGER) && sees(caller, rule.measure(), rule.subject())));
    }

    Alert acknowledge(int number, JsonFields asked, Caller caller) {
        String note = asked.has("note") ? asked.text("note", TEXT_MAX) : "";
        asked.nothingElse();
        List<AlertEvent> events = alerts.register().of(number);
        if (events.isEmpty()
                || !sees(
                        caller,
                        rule(events.getFirst()).measure(),
                        events.getFirst().subject())) {
            throw Lookup.absent("Alert " + number + " is none that you may see.");
        }
        alerts.register().acknowledge(number, caller.name(), note, clock.instant());
        return alert(number);
    }

    List<Told> receivers(Caller caller) {
        return own(caller).stream()
                .map(receiver -> Told.of(receiver, Optional.empty()))
                .toList();
    }

    private List<Receiver> own(Caller caller) {
        return alerts.deliveries().receivers().stream()
                .filter(receiver -> receiver.owner().equals(owner(caller)))
                .toList();
    }

    Told receiver(JsonFields asked, Caller caller) {
        String word = asked.text("way", TEXT_MAX);
        Way way = Arrays.stream(Way.values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput("way", word, "must be webhook or mail"));
        String address = asked.text("address", TEXT_MAX);
        asked.nothingElse();
        Alerts.Made made = alerts.receiver(owner(caller), way, address);
        return Told.of(made.receiver(), made.secret());
    }

    Told endReceiver(int number, Caller caller) {
        Receiver receiver = own(caller).stream()
                .filter(kept -> kept.number() == number)
                .findFirst()
                .orElseThrow(() -> Lookup.absent("Receiver " + number + " is none of yours."));
        alerts.deliveries().end(number, caller.name(), clock.instant());
        return Told.of(receiver, Optional.empty());
    }

    List<Dead> dead(Caller caller) {
        return dead(Page.FIRST, caller).body();
    }

    HttpResponse<List<Dead>> dead(Page page, Caller caller) {
        return page.of(
                dead((int) page.number(Integer.MAX_VALUE), page.limit(DEAD) + 1, caller),
                DEAD,
                delivery -> Page.place(delivery.delivery()));
    }

    private List<Dead> dead(int before, int most, Caller caller) {
        Map<Integer, String> own = own(caller).stream().collect(Collectors.toMap(Receiver::number, Receiver::address));
        return alerts.deliveries().dead(own.keySet(), before, most).stream()
                .map(delivery -> Dead.of(
                        delivery,
                        alerts.register().event(delivery.event()).alert(),
                        String.valueOf(own.get(delivery.receiver()))))
                .toList();
    }

    Dead resend(int number, Caller caller) {
        Dead dead = (number < 1
                        ? Stream.<Dead>empty()
                        : dead((int) Math.min(Integer.MAX_VALUE, number + 1L), 1, caller).stream())
                .filter(delivery -> delivery.delivery() == number)
                .findFirst()
                .orElseThrow(() -> Lookup.absent("Delivery " + number + " is none of yours that is dead."));
        alerts.deliveries().resend(number, caller.name(), clock.instant());
        return dead;
    }
}
