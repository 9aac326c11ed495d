package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ddi.DdiWorld.Plan;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** TV-107 to TV-110: maintenance windows. TV-111 and TV-112 stand with the flood filter's own tests. */
class WindowVectorsTest extends DdiVectors {

    /** Opens once, that far from now, for that long. */
    private Plan once(Duration from, Duration open) {
        Instant start = world.now().plus(from);
        ZonedDateTime at = start.atZone(ZoneOffset.UTC);
        String cron = "%d %d %d %d %d ? %d"
                .formatted(
                        at.getSecond(),
                        at.getMinute(),
                        at.getHour(),
                        at.getDayOfMonth(),
                        at.getMonthValue(),
                        at.getYear());
        return new Plan(ActionType.FORCED, null, null, new MaintenanceWindow(cron, open, "+00:00"));
    }

    private String offer(String id, int action) {
        JsonNode d = deployment(id, action).json().path("deployment");
        return d.path("download").asString() + "," + d.path("update").asString() + ","
                + d.path("maintenanceWindow").asString();
    }

    @Test
    void tv107And108TheUpdateWaitsForItsWindow() {
        String id = knownDevice();
        int action = world.assign(id, osRelease(), once(Duration.ofMinutes(2), Duration.ofMinutes(10)));
        assertThat(offer(id, action)).isEqualTo("forced,skip,unavailable");
        String link = poll(id).link("deploymentBase");

        world.advance(Duration.ofMinutes(3));

        assertThat(offer(id, action)).isEqualTo("forced,forced,available");
        assertThat(poll(id).link("deploymentBase")).isNotEqualTo(link);
    }

    @Test
    void tv109TheSleepGetsShorterTowardsTheWindow() {
        assertThat(sleepBefore(Duration.ofMinutes(16))).isEqualTo("00:05:00");
        assertThat(sleepBefore(Duration.ofMinutes(10))).isBetween("00:03:00", "00:05:00");
        assertThat(sleepBefore(Duration.ofMinutes(5))).isLessThan("00:02:00");

        String id = knownDevice();
        world.assign(id, osRelease(), once(Duration.ofMinutes(1), Duration.ofMinutes(30)));
        world.advance(Duration.ofMinutes(2));
        assertThat(sleep(id)).isEqualTo("00:05:00");
    }

    private String sleepBefore(Duration opening) {
        String id = knownDevice();
        world.assign(id, osRelease(), once(opening, Duration.ofMinutes(10)));
        return sleep(id);
    }

    private String sleep(String id) {
        return poll(id).json().at("/config/polling/sleep").asString();
    }

    @Test
    void tv110AWindowThatIsOverEndsItsAction() {
        String id = knownDevice();
        int action = world.assign(id, osRelease(), once(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        assertThat(poll(id).rels()).containsExactly("deploymentBase");

        world.advance(Duration.ofMinutes(5));

        assertThat(poll(id).rels()).containsExactly("cancelAction");
        assertThat(action(id, action).status()).isEqualTo(ActionStatus.CANCELING);
    }
}
