package io.bulwark.clearing.alert;

import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Ppm;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody wants to be woken by.
 *
 * @param owner who made it: a token's holder, a signer, or {@link #HOUSE}
 * @param measure what is watched
 * @param subject of what
 * @param band when it is raised, and when it is over
 */
public record AlertRule(String owner, Measure measure, Subject subject, Band band) {
    /** The house itself: its rules are for whoever may see the figure. No holder of a token is called so. */
    public static final String HOUSE = "the house";

    /** The largest figure that is told apart, ppm or seconds: what is more is said as this. */
    public static final int MOST = 2_000_000_000;

    /**
     * Checks that the measure is one of the subject, and the band's direction.
     *
     * @throws BadInput naming field, value and rule
     */
    public AlertRule {
        if (owner.isBlank()) {
            throw new BadInput("owner", owner, "must be given");
        }
        if (!measure.kinds().contains(subject.kind())) {
            throw new BadInput(
                    "of",
                    subject.text(),
                    "must be, for " + measure.word() + ", one of "
                            + measure.kinds().stream().map(Kind::form).toList());
        }
        band.require(measure);
    }

    /** The figures that are watched, each a whole number: ppm, or seconds. */
    public enum Measure {
        /** Of the fund: what is in it over what it must hold, ppm, rounded down, at an epoch's review. */
        COVERAGE(true),
        /** Of an account: equity over initial margin and contagion buffer, ppm, rounded down. */
        MARGIN_RATIO(true),
        /** Of an account: the smallest price move of one group, up or down, that has the house liquidate it, ppm. */
        DISTANCE(true),
        /** Of a member: its share of all initial margin; of an asset: its share of all collateral; ppm, rounded up. */
        CONCENTRATION(false),
        /** Of a venue or an account: seconds since the horizon of its oldest last snapshot. */
        DATA_AGE(false),
        /** Of the fund or an account: seconds since the time of the newest epoch of which a proof was made. */
        PROOF_AGE(false);

        private final boolean falling;

        Measure(boolean falling) {
            this.falling = falling;
        }

        /** Of what it can be. */
        public Set<Kind> kinds() {
            return switch (this) {
                case COVERAGE -> EnumSet.of(Kind.FUND);
                case MARGIN_RATIO -> EnumSet.of(Kind.ACCOUNT, Kind.ACCOUNTS);
                case DISTANCE -> EnumSet.of(Kind.ACCOUNT);
                case CONCENTRATION -> EnumSet.of(Kind.MEMBER, Kind.MEMBERS, Kind.ASSET, Kind.ASSETS);
                case DATA_AGE -> EnumSet.of(Kind.VENUE, Kind.VENUES, Kind.ACCOUNT);
                case PROOF_AGE -> EnumSet.of(Kind.FUND, Kind.ACCOUNT);
            };
        }

        /** Who may know it, but of an account, which is its owner's. */
        private Set<Role> roles() {
            return switch (this) {
                case COVERAGE, PROOF_AGE -> EnumSet.of(Role.FUND_MANAGER, Role.AUDITOR);
                case MARGIN_RATIO, DISTANCE -> EnumSet.noneOf(Role.class);
                case CONCENTRATION -> EnumSet.of(Role.FUND_MANAGER);
                case DATA_AGE -> EnumSet.of(Role.FUND_MANAGER, Role.AUDITOR, Role.OPERATOR);
            };
        }

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it is dangerous when it is low. */
        public boolean isFalling() {
            return falling;
        }

        /** Whether the clock moves it, not the next epoch. */
        public boolean isAge() {
            return this == DATA_AGE || this == PROOF_AGE;
        }

        /** ppm, or seconds. */
        public String unit() {
            return isAge() ? "seconds" : "ppm";
        }

        /** Of a word that {@link #word} wrote. */
        public static Measure of(String word) {
            return Arrays.stream(values())
                    .filter(measure -> measure.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new BadInput(
                            "measure",
                            word,
                            "must be one of "
                                    + Arrays.stream(values()).map(Measure::word).toList()));
        }
    }

    /** What a figure can be of. */
    public enum Kind {
        /** The insurance fund. */
        FUND(false),
        /** One clearing account, by number. */
        ACCOUNT(true),
        /** Every clearing account, each for itself. */
        ACCOUNTS(false),
        /** One member, by name. */
        MEMBER(true),
        /** Every member, each for itself. */
        MEMBERS(false),
        /** One asset, by id. */
        ASSET(true),
        /** Every asset, each for itself. */
        ASSETS(false),
        /** One venue, by its listed name. */
        VENUE(true),
        /** Every venue, each for itself. */
        VENUES(false);

        private final boolean named;

        Kind(boolean named) {
            this.named = named;
        }

