package io.bulwark.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.bulwark.clearing.governance.GovernedRoom;
import io.bulwark.tier.Heavy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows, the purity, the integers and the names of the house, as ARCHITECTURE.md draws them. */
@Heavy
class ArchitectureTest {
    private static final String[] INTEGER_ROOMS = {
        "io.bulwark.clearing.money..",
        "io.bulwark.clearing.ledger..",
        "io.bulwark.netting.buffer..",
        "io.bulwark.netting.collateral..",
        "io.bulwark.netting.contagion..",
        "io.bulwark.netting.formula..",
        "io.bulwark.netting.margin..",
        "io.bulwark.netting.scan..",
        "io.bulwark.netting.portfolio..",
        "io.bulwark.prover.commitment..",
        "io.bulwark.prover.witness..",
        "io.bulwark.insurance.apportionment..",
        "io.bulwark.insurance.waterfall..",
        "io.bulwark.insurance.vault..",
        "io.bulwark.insurance.stresstest.."
    };

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.bulwark");
        assertTrue(house.size() > 100, "the house must be on the class path; have " + house.size() + " classes");
    }

    @Test
    void shouldDependInTheDirectionOfTheDataFlow() {
        ArchRule arrows = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("clearing-core")
                .definedBy("io.bulwark.clearing..")
                .layer("protocol-adapters")
                .definedBy("io.bulwark.adapter..")
                .layer("netting")
                .definedBy("io.bulwark.netting..")
                .layer("zk-prover")
                .definedBy("io.bulwark.prover..")
                .layer("insurance-fund")
                .definedBy("io.bulwark.insurance..")
                .layer("conformance")
                .definedBy("io.bulwark.conformance..")
                .layer("house")
                .definedBy("io.bulwark.house..")
                .layer("api")
                .definedBy("io.bulwark.api..")
                .layer("research")
                .definedBy("io.bulwark.research..")
                .whereLayer("research")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("api")
                .mayOnlyBeAccessedByLayers("research")
                .whereLayer("conformance")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("house")
                .mayOnlyBeAccessedByLayers("api", "research")
                .whereLayer("insurance-fund")
                .mayOnlyBeAccessedByLayers("conformance", "house", "api", "research")
                .whereLayer("zk-prover")
                .mayOnlyBeAccessedByLayers("house", "api", "research")
                .whereLayer("protocol-adapters")
                .mayOnlyBeAccessedByLayers("house", "api", "research")
                .whereLayer("netting")
                .mayOnlyBeAccessedByLayers("zk-prover", "insurance-fund", "conformance", "house", "api", "research");
        arrows.check(house);
    }

    @Test
    void shouldHaveNoCyclesBetweenRooms() {
        for (String module : new String[] {
            "clearing", "adapter", "netting", "prover", "insurance", "conformance", "house", "api", "research"
        }) {
            slices().matching("io.bulwark." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(house);
        }
    }

    /** What is built is what runs: whatever of netting no door of the house leads to stands in ARCHITECTURE.md with the reason. */
    @Test
    void shouldLeadToEveryClassOfNettingFromADoor() throws IOException {
        Deque<JavaClass> ahead = new ArrayDeque<>();
        Set<String> reached = new HashSet<>();
        // Governed rooms are found by their service file, not by an arrow.
        house.stream()
                .filter(resideInAnyPackage(
                                "io.bulwark.house..",
                                "io.bulwark.api..",
                                "io.bulwark.prover..",
                                "io.bulwark.research..",
                                "io.bulwark.insurance..")
                        .or(assignableTo(GovernedRoom.class)))
                .forEach(ahead::add);
        while (!ahead.isEmpty()) {
            JavaClass next = ahead.pop();
            if (reached.add(next.getFullName())) {
                next.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> target.getPackageName().startsWith("io.bulwark."))
                        .forEach(ahead::add);
            }
        }
        Set<String> left = house.stream()
                .filter(resideInAPackage("io.bulwark.netting.."))
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !reached.contains(type.getFullName()))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        String plan = Files.readString(Path.of("../../ARCHITECTURE.md"));
        String section = plan.substring(plan.indexOf("## Beside the house"), plan.indexOf("## Limits of this version"));
        Set<String> named = Pattern.compile("`([A-Z][A-Za-z0-9]*)`")
                .matcher(section.lines()
                        .filter(line -> line.startsWith("| "))
                        .map(line -> line.split("\\|")[2])
                        .collect(Collectors.joining()))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(named, left);
    }

    @Test
    void shouldKeepNettingPure() {
        noClasses()
                .that()
                .resideInAPackage("io.bulwark.netting..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "java.sql..",
                        "javax.sql..",
                        "java.util.concurrent..",
                        "io.micronaut..",
                        "org.apache.kafka..",
                        "org.slf4j..",
                        "com.fasterxml..",
                        "java.util.random.."))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(house);
    }

    @Test
    void shouldKeepTheClockOutOfWhatIsSealed() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.bulwark.clearing.epoch..",
                        "io.bulwark.clearing.money..",
                        "io.bulwark.clearing.position..",
                        "io.bulwark.clearing.oracle..",
                        "io.bulwark.prover.commitment..",
                        "io.bulwark.prover.witness..",
                        "io.bulwark.insurance.vault..",
                        "io.bulwark.insurance.stresstest..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(house);
    }

    @Test
    void shouldHoldNoFloatingPointInIntegerRooms() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(INTEGER_ROOMS)
                .should()
                .notHaveRawType(isFloatingPoint())
                .check(house);
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(INTEGER_ROOMS)
                .should()
                .notHaveRawReturnType(isFloatingPoint())
                .check(house);
    }

    @Test
    void shouldSpeakToTheNativeLibraryInOneRoom() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.bulwark.prover.binding..")
                .should()
                .dependOnClassesThat(resideInAPackage("com.sun.jna.."))
                .check(house);
    }

    @Test
    void shouldKnowMicronautOnlyWhereTheHouseAnswers() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.bulwark.api..", "io.bulwark.adapter..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.micronaut.."))
                .check(house);
    }

    @Test
    void shouldNameThingsByTheField() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Utils?|Helper|Impl|Service|Dto|Abstract[A-Z]\\w*)(\\$.*)?$")
                .check(house);
    }

    @Test
    void shouldNoticeABrokenArrow() {
        ArchRule broken = noClasses()
                .that()
                .resideInAPackage("io.bulwark.api..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.bulwark.clearing.."));
        assertThrows(AssertionError.class, () -> broken.check(house));
    }

    private static DescribedPredicate<JavaClass> isFloatingPoint() {
        return DescribedPredicate.describe(
                "double or float",
                c -> c.isEquivalentTo(double.class)
                        || c.isEquivalentTo(float.class)
                        || c.isEquivalentTo(double[].class)
                        || c.isEquivalentTo(float[].class)
                        || c.isEquivalentTo(Double.class));
    }
}
