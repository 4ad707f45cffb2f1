package io.bulwark.clearing.governance;

import java.util.List;
import java.util.function.Function;

/**
 * A room says which governed numbers it declares. It is found as a service ({@code META-INF/services}), so that no class knows all
 * rooms, and a name that no room declares can be refused.
 */
public interface GovernedRoom {
    /** Governed numbers with a name of their own. */
    List<Parameter> parameters();

    /** Governed numbers of which everything listed has one: the name is a beginning and then that of a group or asset. */
    default List<Function<String, Parameter>> perName() {
        return List.of();
    }
}