        /** Of each of which it is, where it is of all: an alert is always of one. */
        public Optional<Kind> each() {
            return switch (this) {
                case ACCOUNTS -> Optional.of(ACCOUNT);
                case MEMBERS -> Optional.of(MEMBER);
                case ASSETS -> Optional.of(ASSET);
                case VENUES -> Optional.of(VENUE);
                case FUND, ACCOUNT, MEMBER, ASSET, VENUE -> Optional.empty();
            };
        }

        private String form() {
            return name().toLowerCase(Locale.ROOT) + (named ? this == ACCOUNT ? " NUMBER" : " NAME" : "");
        }
    }

    /**
     * Of what.
     *
     * @param kind of which kind
     * @param name which one; empty of the fund and of all
     */
    public record Subject(Kind kind, String name) {
        private static final Pattern TEXT = Pattern.compile("([a-z]+)(?: (\\P{Cntrl}{1,100}))?");
        private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

        /** Checks the form. */
        public Subject {
            if (kind.named == name.isBlank()
                    || (kind == Kind.ACCOUNT && !NUMBER.matcher(name).matches())) {
                throw new BadInput(
                        "of", (kind.name().toLowerCase(Locale.ROOT) + " " + name).strip(), "must be " + kind.form());
            }
        }

        /** Of a text that {@link #text} wrote. */
        public static Subject of(String text) {
            Matcher parts = TEXT.matcher(text);
            if (parts.matches()) {
                for (Kind kind : Kind.values()) {
                    if (kind.name().toLowerCase(Locale.ROOT).equals(parts.group(1))) {
                        return new Subject(
                                kind, Optional.ofNullable(parts.group(2)).orElse(""));
                    }
                }
            }
            throw new BadInput(
                    "of",
                    text,
                    "must be one of "
                            + List.of(Kind.values()).stream().map(Kind::form).toList());
        }

        /** The number of an account; empty of everything else. */
        public Optional<Integer> account() {
            return kind == Kind.ACCOUNT ? Optional.of(Integer.valueOf(name)) : Optional.empty();
        }

        /** As people write it: {@code account 3}, {@code venues}. */
        public String text() {
            return (kind.name().toLowerCase(Locale.ROOT) + " " + name).strip();
        }
    }

    /**
     * Two edges, so that a figure which hovers about one raises one alert.
     *
     * @param raisedAt ppm or seconds: beyond it an alert is raised
     * @param clearedAt ppm or seconds: at it, or on its better side, the alert is over
     */
    public record Band(int raisedAt, int clearedAt) {
        private void require(Measure measure) {
            for (int edge : new int[] {raisedAt, clearedAt}) {
                if (edge < 0 || edge > MOST) {
                    throw new BadInput("raise, clear", Integer.toString(edge), "must be 0 to " + MOST);
                }
            }
            if (measure.falling ? clearedAt <= raisedAt : clearedAt >= raisedAt) {
                throw new BadInput(
                        "clear",
                        Integer.toString(clearedAt),
                        "must be " + (measure.falling ? "above" : "below") + " raise, " + raisedAt + ": "
                                + measure.word() + " is dangerous when it is " + (measure.falling ? "low" : "high"));
            }
        }
    }

    /**
     * Whether somebody may know a figure: of an account its owner, of everything else the roles that may see it elsewhere. A rule of each
     * account is open to owners; each of its alerts to the owner of the account that it is of.
     *
     * @param roles as what he comes
     * @param owns whether an account is his
     */
    public static boolean isOpen(Measure measure, Subject subject, Set<Role> roles, IntPredicate owns) {
        return switch (subject.kind()) {
            case ACCOUNT -> owns.test(subject.account().orElseThrow());
            case ACCOUNTS -> roles.contains(Role.OWNER);
            case FUND, MEMBER, MEMBERS, ASSET, ASSETS, VENUE, VENUES ->
                measure.roles().stream().anyMatch(roles::contains);
        };
    }

    /** The rules that a house has from its start. */
    public static List<AlertRule> ofEveryHouse() {
        return List.of(
                of(Measure.COVERAGE, Kind.FUND, 990_000, Ppm.ONE),
                of(Measure.MARGIN_RATIO, Kind.ACCOUNTS, 1_100_000, 1_200_000),
                of(Measure.CONCENTRATION, Kind.MEMBERS, 500_000, 450_000),
                of(Measure.DATA_AGE, Kind.VENUES, 3_600, 1_800),
                of(Measure.PROOF_AGE, Kind.FUND, 604_800, 518_400));
    }

    private static AlertRule of(Measure measure, Kind kind, int raisedAt, int clearedAt) {
        return new AlertRule(HOUSE, measure, new Subject(kind, ""), new Band(raisedAt, clearedAt));
    }
}
