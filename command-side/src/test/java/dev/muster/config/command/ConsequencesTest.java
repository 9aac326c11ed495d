package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.ConfigHouse.ROBOT;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.Profile;
import dev.muster.config.command.Consequences.Change;
import dev.muster.config.command.Consequences.Told;
import dev.muster.testing.MemoryLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an order would do, and what one did, without a secret in it. */
class ConsequencesTest {

    private final ConfigHouse house = new ConfigHouse();
    private final MemoryLog log = new MemoryLog();
    private final List<Databag> past = new ArrayList<>();
    private final Consequences consequences = new Consequences(house.registries, house.databags, house.seals, log);

    private static WriteView write(String... pairs) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return new WriteView(ROBOT, Profile.CONFDB, "all", values, null);
    }

    private void done(WriteView order, String correlation) {
        Databag now = house.databags.find(ROBOT);
        for (DatabagEvent event : DatabagDecision.write(order, now, house.registries.needed(NET), house.seals)) {
            log.record(ROBOT.aggregateId(), event, Map.of("correlation", correlation));
            past.add(now.after(event));
        }
        house.knows(ROBOT, past);
    }

    @Test
    void aRehearsalTellsAndChangesNothing() {
        done(write("host", "\"x\"", "port", "80"), "c1");
        Told told = consequences.of(write("host", "\"y\"", "port", "null", "wifi.key", "\"hush\""));
        assertThat(told.version()).isEqualTo(1);
        assertThat(told.changes())
                .containsExactlyInAnyOrder(
                        new Change("host", false, "\"x\"", "\"y\"", false),
                        new Change("port", true, "80", null, false),
                        new Change("wifi.key", false, null, null, true));
        assertThat(told.toString()).doesNotContain("hush");
        assertThat(house.databags.find(ROBOT).version()).isEqualTo(1);
        assertThat(log.all()).hasSize(1);
    }

    @Test
    void aRehearsalDoesNotTellWhetherASecretWasGuessed() {
        done(write("wifi.ssid", "\"home\"", "wifi.key", "\"hush\"", "pin", "\"4711\""), "c1");
        for (String request : List.of("wifi.key", "pin")) {
            Told wrong = consequences.of(write(request, "\"no\""));
            assertThat(wrong.changes()).hasSize(1);
            assertThat(consequences.of(write(request, request.equals("pin") ? "\"4711\"" : "\"hush\"")))
                    .isEqualTo(wrong);
        }
        assertThat(consequences.of(write("wifi.ssid", "\"other\"")).changes())
                .as("secrets that are not named")
                .containsExactly(new Change("wifi.ssid", false, "\"home\"", "\"other\"", false));
    }

    @Test
    void aRehearsalIsRefusedAsTheOrderWouldBe() {
        assertRefused(ConfigRefusal.VALUE_INVALID, () -> consequences.of(write("port", "0")));
        assertRefused(ConfigRefusal.VERSION_UNKNOWN, () -> consequences.of(new RevertDatabag(ROBOT, 7, null)));
    }

    @Test
    void aDeedIsReadBackFromTheLog() {
        Databag before = house.databags.find(ROBOT);
        done(write("host", "\"x\""), "mine");
        assertThat(consequences.done(ROBOT, 1, before, Map.of("correlation", "mine")))
                .isEqualTo(new Told(1, List.of(new Change("host", false, null, "\"x\"", false))));
    }

    @Test
    void whatSomebodyElseDidIsNotMine() {
        done(write("host", "\"x\""), "theirs");
        Databag now = house.databags.find(ROBOT);
        assertThat(consequences.done(ROBOT, 1, now, Map.of("correlation", "mine")))
                .as("my order changed nothing")
                .isEqualTo(new Told(1, List.of()));
        assertThat(consequences.done(ROBOT, 0, Databag.EMPTY, Map.of())).isEqualTo(new Told(0, List.of()));
    }

    @Test
    void valuesBeforeAreLeftOutWhenSomebodyCameInBetween() {
        Databag stale = house.databags.find(ROBOT);
        done(write("host", "\"x\""), "theirs");
        done(write("host", "\"y\""), "mine");
        assertThat(consequences
                        .done(ROBOT, 2, stale, Map.of("correlation", "mine"))
                        .changes())
                .containsExactly(new Change("host", false, null, "\"y\"", false));
    }
}
