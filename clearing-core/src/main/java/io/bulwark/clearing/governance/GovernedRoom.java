package io.bulwark.clearing.governance;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A room says which governed numbers it declares. It is found as a service ({@code META-INF/services}), so that no class knows all
 * rooms, and a name that no room declares can be refused.
 */
public interface GovernedRoom {
    /** The classes whose public constants and functions declare them: this one, unless the room says otherwise. */
    default List<Class<?>> declaring() {
        return List.of(getClass());
    }

    /** Governed numbers with a name of their own, by name. */
    default List<Parameter> parameters() {
        return declaring().stream()
                .flatMap(holder -> Arrays.stream(holder.getFields()))
                .filter(field -> field.getType() == Parameter.class)
                .map(GovernedRoom::constant)
                .sorted(Comparator.comparing(Parameter::name))
                .toList();
    }

    /** Governed numbers of which everything listed has one: the name is a beginning and then that of a group or asset. */
    default List<Function<String, Parameter>> perName() {
        return declaring().stream()
                .flatMap(holder -> Arrays.stream(holder.getMethods()))
                .filter(method -> method.getReturnType() == Parameter.class
                        && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
                .sorted(Comparator.comparing(Method::getName))
                .map(GovernedRoom::family)
                .toList();
    }

    private static Function<String, Parameter> family(Method method) {
        return name -> {
            try {
                method.setAccessible(true);
                return (Parameter) method.invoke(null, name);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(method + " must be a public function of a name", e);
            }
        };
    }

    private static Parameter constant(Field field) {
        try {
            return (Parameter) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " must be public", e);
        }
    }
}
