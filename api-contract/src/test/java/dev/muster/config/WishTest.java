package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Layers laid over one another, secrets among them. */
class WishTest {

    private static final RegistryId NET = new RegistryId("acme", "net");
    private static final DatabagId FLEET = new DatabagId(NET, Layer.fleet());
    private static final DatabagId GROUP = new DatabagId(NET, Layer.group("lab"));
    private static final DatabagId DEVICE = new DatabagId(NET, Layer.device(new DeviceId("robot")));

    private static Wish.Part part(DatabagId id, String clear, Map<String, String> sealed) {
        Json.Members values = (Json.Members) JsonReader.read(clear);
        return new Wish.Part(id, new Databag(1, values, new TreeMap<>(sealed)));
    }

    /** Opens what reads {@code owner:json}. */
    private static final Seals SEALS = new Seals() {
        @Override
        public String seal(String owner, String place, String clear) {
            return owner + ":" + clear;
        }

        @Override
        public Optional<String> open(String owner, String place, String sealed) {
            return sealed.startsWith(owner + ":")
                    ? Optional.of(sealed.substring(owner.length() + 1))
                    : Optional.empty();
        }

        @Override
        public void destroy(String owner) {}
    };

    @Test
    void theStrongerLayerWinsAndSaysSo() {
        Wish wish = Wish.over(List.of(
                part(FLEET, "{\"a\":{\"x\":1,\"y\":1},\"s\":1}", Map.of()),
                part(GROUP, "{\"a\":{\"y\":2}}", Map.of()),
                part(DEVICE, "{\"s\":{\"t\":3}}", Map.of())));
        assertThat(wish.clear()).hasToString("{\"a\":{\"x\":1,\"y\":2},\"s\":{\"t\":3}}");
        assertThat(wish.sources())
                .containsExactly(
                        Map.entry("a.x", FLEET.layer()),
                        Map.entry("a.y", GROUP.layer()),
                        Map.entry("s.t", DEVICE.layer()));
    }

    @Test
    void aSecretIsOnePieceOfTheStrongestLayer() {
        Wish wish = Wish.over(List.of(
                part(FLEET, "{\"wifi\":{\"ssid\":\"a\"}}", Map.of("wifi.key", "fleet:\"f\"", "pin", "fleet:\"1\"")),
                part(GROUP, "{\"pin\":\"clear\"}", Map.of("wifi.key", "group/lab:\"g\"")),
                part(DEVICE, "{\"wifi\":{\"ssid\":\"b\"}}", Map.of())));
        assertThat(wish.clear()).hasToString("{\"pin\":\"clear\",\"wifi\":{\"ssid\":\"b\"}}");
        assertThat(wish.secrets()).containsOnlyKeys("wifi.key");
        assertThat(wish.opened(SEALS)).hasToString("{\"pin\":\"clear\",\"wifi\":{\"key\":\"g\",\"ssid\":\"b\"}}");
        assertThat(wish.sources()).containsEntry("wifi.key", GROUP.layer());
        assertThat(wish.toString()).doesNotContain("clear").doesNotContain("group/lab:");
    }

    @Test
    void aSecretTakesThePlaceOfWhatWasThere() {
        Wish inside = Wish.over(List.of(
                part(FLEET, "{\"wifi\":\"off\"}", Map.of()), part(DEVICE, "{}", Map.of("wifi.key", "device/robot:1"))));
        assertThat(inside.opened(SEALS)).hasToString("{\"wifi\":{\"key\":1}}");
        Wish same = Wish.over(List.of(
                part(FLEET, "{\"wifi\":{\"key\":\"was clear\"}}", Map.of()),
                part(DEVICE, "{}", Map.of("wifi.key", "device/robot:1"))));
        assertThat(same.clear().toString()).doesNotContain("was clear");
    }

    @Test
    void whatCannotBeOpenedIsLeftOut() {
        Wish wish = Wish.over(List.of(part(FLEET, "{\"a\":1}", Map.of("key", "lost"))));
        assertThat(wish.opened(SEALS)).hasToString("{\"a\":1}");
    }

    @Test
    void theTagIsThatOfTheValues() {
        Wish one = Wish.over(List.of(part(FLEET, "{\"a\":1,\"b\":2}", Map.of())));
        Wish other = Wish.over(List.of(part(FLEET, "{\"a\":1}", Map.of()), part(DEVICE, "{\"b\":2.0}", Map.of())));
        assertThat(one.tag()).isEqualTo(other.tag()).matches("[0-9a-f]{32}");
        assertThat(Wish.over(List.of(part(FLEET, "{\"a\":1}", Map.of()))).tag()).isNotEqualTo(one.tag());
        Wish secret = Wish.over(List.of(part(FLEET, "{\"a\":1,\"b\":2}", Map.of("key", "fleet:1"))));
        Wish anew = Wish.over(List.of(part(FLEET, "{\"a\":1,\"b\":2}", Map.of("key", "fleet:2"))));
        assertThat(List.of(one.tag(), secret.tag(), anew.tag())).doesNotHaveDuplicates();
        assertThat(Wish.NONE.tag())
                .isEqualTo(Wish.over(List.of(part(FLEET, "{}", Map.of()))).tag());
    }
}
