package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.ConfigHouse.ROBOT;
import static dev.muster.kernel.command.Refusals.refused;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.config.RegistryCommand.DefineRegistry;
import dev.muster.config.RegistryEvent.RegistryDefined;
import dev.muster.config.RegistryEvent.RegistryRedefined;
import dev.muster.config.engine.Engine;
import dev.muster.kernel.KernelRefusal;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Definitions and databags as aggregates. */
class ConfigAggregatesTest {

    private static final String OLD = ConfigHouse.SCHEMA;
    private static final String WIDER = OLD.replace("\"host\":\"string\"", "\"host\":\"any\"");
    private static final String NARROWER = OLD.replace("\"host\":\"string\"", "\"host\":\"int\"");

    private final ConfigHouse house = new ConfigHouse();

    private static ViewWritten wrote(long version, String host) {
        return new ViewWritten(
                ROBOT, version, Profile.CONFDB, "all", List.of("host"), 1, List.of(Delta.set("host", Json.of(host))));
    }

    @Nested
    class Defining {

        private AggregateTestFixture<DefinedRegistry> fixture;

        @BeforeEach
        void aFixture() {
            fixture = new AggregateTestFixture<>(DefinedRegistry.class);
            fixture.registerInjectableResource(new Engine());
            fixture.registerInjectableResource(house.databags);
            fixture.registerInjectableResource(house.seals);
        }

        @Test
        void aFirstSchemaIsRevisionOne() {
            fixture.givenNoPriorActivity()
                    .when(new DefineRegistry(NET, OLD, 0L))
                    .expectEvents(new RegistryDefined(NET, 1, OLD))
                    .expectResultMessagePayload(1L);
        }

        @Test
        void theSameAgainChangesNothing() {
            fixture.given(new RegistryDefined(NET, 1, OLD))
                    .when(new DefineRegistry(NET, OLD, 0L))
                    .expectNoEvents()
                    .expectResultMessagePayload(1L);
        }

        @Test
        void aSchemaThatIsNoneIsRefused() {
            refused(
                    fixture.givenNoPriorActivity().when(new DefineRegistry(NET, "{}", null)),
                    ConfigRefusal.SCHEMA_INVALID);
        }

        @Test
        void anotherSchemaMustFitWhatIsStored() {
            house.knows(ROBOT, List.of(Databag.EMPTY.after(wrote(1, "x"))));
            fixture.given(new RegistryDefined(NET, 1, OLD))
                    .when(new DefineRegistry(NET, WIDER, 1L))
                    .expectEvents(new RegistryRedefined(NET, 2, WIDER));
            refused(
                    fixture.given(new RegistryDefined(NET, 1, OLD)).when(new DefineRegistry(NET, NARROWER, null)),
                    ConfigRefusal.SCHEMA_IN_USE);
        }

        @Test
        void anEditorWhoSawAnotherRevisionIsRefused() {
            refused(
                    fixture.given(new RegistryDefined(NET, 1, OLD)).when(new DefineRegistry(NET, WIDER, 7L)),
                    KernelRefusal.VERSION_LOST);
        }
    }

    @Nested
    class Writing {

        private AggregateTestFixture<StoredDatabag> fixture;

        @BeforeEach
        void aFixture() {
            fixture = new AggregateTestFixture<>(StoredDatabag.class);
            fixture.registerInjectableResource(house.registries);
            fixture.registerInjectableResource(house.databags);
            fixture.registerInjectableResource(house.seals);
        }

        private WriteView host(String name) {
            return new WriteView(ROBOT, Profile.CONFDB, "all", Map.of("host", "\"" + name + "\""), null);
        }

        @Test
        void aWriteIsOneEvent() {
            fixture.givenNoPriorActivity()
                    .when(host("x"))
                    .expectEvents(wrote(1, "x"))
                    .expectResultMessagePayload(1L);
            fixture.given(wrote(1, "x"))
                    .when(host("y"))
                    .expectEvents(wrote(2, "y"))
                    .expectResultMessagePayload(2L);
        }

        @Test
        void theSameAgainIsNone() {
            fixture.given(wrote(1, "x")).when(host("x")).expectNoEvents().expectResultMessagePayload(1L);
        }

        @Test
        void forgettingWhereThereIsNoSecretIsNone() {
            fixture.given(wrote(1, "x")).when(new ForgetSecrets(ROBOT)).expectNoEvents();
        }
    }
}
