package io.bulwark.house.alert;

import io.bulwark.clearing.access.AccessRegister;
import io.bulwark.clearing.access.AccessRegister.Role;
import io.bulwark.clearing.alert.AlertRule;
import io.bulwark.clearing.alert.AlertRule.Measure;
import io.bulwark.clearing.alert.AlertRule.Subject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What somebody may see now, by the name under which he came: a token that was revoked, or an account that is another's by now, opens
 * nothing more.
 *
 * @param roles as what he comes
 * @param accounts his own
 * @param everything whether he sees every account
 */
record Rights(Set<Role> roles, Set<Integer> accounts, boolean everything) {
    /**
     * Of a name.
     *
     * @param everything whether the house's own token opens everything
     */
    static Rights of(String name, AccessRegister access, boolean everything, Instant now) {
        if (name.equals(AlertRule.HOUSE)) {
            return everything
                    ? new Rights(EnumSet.allOf(Role.class), Set.of(), true)
                    : new Rights(EnumSet.of(Role.OPERATOR), Set.of(), false);
        }
        Set<Integer> accounts = access.accounts(name);
        return access.named(name, now)
                .map(holder -> new Rights(EnumSet.of(holder.role()), Set.of(), false))
                .orElseGet(() -> new Rights(
                        accounts.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.of(Role.OWNER), accounts, false));
    }

    boolean sees(Measure measure, Subject subject) {
        return AlertRule.isOpen(measure, subject, roles, account -> everything || accounts.contains(account));
    }
}
