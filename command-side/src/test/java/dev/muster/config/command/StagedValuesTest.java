package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.RolloutHouse.ID;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.AdoptStaged;
import dev.muster.config.DatabagCommand.EmptyStaged;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rollout staged goes over to its target as it lay there, and is dropped as a whole. */
class StagedValuesTest {

    private static final DatabagId FLEET = new DatabagId(NET, Layer.fleet());
    private static final DatabagId STAGED = new DatabagId(NET, ID.layer());
    private static final AdoptStaged ADOPT =
            new AdoptStaged(FLEET, ID.layer(), Profile.CONFDB, "all", List.of("port", "wifi.key"));

    private final RolloutHouse house = new RolloutHouse();

    private List<DatabagEvent> adopt(Databag target) {
        return DatabagDecision.adopt(
                ADOPT, target, house.config.registries.needed(NET), house.config.databags, house.config.seals);
    }

    private Databag fleet() {
        return house.config.databags.find(FLEET);
    }

    @Test
    void theTargetHasWhatTheMembersHad() {
        house.has(Layer.fleet(), "host", "\"x\"", "port", "1", "wifi.ssid", "\"home\"");
        house.has(ID.layer(), "port", "80", "wifi.key", "\"hush\"");
        DatabagEvent event = adopt(fleet()).getFirst();
        assertThat(event).isInstanceOfSatisfying(ViewWritten.class, written -> {
            assertThat(written.version()).isEqualTo(2);
            assertThat(written.requests()).containsExactly("port", "wifi.key");
        });
        assertThat(event.changes().toString()).doesNotContain("hush");
        Databag after = fleet().after(event);
        assertThat(after.opened(FLEET, house.config.seals).toString())
                .isEqualTo("{\"host\":\"x\",\"port\":80,\"wifi\":{\"key\":\"hush\",\"ssid\":\"home\"}}");
        assertThat(after.sealed().get("wifi.key"))
                .as("sealed with the target's own key")
                .isNotEqualTo(house.config.databags.find(STAGED).sealed().get("wifi.key"));
        assertThat(adopt(after)).as("said again").isEmpty();
    }

    @Test
    void whatIsDroppedIsEmptyAndFitsEverySchema() {
        house.has(ID.layer(), "port", "80", "wifi.key", "\"hush\"", "wifi.ssid", "\"home\"");
        Databag staged = house.config.databags.find(STAGED);
        List<DatabagEvent> events = DatabagDecision.empty(new EmptyStaged(STAGED), staged);
        assertThat(events.getFirst().changes())
                .allSatisfy(delta -> assertThat(delta.kind()).isEqualTo(Delta.Kind.REMOVED));
        Databag after = staged.after(events.getFirst());
        assertThat(after.clear().isEmpty()).isTrue();
        assertThat(after.sealed()).isEmpty();
        assertThat(DatabagDecision.empty(new EmptyStaged(STAGED), after)).isEmpty();
        assertRefused(ConfigRefusal.LAYER_INVALID, () -> DatabagDecision.empty(new EmptyStaged(FLEET), fleet()));
    }
}
