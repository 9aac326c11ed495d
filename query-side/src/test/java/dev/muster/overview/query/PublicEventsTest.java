package dev.muster.overview.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRolloutEvent;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.RegistryEvent;
import dev.muster.config.RegistryId;
import dev.muster.config.SecretsEvent;
import dev.muster.config.SnapSettingsEvent;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.TokenEvent;
import dev.muster.identity.UserEvent;
import dev.muster.identity.UserId;
import dev.muster.kernel.EventNames;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.query.TestLab;
import dev.muster.observe.DocumentEvent;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.overview.CommandRefused;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.Changed;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.AutoAssignmentEvent;
import dev.muster.updates.NumberCommand;
import dev.muster.updates.NumberEvent;
import dev.muster.updates.ReleaseEvent;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.SettingsEvent;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.modes.FeedRolloutEvent;
import dev.muster.updates.modes.FollowingEvent;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

public class PublicEventsTest {

    /** All sealed parents of stored events. */
    public static final List<Class<?>> PARENTS = List.of(
            DeviceEvent.class,
            ActionEvent.class,
            ReleaseEvent.class,
            RolloutEvent.class,
            AutoAssignmentEvent.class,
            FollowingEvent.class,
            FeedRolloutEvent.class,
            EnrolmentEvent.class,
            DocumentEvent.class,
            BoardEvent.class,
            LabRequestEvent.class,
            RegistryEvent.class,
            DatabagEvent.class,
            WishOutcomeEvent.class,
            SnapSettingsEvent.class,
            SecretsEvent.class,
            ConfigRolloutEvent.class,
            SettingsEvent.class,
            NumberEvent.class,
            UserEvent.class,
            TokenEvent.class,
            CommandRefused.class);

    private static final Pattern SECRET = Pattern.compile("digest|secret|password");
    private static final Pattern BORROWERS_OWN = Pattern.compile("key|context|environment");

    private final PublicEvents events = new PublicEvents(new EventNames(PARENTS), TestJson.mapper());

    private static Recorded recorded(String aggregate, Object event) {
        return new Recorded(
                42, "id-1", Instant.EPOCH, event, aggregate, 3, Map.of("actor", "user:ann", "command", "x.Y"));
    }

    private static Caller caller(Permission... permissions) {
        return new Caller(Caller.Kind.USER, "ann", "Ann", Set.of(permissions), Map.of());
    }

    private static DeviceEvent.DeviceRegistered registered() {
        return new DeviceEvent.DeviceRegistered(
                new DeviceId("dev1"),
                "dev1",
                null,
                List.of(),
                Map.of("digest", "mine"),
                null,
                "hush",
                Origin.PLUG_AND_PLAY);
    }

    @Test
    void anEventBecomesACloudEvent() {
        CloudEvent event = events.translate(recorded("device/dev1", registered()));

        assertThat(event.specversion()).isEqualTo("1.0");
        assertThat(event.id()).isEqualTo("id-1");
        assertThat(event.type()).isEqualTo("muster.registry.device-registered.v1");
        assertThat(event.subject()).isEqualTo("devices/dev1");
        assertThat(event.source()).isEqualTo("/devices/dev1");
        assertThat(event.sequence()).isEqualTo("42");
        assertThat(event.partitionkey()).isEqualTo("device/dev1");
        assertThat(event.actor()).isEqualTo("user:ann");
        assertThat(event.data().get("deviceId").asString()).isEqualTo("dev1");
        assertThat(event.data().get("origin").asString()).isEqualTo("plug-and-play");
    }

    @ParameterizedTest
    @CsvSource({
        "device/a, devices/a",
        "updates/a, devices/a",
        "board/b1, boards/b1",
        "registry/acme/net, registries/acme/net",
        "databag/acme/net/fleet, registries/acme/net",
        "databag/acme/net/group/site/line, registries/acme/net",
        "databag/acme/net/device/robot, devices/robot",
        "databag/acme/net/actual/robot, devices/robot",
        "wish-outcome/acme/net/robot, devices/robot",
        "snap-settings/robot/agent, devices/robot",
        "lab-request/l, lab-requests/l",
        "release/r, releases/r",
        "rollout/r, rollouts/r",
        "config-rollout/r, config-rollouts/r",
        "auto-assignment/x, auto-assignments/x",
        "update-settings, settings/updates",
        "user/u, users/u",
        "token/t, tokens/t",
        "other/o, other/o"
    })
    void aSubjectIsWhatThePublicCallsIt(String aggregate, String subject) {
        assertThat(events.subject(recorded(aggregate, registered()))).isEqualTo(subject);
    }

    @Test
    void digestsNeverLeaveButADevicesOwnWordsDo() {
        JsonNode data = events.data(recorded("device/dev1", registered()));
        assertThat(data.has("tokenDigest")).isFalse();
        assertThat(data.get("metadata").get("digest").asString()).isEqualTo("mine");

        UpdateSettings secret = Changed.copy(UpdateSettings.DEFAULTS, "gatewayTokenDigest", "hush");
        assertThat(events.data(recorded("update-settings", new SettingsEvent.SettingsChanged(secret)))
                        .toString())
                .doesNotContain("hush")
                .contains("pollingTime");
        assertThat(events.data(recorded(
                                "token/t",
                                new TokenEvent.TokenCreated(
                                        new UUID(0, 1),
                                        new UserId(new UUID(0, 2)),
                                        "ci",
                                        "mst_ab",
                                        "hush",
                                        Set.of(),
                                        Instant.EPOCH)))
                        .toString())
                .doesNotContain("hush")
                .contains("mst_ab");
    }

