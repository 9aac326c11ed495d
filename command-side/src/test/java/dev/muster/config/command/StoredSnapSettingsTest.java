package dev.muster.config.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.kernel.command.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Delta;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsEvent;
import dev.muster.config.SnapSettingsEvent.SnapSettingsChanged;
import dev.muster.config.SnapSettingsId;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snap is set to, and that history never tells it in clear. */
class StoredSnapSettingsTest {

    private static final SnapSettingsId AGENT = new SnapSettingsId(new DeviceId("robot"), "network-agent");

    private final ConfigHouse house = new ConfigHouse();
    private SnapSettings settings = SnapSettings.EMPTY;

    private List<SnapSettingsEvent> change(Map<String, String> values) {
        List<SnapSettingsEvent> events =
                SnapSettingsDecision.change(new ChangeSnapSettings(AGENT, values), settings, house.seals);
        for (SnapSettingsEvent event : events) {
            settings = settings.after(event);
        }
        return events;
    }

    private String now() {
        return settings.opened(AGENT, house.seals).toString();
    }

    @Nested
    class Changing {

        @Test
        void setsByDottedKeys() {
            change(Map.of("is-registered", "false", "server.url", "\"http://a\""));
            assertThat(now()).isEqualTo("{\"is-registered\":false,\"server\":{\"url\":\"http://a\"}}");
            change(Map.of("server.port", "8000"));
            assertThat(now()).isEqualTo("{\"is-registered\":false,\"server\":{\"port\":8000,\"url\":\"http://a\"}}");
        }

        @Test
        void unsetsWithNullAtAnyDepth() {
            change(Map.of("a", "{\"b\":1,\"c\":2}", "d", "3"));
            change(Map.of("a.b", "null", "d", "null", "unknown.key", "null"));
            assertThat(now()).isEqualTo("{\"a\":{\"c\":2}}");
            change(Map.of("a", "{\"b\":4,\"c\":null}"));
            assertThat(now()).isEqualTo("{\"a\":{\"b\":4}}");
        }

        @Test
        void sayingItTwiceChangesNothing() {
            change(Map.of("a", "{\"b\":1}"));
            assertThat(change(Map.of("a.b", "1.0"))).isEmpty();
            assertThat(settings.version()).isEqualTo(1);
        }

        @Test
        void historyHoldsNothingInClear() {
            List<SnapSettingsEvent> events = change(Map.of("password", "\"hunter2\""));
            assertThat(events).singleElement().isInstanceOfSatisfying(SnapSettingsChanged.class, event -> {
                assertThat(event.deltas()).singleElement().satisfies(delta -> {
                    assertThat(delta.kind()).isEqualTo(Delta.Kind.SEALED);
                    assertThat(delta.value()).doesNotContain("hunter2");
                });
            });
            assertThat(new ChangeSnapSettings(AGENT, Map.of("password", "\"hunter2\"")).toString())
                    .doesNotContain("hunter2");
        }

        @Test
        void whatWasSealedIsGoneWithItsKey() {
            change(Map.of("a", "1", "b", "2"));
            house.seals.destroy(AGENT.keyOwner());
            assertThat(now()).isEqualTo("{}");
            change(Map.of("b", "3"));
            assertThat(now()).isEqualTo("{\"b\":3}");
            assertThat(settings.sealed()).containsOnlyKeys("b");
        }
    }

    @Nested
    class Refusing {

        @ParameterizedTest
        @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "A", "a_b", "-a", "a-", "a--b", "1", "a.{b}", "a[0]"})
        void aKeyThatIsNone(String key) {
            assertRefused(ConfigRefusal.BAD_REQUEST, () -> change(Map.of(key, "1")));
        }

        @Test
        void aNameInsideAValueThatIsNone() {
            assertRefused(ConfigRefusal.BAD_REQUEST, () -> change(Map.of("a", "[{\"B\":1}]")));
        }

        @Test
        void aWayThroughSomethingElse() {
            change(Map.of("a", "1"));
            assertRefused(ConfigRefusal.BAD_REQUEST, () -> change(Map.of("a.b", "1")));
        }

        @Test
        void tooMuch() {
            String long1 = "\"" + "x".repeat(600_000) + "\"";
            change(Map.of("a", long1));
            assertRefused(ConfigRefusal.TOO_LARGE, () -> change(Map.of("b", long1)));
        }

        @Test
        void aSnapWithoutAName() {
            assertRefused(ConfigRefusal.BAD_REQUEST, () -> new SnapSettingsId(new DeviceId("robot"), "No Snap"));
        }
    }

    @Nested
    class AsAnAggregate {

        private AggregateTestFixture<StoredSnapSettings> fixture;

        @BeforeEach
        void aFixture() {
            fixture = new AggregateTestFixture<>(StoredSnapSettings.class);
            fixture.registerInjectableResource(house.seals);
        }

        @Test
        void continuesWhereItWas() {
            List<SnapSettingsEvent> before = change(Map.of("a", "1"));
            fixture.given(before)
                    .when(new ChangeSnapSettings(AGENT, Map.of("a", "null")))
                    .expectEvents(new SnapSettingsChanged(AGENT.device(), AGENT.snap(), 2, List.of(Delta.removed("a"))))
                    .expectResultMessagePayload(2L);
        }

        @Test
        void refusesAsTheDecisionDoes() {
            refused(
                    fixture.givenNoPriorActivity().when(new ChangeSnapSettings(AGENT, Map.of("A", "1"))),
                    ConfigRefusal.BAD_REQUEST);
        }
    }
}
