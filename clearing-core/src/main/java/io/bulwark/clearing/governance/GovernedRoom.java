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
    /** Governed numbers with a name of their own. */
    List<Parameter> parameters();

    /** Governed numbers of which everything listed has one: the name is a beginning and then that of a group or asset. */
    default List<Function<String, Parameter>> perName() {
        return List.of();
    }

    /** The public constants of the classes that declare them, by name. */
    static List<Parameter> constantsOf(Class<?>... declaring) {
        return Arrays.stream(declaring)
                .flatMap(holder -> Arrays.stream(holder.getFields()))
                .filter(field -> field.getType() == Parameter.class)
                .map(GovernedRoom::constant)
                .sorted(Comparator.comparing(Parameter::name))
                .toList();
    }

    /** The public functions from a name to its governed number, of the classes that declare them, by method name. */
    static List<Function<String, Parameter>> familiesOf(Class<?>... declaring) {
        return Arrays.stream(declaring)
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