    @Test
    void whatIsABorrowersOwnNeverLeaves() {
        JsonNode reserved = events.data(recorded(
                "board/b1", new BoardEvent.BoardReserved(TestLab.board("b1"), TestLab.reservation(1, "user:ann"))));
        assertThat(reserved.toString())
                .contains("boot test", "user:ann")
                .doesNotContain(TestLab.KEY, "build-7", "sshKeys", "context");

        JsonNode handedOver = events.data(recorded(
                "board/b1", new BoardEvent.BoardHandedOver(TestLab.board("b1"), TestLab.id(1), TestLab.ENVIRONMENT)));
        assertThat(handedOver.toString()).contains("b1").doesNotContain("192.0.2.7", "jail", "sshd");

        JsonNode queued = events.data(recorded(
                "lab-request/1", new LabRequestEvent.RequestQueued(TestLab.id(1), TestLab.wish("user:ann", 0, null))));
        assertThat(queued.toString()).contains("boot test").doesNotContain(TestLab.KEY, "build-7");
    }

    /** A lab event with a borrower's own in another place must be thought of there too. */
    @Test
    void noLabEventHasABorrowersOwnThatThisDoesNotKnow() {
        List<String> found = new ArrayList<>();
        List.of(BoardEvent.class, LabRequestEvent.class).forEach(parent -> collect(parent, "", BORROWERS_OWN, found));

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "BoardReserved.reservation.context",
                        "BoardReserved.reservation.sshKeys",
                        "BoardHandedOver.environment",
                        "RequestQueued.wish.context",
                        "RequestQueued.wish.sshKeys");
    }

    /** A new event with a secret in it must be thought of here: this finds every component that sounds like one. */
    @Test
    void noEventHasASecretThatThisDoesNotKnow() {
        List<String> found = new ArrayList<>();
        PARENTS.forEach(parent -> collect(parent, "", SECRET, found));

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "DeviceRegistered.tokenDigest",
                        "TokenIssued.tokenDigest",
                        "SettingsChanged.settings.gatewayTokenDigest",
                        "TokenCreated.digest");
    }

    private static void collect(Class<?> type, String path, Pattern sounds, List<String> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted, permitted.getSimpleName(), sounds, found);
            }
        } else if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                String name = component.getName().toLowerCase(java.util.Locale.ROOT);
                String deeper = path + "." + component.getName();
                if (sounds.matcher(name).find()) {
                    found.add(deeper);
                }
                if (component.getType().isRecord()) {
                    collect(component.getType(), deeper, sounds, found);
                }
            }
        }
    }

    @Test
    void valuesOfConfigurationNeverLeave() {
        RegistryId net = new RegistryId("acme", "net");
        DatabagId robot = new DatabagId(net, Layer.actual(new DeviceId("robot")));
        Recorded written = recorded(
                robot.aggregateId(),
                new DatabagEvent.ViewWritten(
                        robot,
                        1,
                        Profile.CONFDB,
                        "all",
                        List.of("host"),
                        1,
                        List.of(Delta.set("host", Json.of("hush")), Delta.sealed("key", "1.hushhush"))));
        assertThat(events.data(written).toString())
                .contains("host", "key", "actual/robot")
                .doesNotContain("hush");
        assertThat(events.data(recorded("registry/acme/net", new RegistryEvent.RegistryDefined(net, 1, "{\"a\":1}")))
                        .has("document"))
                .isFalse();
        assertThat(events.visible(written, caller(Permission.EVENTS_READ))).isFalse();
        assertThat(events.visible(written, caller(Permission.EVENTS_READ, Permission.CONFIG_READ)))
                .isTrue();
        Recorded read = recorded(
                null, new SecretsEvent.SecretsRead(net, robot.layer(), null, List.of("key"), SecretsEvent.Way.VALUES));
        assertThat(events.visible(read, caller(Permission.CONFIG_READ))).isFalse();
        assertThat(events.visible(read, caller(Permission.AUDIT_READ))).isTrue();
        assertThat(events.subject(read)).isEqualTo("devices/robot");
    }

    @Test
    void accountsAndRefusalsAreForAuditors() {
        Recorded user = recorded("user/u", new UserEvent.UserDisabled(new UserId(new UUID(0, 1))));
        Recorded refused = recorded(
                null,
                new CommandRefused("registry.RegisterDevice", "device/dev1", "x.y", Refusal.Kind.CONFLICT, "No."));

        assertThat(events.visible(user, caller(Permission.EVENTS_READ))).isFalse();
        assertThat(events.visible(refused, caller(Permission.EVENTS_READ))).isFalse();
        assertThat(events.visible(user, caller(Permission.EVENTS_READ, Permission.AUDIT_READ)))
                .isTrue();
        assertThat(events.visible(refused, caller(Permission.AUDIT_READ))).isTrue();
        assertThat(events.subject(refused)).isEqualTo("devices/dev1");
        assertThat(events.visible(recorded("device/dev1", registered()), caller(Permission.EVENTS_READ)))
                .isTrue();
    }

    @Test
    void drawnNumbersAreNobodysNews() {
        Recorded numbers =
                recorded("numbers/ACTION", new NumberEvent.NumbersReserved(NumberCommand.Series.ACTION, 1, 100));

        assertThat(events.visible(numbers, caller(Permission.values()))).isFalse();
    }
}
