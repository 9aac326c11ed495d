package dev.muster.overview.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AgentAuditEvent.AgentCalled;
import dev.muster.apps.AgentKey;
import dev.muster.apps.AppAccountEvent;
import dev.muster.apps.AppAccountEvent.AccountAssigned;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.AppAgentEvent.AgentEnrolled;
import dev.muster.apps.AppEvent;
import dev.muster.apps.AppEvent.AppCreated;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppRolloutEvent;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectEvent;
import dev.muster.apps.ProjectKey;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.EventNames;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the public hears of apps: that something happened, and no value that may be a secret. */
class PublicAppEventsTest {

    private static final List<Class<?>> PARENTS = List.of(
            ProjectEvent.class,
            AppAgentEvent.class,
            AppEvent.class,
            AppWishEvent.class,
            InstallationEvent.class,
            AppRolloutEvent.class,
            AppAccountEvent.class,
            AgentAuditEvent.class);

    private static final Pattern HIDDEN = Pattern.compile("secret|password|digest|environment|compose");
    private static final DeviceId ROBOT = new DeviceId("robot");

    private final PublicEvents events = new PublicEvents(new EventNames(PARENTS), TestJson.mapper());

    private static Recorded recorded(String aggregate, Object event) {
        return new Recorded(42, "id-1", Instant.EPOCH, event, aggregate, 3, Map.of("actor", "user:ann"));
    }

    private static Caller caller(Permission... permissions) {
        return new Caller(Caller.Kind.USER, "ann", "Ann", Set.of(permissions), Map.of());
    }

    @Test
    void valuesNeverLeave() {
        AppWish wish = new AppWish(
                AppTarget.RUNNING,
                "1.0",
                new TreeMap<>(Map.of("A", "\"hush\"")),
                new TreeMap<>(Map.of("KEY", "hush")),
                List.of());
        AppFace face = new AppFace("says hello", "{\"A\":{\"defaultValue\":\"hush\"}}", List.of(), "{\"hush\":1}");
        Place own = Place.device(ROBOT);
        List<Recorded> all = List.of(
                recorded("app-wish/7/device/robot", new AppWanted(new AppKey(7), own, 1, wish, 11)),
                recorded("app/hello", new AppCreated(new AppName("hello"), new AppKey(7), face)),
                recorded(
                        "app-agent/robot",
                        new AgentEnrolled(ROBOT, ProjectKey.MAIN, new AgentKey(3), "serial", "hush", 11)));
        for (Recorded each : all) {
            assertThat(events.data(each).toString()).doesNotContain("hush");
            assertThat(events.visible(each, caller(Permission.EVENTS_READ))).isFalse();
            assertThat(events.visible(each, caller(Permission.APPS_READ))).isTrue();
        }
        assertThat(events.subject(all.getFirst())).isEqualTo("devices/robot");
    }

    @Test
    void whatPeopleDidOnDevicesIsForAuditors() {
        for (Object each : List.of(AgentCalled.of(ROBOT, "execute_cmd", "ls"), new AccountAssigned("user:ann", 11))) {
            Recorded recorded = recorded("any", each);
            assertThat(events.visible(recorded, caller(Permission.APPS_READ))).isFalse();
            assertThat(events.visible(recorded, caller(Permission.AUDIT_READ))).isTrue();
        }
    }

    /** A new event with a value in it must be thought of there: this finds every component that sounds like one. */
    @Test
    void noEventHasAValueThatNobodyThoughtOf() {
        List<String> found = new ArrayList<>();
        PARENTS.forEach(parent -> collect(parent, "", found));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "AgentEnrolled.secretId",
                        "AgentSecretRotated.secretId",
                        "AppCreated.face.environmentTemplate",
                        "AppCreated.face.compose",
                        "AppChanged.face.environmentTemplate",
                        "AppChanged.face.compose",
                        "ReleaseAdded.compose",
                        "AppWanted.wish.environment",
                        "AppWanted.wish.secrets");
    }

    private static void collect(Class<?> type, String path, List<String> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, permitted.getSimpleName(), found);
            }
        } else if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String deeper = path + "." + component.getName();
                if (HIDDEN.matcher(component.getName()).find()) {
                    found.add(deeper);
                }
                if (component.getType().isRecord()) {
                    collect(component.getType(), deeper, found);
                }
            }
        }
    }
}
