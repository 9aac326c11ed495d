package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static dev.muster.updates.ddi.House.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators and proxies change in the answer to a poll. */
class LinksTest {

    @AutoClose
    private static final House house = new House();

    @AfterEach
    void tidyUp() {
        house.tidyUp();
    }

    @Test
    void linksFollowATrustedProxy() {
        house.device("linked", null);

        assertThat(text(house.get(path("linked"), "X-Forwarded-Proto", "https", "X-Forwarded-Host", "upd.example.org")))
                .contains("https://upd.example.org/DEFAULT/controller/v1/linked/configData");
        assertThat(text(house.get(path("linked"), "Forwarded", "for=1.2.3.4;host=\"a.example:8443\";proto=https")))
                .contains("https://a.example:8443/DEFAULT/");
        assertThat(text(house.get(
                        path("linked"),
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Host",
                        "upd.example.org",
                        "X-Forwarded-Port",
                        "8443")))
                .contains("https://upd.example.org:8443/");
        assertThat(text(house.get(path("linked")))).contains(house.url() + "/DEFAULT/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "a\"b", "a<b", "user@host"})
    void aHostThatIsNoneNeverGetsIntoALink(String host) {
        house.device("spoofed", null);

        assertThat(house.get(path("spoofed"), "X-Forwarded-Host", host).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFixedOriginBeatsAll() {
        house.device("fixed", null);
        house.change("publicBaseUrl", "https://ddi.example.org/base/", "downloadBaseUrl", "https://cdn.example.org");

        assertThat(text(house.get(path("fixed"), "X-Forwarded-Host", "else.org")))
                .contains("\"https://ddi.example.org/base/DEFAULT/controller/v1/fixed/configData\"");
    }

    @Test
    void aRuleFollowsTheDevicesGroup() {
        house.device("ruled", null);
        house.change("pollingTime", "00:05:00, broken -> 00:01:00, group==lab -> 00:02:00");
        assertThat(text(house.get(path("ruled")))).contains("00:05:00");

        house.fleet.groups.put(new DeviceId("ruled"), "lab");
        house.tell(new DeviceGrouped(new DeviceId("ruled"), "lab"));

        assertThat(text(house.get(path("ruled")))).contains("00:02:00");
    }
}
