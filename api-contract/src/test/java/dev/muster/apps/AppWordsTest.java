package dev.muster.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and places refuse to exist when they are wrong. */
class AppWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello", "a_b", "a.b", "-a", "a-", "a--b", "ä", "a b"})
    void whatWouldBreakContainersTopicsOrHostsIsNoName(String name) {
        assertThatThrownBy(() -> new AppName(name)).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "hello", "node-red-2", "7"})
    void theRestIs(String name) {
        assertThat(new AppName(name)).hasToString(name);
        assertThatThrownBy(() -> new AppName("a".repeat(64))).isInstanceOf(Refused.class);
    }

    @Test
    void placesAreReadAsTheyAreWritten() {
        for (Place place : new Place[] {
            Place.project(new ProjectKey(12)), Place.group("site/line"), Place.device(new DeviceId("d:1"))
        }) {
            assertThat(Place.of(place.toString())).isEqualTo(place);
        }
        assertThat(PlacePaths.group("site~1line~0x")).isEqualTo(Place.group("site/line~x"));
        assertThat(PlacePaths.written(Place.group("site/line~x"))).isEqualTo("groups/site~1line~0x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "fleet", "project/", "project/0", "project/01", "project/x", "group/", "device/", "x/y"})
    void nothingElseIsAPlace(String text) {
        assertThatThrownBy(() -> Place.of(text)).isInstanceOf(Refused.class);
    }

    @Test
    void aDevicesSecretsGoWithItsKey() {
        assertThat(Place.device(new DeviceId("d")).keyOwner()).isEqualTo("device/d");
        assertThat(Place.group("d").keyOwner())
                .isNotEqualTo(Place.project(new ProjectKey(1)).keyOwner());
    }

    @Test
    void updatesAreReadByTheAgentsWords() {
        assertThat(AppUpdateStatus.of("pending_remote_confirmation"))
                .isEqualTo(AppUpdateStatus.PENDING_REMOTE_CONFIRMATION);
        assertThat(AppUpdateStatus.of("completed")).isEqualTo(AppUpdateStatus.COMPLETED);
        assertThat(AppUpdateStatus.of("")).isEqualTo(AppUpdateStatus.NONE);
        assertThat(AppUpdateStatus.of("none")).isEqualTo(AppUpdateStatus.NONE);
    }
}
