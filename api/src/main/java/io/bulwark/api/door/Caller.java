package io.bulwark.api.door;

import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.access.Consent.Scope;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as the door found out. Of accounts it shows its own; others by their owners' consent or under a legal hold.
 *
 * @param name of a token's holder, a wallet's address or a key
 * @param roles as what it comes
 * @param sight which accounts it may see
 * @param member the member that it is, by name; empty if it is none
 */
public record Caller(String name, Set<Role> roles, Sight sight, Optional<String> member) {
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

    /** Whether it comes as this. */
    public boolean is(Role role) {
        return roles.contains(role);
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
