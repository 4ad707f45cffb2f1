package io.bulwark.api.door;

import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.document.BadInput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who asks, as the door found out. Of accounts it shows its own; others by their owners' consent or under a legal hold.
 *
 * @param name of a token's holder, a wallet's address or a key
 * @param roles as what it comes
 * @param sight which accounts it may see
 * @param member the member that it is, by name; empty if it is none
 */
public record Caller(String name, Set<Role> roles, Sight sight, Optional<String> member) {
    /** Under which name a request carries who asks. */
    public static final String ATTRIBUTE = "bulwark.caller";

    /** Whoever says nothing of himself. */
    public static final Caller STRANGER =
            new Caller("", Set.of(Role.PUBLIC), new Sight.Of(Set.of(), (account, scope) -> false), Optional.empty());

    /** Copies. */
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Which accounts somebody may see. */
    public sealed interface Sight {
        /** Every one: whoever tries a house alone, with test keys. */
        record Everything() implements Sight {}

        /**
         * Some.
         *
         * @param own its own
         * @param right by what right another is shown; writes down that it was
         */
        record Of(Set<Integer> own, Right right) implements Sight {
            /** Copies. */
            public Of {
                own = Set.copyOf(own);
            }
        }
    }

    /** Finds a consent or a legal hold for an account, and writes down that it served. */
    public interface Right {
        /** Whether there is one now. */
        boolean serves(int account, Scope scope);
    }

    /**
     * The part of a list that it asks for. A place is a text that names a row for good, so that rows which come meanwhile neither hide one
     * nor show one twice.
     *
     * @param asked how many at most, 1 to {@value #MOST}; empty if it does not say
     * @param after the place of the last row that it was given; empty for the beginning
     * @param links the address of what follows a place, for this caller and this list alone
     */
    public record Page(
            @Parameter(
                    name = "limit",
                    in = ParameterIn.QUERY,
                    required = false,
                    description = "How many at most; there are more where the answer has a Link with rel=next",
                    schema = @Schema(type = "integer", format = "int32", minimum = "1", maximum = "1000"))
            Optional<Integer> asked,

            @Parameter(
                    name = "cursor",
                    in = ParameterIn.QUERY,
                    required = false,
                    description = "After which: stands in the Link of the answer before, for this list alone",
                    schema = @Schema(type = "string", maxLength = 500))
            Optional<String> after,

            @Parameter(hidden = true) Function<String, String> links) {
        /** Rows of one answer. */
        public static final int MOST = 1_000;

        /** The beginning of a list, for whoever asks within the house: all that one answer may have. */
        public static final Page FIRST = new Page(Optional.of(MOST), Optional.empty(), place -> "");

        /**
         * Checks the bounds.
         *
         * @throws BadInput if the limit is out of them
         */
        public Page {
            asked.filter(limit -> limit < 1 || limit > MOST).ifPresent(limit -> {
                throw new BadInput("limit", limit.toString(), "must be 1 to " + MOST);
            });
        }

        /** How many at most. */
        public int limit(int otherwise) {
            return asked.orElse(otherwise);
        }

        /** The place of a number from 0 on: in the order of texts as in that of numbers. */
        public static String place(long number) {
            return "%019d".formatted(number);
        }

        /** The number after whose place it goes on. */
        public long number(long otherwise) {
            return after.map(Long::parseLong).orElse(otherwise);
        }

        /** A part of rows that are all there, in the order of their places. */
        public <T> HttpResponse<List<T>> of(Stream<T> rows, Function<T, String> place) {
            return of(rest(rows, place), MOST, place);
        }

        /** Those of all rows that are still to be given, in the order of their places. */
        public <T> List<T> rest(Stream<T> rows, Function<T, String> place) {
            return rows.filter(row -> after.filter(last -> place.apply(row).compareTo(last) <= 0)
                            .isEmpty())
                    .sorted(Comparator.comparing(place))
                    .toList();
        }

        /**
         * The part that begins with these rows.
         *
         * @param rows more than it asks for, where there are more
         * @param otherwise how many, if it does not say
         */
        public <T> HttpResponse<List<T>> of(List<T> rows, int otherwise, Function<T, String> place) {
            List<T> given = cut(rows, otherwise);
            return answer(
                    given, given.size() < rows.size() ? Optional.of(place.apply(given.getLast())) : Optional.empty());
        }

        /** As many of these as it asks for. */
        public <T> List<T> cut(List<T> rows, int otherwise) {
            return rows.subList(0, Math.min(rows.size(), limit(otherwise)));
        }

        /**
         * An answer.
         *
         * @param last the place of the last row that it gives, if there are more
         */
        public <T> HttpResponse<T> answer(T body, Optional<String> last) {
            return last.<HttpResponse<T>>map(place -> HttpResponse.ok(body)
                            .header(HttpHeaders.LINK, "<" + links.apply(place) + ">; rel=\"next\""))
                    .orElseGet(() -> HttpResponse.ok(body));
        }
    }

    /** Whether it comes as this. */
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Its own accounts; empty: it sees every one. */
    public Optional<Set<Integer>> own() {
        return switch (sight) {
            case Sight.Everything _ -> Optional.empty();
            case Sight.Of(Set<Integer> own, Right _) -> Optional.of(own);
        };
    }

    /** Whether it is one whose own account this is. */
    public boolean owns(int account) {
        return switch (sight) {
            case Sight.Everything _ -> true;
            case Sight.Of(Set<Integer> own, Right _) -> own.contains(account);
        };
    }

    /**
     * Requires that it may see an account: its own, by its owner's consent, or under a legal hold.
     *
     * @throws HttpStatusException 404, the same whether there is such an account or not
     */
    public void mustSee(int account, Scope scope) {
        boolean sees = switch (sight) {
            case Sight.Everything _ -> true;
            case Sight.Of(Set<Integer> own, Right right) -> own.contains(account) || right.serves(account, scope);
        };
        if (!sees) {
            throw unseen(account);
        }
    }

    /** Requires that an account is its own. */
    public void mustOwn(int account) {
        if (!owns(account)) {
            throw unseen(account);
        }
    }

    private static HttpStatusException unseen(int account) {
        return new HttpStatusException(
                HttpStatus.NOT_FOUND,
                "Account " + account
                        + " is none that you may see: one is shown to its owner, by its owner's consent, or under a legal hold.");
    }

    /** Requires that the account which a request names, if it names one, may be seen whole. */
    public void mustSeeNamed(JsonFields request) {
        if (request.has("account") && !(sight instanceof Sight.Everything)) {
            mustSee((int) request.wholeNumber("account", 0, Integer.MAX_VALUE), Scope.POSITIONS);
        }
    }
}
