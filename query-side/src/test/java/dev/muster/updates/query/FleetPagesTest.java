package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.id;
import static dev.muster.updates.query.TestFleet.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Page;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.Origin;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet.FleetQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetPagesTest {

    private final TestFleet fleet = new TestFleet();

    @BeforeEach
    void thirtyDevices() {
        for (int i = 0; i < 30; i++) {
            String id = "dev-%02d".formatted(i);
            fleet.registered(id, i % 3 == 0 ? null : "group-" + i % 3, List.of("t" + i % 2), Map.of(), Origin.BULK);
            fleet.happens(new DeviceEvent.DeviceRenamed(id(id), "Name " + (i * 7 % 30)));
            if (i % 2 == 0) {
                fleet.heartbeats.heard(id(id), fleet.clock.instant().minus(Duration.ofMinutes(i % 10)));
                fleet.assigned(id, i + 1, release("os", "1." + i)).finished(id, i + 1, release("os", "1." + i));
            }
        }
    }

    private Page<DeviceView> page(String filter, String text, String sort, String after, int limit, boolean count) {
        return fleet.index.page(new FleetQuery(filter, text, sort, after, limit, count));
    }

    private List<String> walk(String filter, String sort, int limit, Runnable between) {
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            Page<DeviceView> page = page(filter, null, sort, after, limit, false);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(device -> ids.add(device.id().value()));
            after = page.next();
            between.run();
        } while (after != null);
        return ids;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "-id",
                "name",
                "-name",
                "group",
                "-group",
                "createdat",
                "-createdat",
                "lastseen",
                "-lastseen",
                "updatestatus",
                "-updatestatus",
                "presence",
                "installed.version",
                "-installed.version",
                "origin",
                "attribute.none",
                "metadata.none"
            })
    void everyOrderVisitsEveryoneOnce(String sort) {
        List<String> whole = walk(null, sort, 1000, () -> {});
        assertThat(whole).hasSize(30).doesNotHaveDuplicates();
        for (int limit : new int[] {1, 7, 30}) {
            assertThat(walk(null, sort, limit, () -> {})).isEqualTo(whole);
        }
    }

    @Test
    void versionsAreInTheOrderOfDevices() {
        List<String> ids = walk("installed.version!=''", "installed.version", 4, () -> {});

        assertThat(ids).startsWith("dev-00", "dev-02", "dev-04", "dev-06", "dev-08", "dev-10", "dev-12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "-id", "name", "-createdat", "group"})
    void comingAndGoingDevicesShiftNobody(String sort) {
        List<String> before = walk(null, sort, 1000, () -> {});
        int[] step = new int[1];
        List<String> walked = walk(null, sort, 4, () -> {
            int n = step[0]++;
            fleet.registered("aaa-" + n).registered("zzz-" + n).registered("dev-1" + n + "x");
            fleet.happens(new DeviceEvent.DeviceDecommissioned(id("aaa-" + n)));
            if (step[0] > 100) {
                throw new IllegalStateException("never ends");
            }
        });

        assertThat(walked).doesNotHaveDuplicates();
        List<String> old = new ArrayList<>(walked);
        old.retainAll(new HashSet<>(before));
        assertThat(old).isEqualTo(before);
    }

    @Test
    void aCursorSurvivesTheDeviceItNames() {
        Page<DeviceView> first = page(null, null, "name", null, 5, false);
        fleet.happens(
                new DeviceEvent.DeviceDecommissioned(first.items().getLast().id()));
        Page<DeviceView> second = page(null, null, "name", first.next(), 25, false);

        Set<String> seen = new HashSet<>();
        first.items().forEach(device -> seen.add(device.id().value()));
        second.items().forEach(device -> seen.add(device.id().value()));
        assertThat(seen).hasSize(30);
    }

    @Test
    void aFilteredWalkByIdUsesItsPrefix() {
        assertThat(walk("id==dev-1*;tag==t1", null, 2, () -> {}))
                .containsExactly("dev-11", "dev-13", "dev-15", "dev-17", "dev-19");
        assertThat(walk("id==dev-1*", "-id", 3, () -> {})).hasSize(10).startsWith("dev-19");
        assertThat(walk("id=in=(dev-03,dev-01,dev-02)", "-id", 1, () -> {}))
                .containsExactly("dev-03", "dev-02", "dev-01");
    }

    @Test
    void aCountCountsEveryHitOnEveryPage() {
        Page<DeviceView> first = page("tag==t1", null, null, null, 4, true);
        Page<DeviceView> second = page("tag==t1", null, null, first.next(), 4, true);

        assertThat(first.count()).isEqualTo(15);
        assertThat(second.count()).isEqualTo(15);
        assertThat(second.items().getFirst().id().value()).isEqualTo("dev-09");
        assertThat(page("tag==t1", null, null, null, 4, false).count()).isNull();
    }

    @Test
    void freeTextLooksEverywhere() {
        fleet.reports("dev-05", Map.of("mac", "AA:BB:CC:DD"))
                .happens(new DeviceEvent.AddressChanged(id("dev-06"), "http://10.1.2.3"));

        assertThat(page(null, "bb:cc", null, null, 10, false).items()).hasSize(1);
        assertThat(page(null, "10.1.2", null, null, 10, false).items()).hasSize(1);
        assertThat(page(null, "GROUP-1 t1", null, null, 100, false).items()).hasSize(5);
        assertThat(page("id==dev-0*", "t1 dev-05", null, null, 10, false).items())
                .hasSize(1);
        assertThat(page(null, "nowhere", null, null, 10, true).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage!", "AAAA", "MQ", "MQppZApkZXYtMDEKPQ"})
    void foreignCursorsAreRefused(String cursor) {
        assertThat(catchThrowableOfType(Refused.class, () -> page(null, null, "name", cursor, 5, false))
                        .refusal()
                        .code())
                .isEqualTo("kernel.invalid-cursor");
    }

    @Test
    void aCursorBelongsToItsOrder() {
        String cursor = page(null, null, "name", null, 5, false).next();

        assertThat(catchThrowableOfType(Refused.class, () -> page(null, null, "-name", cursor, 5, false))
                        .refusal()
                        .code())
                .isEqualTo("kernel.invalid-cursor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "nosuch", "-", "attribute."})
    void unsortableFieldsAreRefused(String sort) {
        assertThat(catchThrowableOfType(Refused.class, () -> page(null, null, sort, null, 5, false))
                        .refusal()
                        .code())
                .isEqualTo("kernel.invalid-request");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void aPageHasBounds(int limit) {
        assertThat(catchThrowableOfType(Refused.class, () -> page(null, null, null, null, limit, false)))
                .isNotNull();
    }

    @Test
    void anEndlessQuestionIsCutOff() {
        FleetIndex slow = new FleetIndex(
                fleet.heartbeats,
                fleet.settings,
                fleet.clock,
                new QuerySettings(Duration.ZERO, 100, 9, 9, 9, 100, 9, Duration.ofNanos(1), Duration.ZERO, 1, 1));
        for (int i = 0; i < 3000; i++) {
            slow.apply(fleet.log.record(
                    "device/x" + i,
                    new DeviceEvent.DeviceRegistered(
                            id("x" + i), "x", null, List.of(), Map.of(), null, null, Origin.BULK)));
        }

        assertThat(catchThrowableOfType(Refused.class, () -> slow.matching("tag==none"))
                        .refusal()
                        .code())
                .isEqualTo("kernel.overloaded");
    }
}
