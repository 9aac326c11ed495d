package dev.muster.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.muster.identity.OpenToAll;
import dev.muster.identity.Requires;
import dev.muster.kernel.AggregateCommand;
import dev.muster.kernel.BulkCommand;
import dev.muster.updates.ddi.CronWindows;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;

/** The house inspects itself: each rule fails when an arrow is drawn the wrong way. */
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.muster");

    /** Folds, stores and their bookkeeping: whose package is overview's, but which all projections are made with. */
    private static final String VIEW_MACHINERY = "dev.muster.overview.view";

    private static final SliceAssignment CAPABILITIES = new SliceAssignment() {

        private static final Pattern NAME = Pattern.compile(
                "dev\\.muster\\.(kernel|identity|registry|staging|config|updates|apps|observe|lab|overview)(\\..*)?");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass item) {
            Matcher name = NAME.matcher(item.getPackageName());
            if (!name.matches()) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(item.getPackageName().equals(VIEW_MACHINERY) ? "views" : name.group(1));
        }

        @Override
        public String getDescription() {
            return "capabilities, and the machinery of views";
        }
    };

    /** Where each module's packages live; a class belongs to the module with the longest fitting prefix. */
    private static final List<String> COMMAND_SIDE = List.of("..command..", "dev.muster.identity.query..");

    private static final List<String> QUERY_SIDE = List.of(
            "dev.muster.registry.query..",
            "dev.muster.updates.query..",
            "dev.muster.updates.modes.query..",
            "dev.muster.observe.query..",
            "dev.muster.lab.query..",
            "dev.muster.config.query..",
            "dev.muster.apps.query..",
            "dev.muster.overview.query..");
    private static final List<String> PROJECTIONS =
            List.of("dev.muster.registry.view..", "dev.muster.updates.view..", "dev.muster.overview.view..");
    private static final List<String> ADAPTERS = List.of(
            "dev.muster.updates.ddi..",
            "dev.muster.updates.goosebit..",
            "dev.muster.observe.cos..",
            "dev.muster.lab.power..",
            "dev.muster.lab.console..",
            "dev.muster.lab.environment..",
            "dev.muster.lab.wire..",
            "dev.muster.config.follow..",
            "dev.muster.config.poc..",
            "dev.muster.config.snapd..",
            "dev.muster.wamp..",
            "dev.muster.apps.reagent..",
            "dev.muster.updates.simulator..",
            "dev.muster.apps.simulator..");
    private static final List<String> STORES = List.of(
            "dev.muster.store..",
            "dev.muster.updates.artifacts..",
            "dev.muster.updates.bundles..",
            "dev.muster.observe.documents..",
            "dev.muster.lab.boards..",
            "dev.muster.config.engine..",
            "dev.muster.config.seals..",
            "dev.muster.apps.secrets..");

    @Test
    void theHouseIsSeenWhole() {
        assertThat(HOUSE.size()).isGreaterThan(300);
        for (List<String> module : List.of(COMMAND_SIDE, QUERY_SIDE, PROJECTIONS, ADAPTERS, STORES)) {
            for (String pattern : module) {
                assertThat(HOUSE.stream().anyMatch(c -> com.tngtech.archunit.core.domain.PackageMatchers.of(pattern)
                                .test(c.getPackageName())))
                        .as(pattern)
                        .isTrue();
            }
        }
    }

    @Test
    void noModuleImportsANeighbour() {
        List<List<String>> modules = List.of(
                List.of(
                        "dev.muster.registry.command..",
                        "dev.muster.updates.command..",
                        "dev.muster.updates.modes.command..",
                        "dev.muster.observe.command..",
                        "dev.muster.lab.command..",
                        "dev.muster.config.command..",
                        "dev.muster.apps.command..",
                        "dev.muster.staging.command..",
                        "dev.muster.kernel.command..",
                        "dev.muster.identity.command..",
                        "dev.muster.identity.query.."),
                QUERY_SIDE,
                PROJECTIONS,
                List.of("dev.muster.updates.ddi.."),
                List.of("dev.muster.updates.goosebit.."),
                List.of("dev.muster.observe.cos.."),
                List.of("dev.muster.lab.power.."),
                List.of("dev.muster.lab.console.."),
                List.of("dev.muster.lab.environment.."),
                List.of("dev.muster.lab.wire.."),
                List.of("dev.muster.config.follow.."),
                List.of("dev.muster.config.poc.."),
                List.of("dev.muster.config.snapd.."),
                List.of("dev.muster.wamp..", "dev.muster.apps.reagent.."),
                List.of("dev.muster.updates.simulator..", "dev.muster.apps.simulator.."),
                List.of("dev.muster.store.."),
                List.of("dev.muster.updates.artifacts.."),
                List.of("dev.muster.updates.bundles.."),
                List.of("dev.muster.observe.documents.."),
                List.of("dev.muster.lab.boards.."),
                List.of("dev.muster.config.engine..", "dev.muster.config.seals..", "dev.muster.apps.secrets.."));
        for (List<String> module : modules) {
            String[] others = modules.stream()
                    .filter(other -> other != module)
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAnyPackage(module.toArray(new String[0]))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(HOUSE);
        }
    }

    @Test
    void nobodySeesTheServer() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.muster", "dev.muster.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.server..")
                .check(HOUSE);
    }

    @Test
    void capabilitiesFormNoCycle() {
        slices().assignedFrom(CAPABILITIES).should().beFreeOfCycles().check(HOUSE);
    }

    /** What makes it fit to be used by projections of capabilities that overview listens to. */
    @Test
    void theMachineryOfViewsKnowsNoCapability() {
        noClasses()
                .that()
                .resideInAPackage(VIEW_MACHINERY)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of the house, beside kernel and machinery",
                        c -> c.getPackageName().startsWith("dev.muster.")
                                && !c.getPackageName().equals(VIEW_MACHINERY)
                                && !c.getPackageName().startsWith("dev.muster.kernel")))
                .check(HOUSE);
    }

    @Test
    void capabilitiesLookOnlyDown() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.identity..",
                        "dev.muster.registry..",
                        "dev.muster.staging..",
                        "dev.muster.config..",
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.observe..",
                        "dev.muster.lab..",
                        "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.registry..",
                        "dev.muster.staging..",
                        "dev.muster.config..",
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.observe..",
                        "dev.muster.lab..",
                        "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.registry..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.staging..",
                        "dev.muster.config..",
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.observe..",
                        "dev.muster.lab..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.observe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.config..",
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.lab..",
                        "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.updates..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.config..", "dev.muster.apps..", "dev.muster.observe..", "dev.muster.lab..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.lab..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.config..", "dev.muster.apps..", "dev.muster.observe..", "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.staging..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.config..",
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.observe..",
                        "dev.muster.lab..",
                        "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.updates..",
                        "dev.muster.apps..",
                        "dev.muster.observe..",
                        "dev.muster.lab..",
                        "dev.muster.overview..")
                .check(HOUSE);
        noClasses()
                .that()
                .resideInAPackage("dev.muster.apps..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.muster.observe..", "dev.muster.lab..", "dev.muster.overview..")
                .check(HOUSE);
    }

    @Test
    void decisionsKnowNoFramework() {
        DescribedPredicate<JavaClass> decisions = DescribedPredicate.describe(
                "decide",
                c -> c.getPackageName().endsWith(".command")
                        && (c.getSimpleName().endsWith("Decision")
                                || c.getSimpleName().endsWith("State")
                                || c.getSimpleName().endsWith("Rules")
                                || c.getSimpleName().endsWith("Gates")));
        assertThat(HOUSE.stream().filter(decisions).count()).isGreaterThan(8);
        noClasses()
                .that(decisions)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "com.mongodb..", "reactor..", "org.axonframework..")
                .check(HOUSE);
    }

    /** Schedules are read behind {@link dev.muster.updates.MaintenanceWindows}, so that all who ask get one answer. */
    @Test
    void oneClassAloneReadsSchedules() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(CronWindows.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.cronutils..")
                .check(HOUSE);
    }

    @Test
    void nobodyReadsTheClockOnTheWall() {
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
    }

    @Test
    void messagesAreRecordsOfASealedParent() {
        classes()
                .that(DescribedPredicate.describe(
                        "are messages",
                        c -> c.isTopLevelClass()
                                && c.isInterface()
                                && c.getPackageName()
                                        .matches(
                                                "dev\\.muster\\.(identity|registry|staging|config|updates(\\.modes)?|apps|observe|lab)")
                                && (c.getSimpleName().endsWith("Command")
                                        || c.getSimpleName().endsWith("Event"))))
                .should(new ArchCondition<>("be sealed over records") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        Class<?> type = item.reflect();
                        boolean fine = type.isSealed()
                                && (AggregateCommand.class.isAssignableFrom(type)
                                        || !item.getSimpleName().endsWith("Command"));
                        for (Class<?> permitted : fine ? type.getPermittedSubclasses() : new Class<?>[0]) {
                            fine &= permitted.isRecord();
                        }
                        if (!fine) {
                            events.add(SimpleConditionEvent.violated(
                                    item, item.getName() + " is not sealed over records, or names no aggregate"));
                        }
                    }
                })
                .check(HOUSE);
    }

    @Test
    void bulksOfCommandsAreRecordsInTheContract() {
        classes()
                .that()
                .implement(BulkCommand.class)
                .should()
                .beRecords()
                .andShould()
                .resideOutsideOfPackages("..command..", "..server..")
                .check(HOUSE);
    }

    @Test
    void everyRouteHasAnAuthorizationRow() {
        methods()
                .that(DescribedPredicate.describe(
                        "are routes",
                        (JavaMethod m) -> m.getOwner().getPackageName().startsWith("dev.muster")
                                && AnnotatedElementUtils.hasAnnotation(m.reflect(), RequestMapping.class)))
                .should(new ArchCondition<>("say who may call them") {
                    @Override
                    public void check(JavaMethod route, ConditionEvents events) {
                        Annotation requires = route.reflect().getAnnotation(Requires.class);
                        Annotation open = route.reflect().getAnnotation(OpenToAll.class);
                        if ((requires == null) == (open == null)) {
                            events.add(
                                    SimpleConditionEvent.violated(route, route.getFullName() + " has no single row"));
                        }
                    }
                })
                .check(HOUSE);
    }

    @Test
    void oldJacksonStaysOut() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..")
                .check(HOUSE);
    }

    @Test
    void everyStoredNameIsUsedOnceAndBelongsToACapability() {
        Set<String> capabilities = new TreeSet<>();
        StoredNames.ALL.all().forEach(name -> capabilities.add(name.substring(0, name.indexOf('.'))));
        assertThat(capabilities)
                .containsExactly("apps", "config", "identity", "lab", "observe", "overview", "registry", "updates");
    }
}
