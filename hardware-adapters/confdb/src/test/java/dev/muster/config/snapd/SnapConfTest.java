package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.SecretsEvent.SnapSettingsRead;
import dev.muster.config.SnapSettingsCommand.ChangeSnapSettings;
import dev.muster.config.SnapSettingsId;
import dev.muster.identity.Permission;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a device's snaps are set to, which the first version of the agent needs. */
@Timeout(60)
class SnapConfTest {

    private static final String CONF = "snaps/aspects-registration-agent/conf";

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    @AfterEach
    void forget() {
        house.store.forget();
        house.audited.clear();
        house.auditors.clear();
    }

    private static Answer get(String query) {
        return house.local(Generation.V2_74, "GET", CONF + query, null);
    }

    private static Answer put(String body) {
        return house.local(Generation.V2_74, "PUT", CONF, body);
    }

    @Test
    void nothingIsAnEmptyObject() {
        assertThat(get("").brief()).isEqualTo("200 {}");
    }

    @Test
    void whatIsSetIsRead() {
        String change =
                put("{\"is-registered\":false,\"server.url\":\"http://a\"}").change();
        assertThat(house.local(Generation.V2_74, "GET", "changes/" + change, null)
                        .result()
                        .toString())
                .contains("\"kind\":\"configure-snap\"", "\"status\":\"Done\"");
        assertThat(get("").brief()).isEqualTo("200 {\"is-registered\":false,\"server\":{\"url\":\"http://a\"}}");
        assertThat(get("?keys=is-registered,server.url").brief())
                .isEqualTo("200 {\"is-registered\":false,\"server.url\":\"http://a\"}");
        put("{\"is-registered\":true,\"server\":null}").change();
        assertThat(get("").brief()).isEqualTo("200 {\"is-registered\":true}");
        assertThat(((ChangeSnapSettings) house.store.commands.peek()).settingsId())
                .isEqualTo(new SnapSettingsId(ROBOT, "aspects-registration-agent"));
    }

    @Test
    void anOptionThatIsNotSet() {
        put("{\"a\":1}").change();
        Answer answer = get("?keys=a,b");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.kind()).isEqualTo("option-not-found");
        String keeper = house.bearer("keeper", Set.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS));
        assertThat(house.remote(keeper, "GET", CONF + "?keys=b", null).status()).isEqualTo(404);
    }

    @Test
    void allOfItMayBeSecret() {
        put("{\"password\":\"hush\"}").change();
        assertThat(house.store.settings.toString()).doesNotContain("hush");
        String reader = house.bearer("reader", Set.of(Permission.CONFIG_READ));
        assertThat(house.remote(reader, "GET", CONF, null).status()).isEqualTo(403);
        assertThat(house.remote(reader, "PUT", CONF, "{\"a\":1}").status()).isEqualTo(403);
        String keeper = house.bearer(
                "keeper", Set.of(Permission.CONFIG_READ, Permission.CONFIG_SECRETS, Permission.CONFIG_WRITE));
        assertThat(house.remote(keeper, "GET", CONF, null).brief()).isEqualTo("200 {\"password\":\"hush\"}");
        assertThat(house.audited).containsExactly(new SnapSettingsRead(ROBOT, "aspects-registration-agent", List.of()));
        assertThat(house.auditors).containsExactly("token:keeper");
        house.remote(keeper, "PUT", CONF, "{\"a\":1}").change();
        house.seals.destroy("device/robot");
        assertThat(get("").brief()).isEqualTo("200 {}");
    }

    @Test
    void whatIsNoObjectIsRefused() {
        for (String body : new String[] {"", "[]", "1", "{"}) {
            assertThat(put(body).status()).as(body).isEqualTo(400);
        }
        assertThat(house.local(Generation.V2_74, "GET", "snaps/No%20Snap/conf", null)
                        .status())
                .isEqualTo(400);
    }
}
