package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.OtherVersionReported;
import dev.muster.updates.ReleaseRef;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a device is told that installed a release and has yet to prove that it is well. */
class ProofTest {

    @AutoClose
    private static final House house = new House();

    private static int number = 100;

    private final String id = "proof-" + ++number;
    private final int action = number;
    private final DeviceId device = new DeviceId(id);
    private ReleaseRef release;

    @AfterEach
    void tidyUp() {
        house.tidyUp();
    }

    /** It has told what it is, was given a release and says that it installed it. */
    private void installed() {
        house.device(id, null);
        release = house.release("fw-" + id);
        tell(new AttributesReported(device, Map.of("sw_version", "0")));
        house.assign(id, action, release);
        tell(new ActionInstalled(
                device, action, release, null, List.of(), null, Instant.EPOCH.plusSeconds(600), null, null));
    }

    private static void tell(Object... events) {
        for (Object event : events) {
            house.tell(event);
        }
    }

    private JsonNode links() {
        HttpResponse<byte[]> poll = house.get(path(id));
        assertThat(poll.statusCode()).isEqualTo(200);
        return Wire.JSON.readTree(poll.body()).path("_links");
    }

    @Test
    void itIsOfferedNothingMoreAndAskedForItsAttributes() {
        installed();
        assertThat(links().propertyNames()).containsExactly("configData");
    }

    @Test
    void itIsAskedUntilItReportsTheRightVersion() {
        installed();
        tell(new AttributesReported(device, Map.of("sw_version", "0")), new OtherVersionReported(device, action, "0"));
        assertThat(links().propertyNames()).containsExactly("configData");
        tell(
                new ActionFinished(device, action, release, null, List.of(), null, null, null, null),
                new AttributesReported(device, Map.of("sw_version", "1")));
        assertThat(links().propertyNames()).containsExactly("installedBase");
    }

    @Test
    void onlyTheFirstReportIsAnAnswer() {
        installed();
        byte[] report = "{\"data\":{\"sw_version\":\"0\"}}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        house.json("PUT", path(id) + "/configData", report);
        tell(new AttributesReported(device, Map.of("sw_version", "0")));
        house.json("PUT", path(id) + "/configData", report);
        assertThat(house.sent(ReportAttributes.class))
                .extracting(ReportAttributes::asked)
                .containsExactly(true, false);
    }

    @Test
    void itsDocumentIsThereAsThatOfAClosedAction() {
        installed();
        assertThat(house.get(path(id) + "/deploymentBase/" + action).statusCode())
                .isEqualTo(200);
        assertThat(house.get(path(id) + "/installedBase/" + action).statusCode())
                .isEqualTo(404);
        assertThat(house.get(path(id) + "/cancelAction/" + action).statusCode()).isEqualTo(404);
    }

    @Test
    void whatItCouldNotProveWasNeverInstalled() {
        installed();
        tell(
                new ActionFailed(device, action, release, true, null, List.of(), null, null, null, null, null),
                new AttributesReported(device, Map.of("sw_version", "0")));
        assertThat(links().propertyNames()).isEmpty();
        assertThat(house.get(path(id) + "/installedBase/" + action).statusCode())
                .isEqualTo(404);
    }

    @Test
    void somethingNewerIsOfferedMeanwhile() {
        installed();
        house.assign(id, action + 10_000, release);
        assertThat(links().path("deploymentBase").path("href").asString())
                .contains("/deploymentBase/" + (action + 10_000));
    }
}
