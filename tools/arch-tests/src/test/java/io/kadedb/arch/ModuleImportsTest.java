package io.kadedb.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The folders are the architecture: these tests hold the import table of the house style. */
class ModuleImportsTest {
    @ParameterizedTest
    @EnumSource
    void usesOnlyWhatItsLineAllows(Module module) {
        classes()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(module.allowed())
                .allowEmptyShould(true)
                .check(KadeClasses.ALL);
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsInternalsToItself(Module module) {
        noClasses()
                .that()
                .resideOutsideOfPackage(module.packages())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(module.internalPackages())
                .allowEmptyShould(true)
                .check(KadeClasses.ALL);
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("io.kadedb.(*)..").should().beFreeOfCycles().check(KadeClasses.ALL);
    }

    /** No Calcite type leaves the planner: the plan, and so everything behind it, knows nothing of Calcite. */
    @Test
    void noCalciteTypeInThePhysicalPlan() {
        noClasses()
                .that()
                .resideInAPackage("io.kadedb.planner.physical..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite..", "io.kadedb.parser..")
                .check(KadeClasses.ALL);
    }

    @Test
    void everyClassBelongsToAModuleOfTheTable() {
        String[] known = Arrays.stream(Module.values()).map(Module::packages).toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(KadeClasses.ALL);
        assertThat(KadeClasses.ALL).as("classes on the test's class path").isNotEmpty();
    }
}
