package io.bulwark.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.bulwark.clearing.governance.GovernedNumbers;
import io.bulwark.clearing.governance.Parameter;
import io.bulwark.tier.Heavy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every governed number of the program is declared by its room, so that a name which is not declared can be refused. */
@Heavy
class GovernanceTest {
    private static final String LISTED = "BTC";

    private final GovernedNumbers declared = GovernedNumbers.ofAllRooms();

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.bulwark");
    }

    @Test
    void shouldDeclareEveryGovernedNumber() throws ReflectiveOperationException {
        List<String> undeclared = new ArrayList<>();
        int found = 0;
        for (Parameter parameter : parameters()) {
            found++;
            if (declared.find(parameter.name(), LISTED::equals).isEmpty()) {
                undeclared.add(parameter.name());
            }
        }
        assertTrue(found > 20, "the house has governed numbers; found " + found);
        assertEquals(List.of(), undeclared, "add them to the room's GovernedRoom, and that to META-INF/services");
    }

    /** A number that nobody reads is a promise that nobody keeps: governance turns it and nothing moves. */
    @Test
    void shouldReadEveryGovernedNumber() {
        List<String> unread = house.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Parameter.class)
                        && field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> field.getAccessesToSelf().stream()
                        .allMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.SET))
                .map(JavaField::getFullName)
                .sorted()
                .toList();
        assertEquals(List.of(), unread);
    }

    /** Every governed number that the classes of the house declare; a family by its member for one asset. */
    private static List<Parameter> parameters() throws ReflectiveOperationException {
        List<Parameter> parameters = new ArrayList<>();
        for (JavaField field :
                house.stream().flatMap(c -> c.getFields().stream()).toList()) {
            if (field.getRawType().isEquivalentTo(Parameter.class)
                    && field.getModifiers().contains(JavaModifier.STATIC)) {
                Field constant = field.reflect();
                constant.setAccessible(true);
                parameters.add((Parameter) constant.get(null));
            }
        }
        for (JavaMethod method :
                house.stream().flatMap(c -> c.getMethods().stream()).toList()) {
            if (method.getRawReturnType().isEquivalentTo(Parameter.class)
                    && method.getModifiers().contains(JavaModifier.STATIC)
                    && method.getRawParameterTypes().size() == 1
                    && method.getRawParameterTypes().getFirst().isEquivalentTo(String.class)) {
                Method family = method.reflect();
                family.setAccessible(true);
                parameters.add((Parameter) family.invoke(null, LISTED));
            }
        }
        return parameters;
    }
}
