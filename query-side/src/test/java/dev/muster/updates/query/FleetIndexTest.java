package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.OS_2;
import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionEvent;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.DeviceView.UpdateStatus;
import dev.muster.updates.Hardware;
import dev.muster.updates.RolloutId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FleetIndexTest {

    private final TestFleet fleet = new TestFleet();

    @Nested
    class Registry {

        @Test
        void aRegisteredDeviceIsUnknownUntilItIsHeard() {
            fleet.registered("dev1");
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.UNKNOWN);
            assertThat(fleet.device("dev1").attributesRequested()).isTrue();

            fleet.happens(new DeviceEvent.FirstContactMade(id("dev1")));
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.REGISTERED);
        }

        @Test
        void aDeviceThatMadeItselfKnownIsRegistered() {
            fleet.registered("dev1", null, List.of(), Map.of(), Origin.PLUG_AND_PLAY);

            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.REGISTERED);
        }

        @Test
        void everyChangeOfTheEntryIsAVersion() {
            fleet.registered("dev1")
                    .happens(new DeviceEvent.DeviceRenamed(id("dev1"), "Robot"))
                    .happens(new DeviceEvent.DeviceGrouped(id("dev1"), "lab/north"))
                    .happens(new DeviceEvent.DeviceTagged(id("dev1"), List.of("red", "old")))
                    .happens(new DeviceEvent.DeviceDescribed(id("dev1"), Map.of("owner", "ann")))
                    .happens(new DeviceEvent.AddressChanged(id("dev1"), "10.0.0.7"))
                    .happens(new DeviceEvent.TokenIssued(id("dev1"), "digest"));
            fleet.assigned("dev1", 1, OS_1);

            DeviceView device = fleet.device("dev1");
            assertThat(device.name()).isEqualTo("Robot");
            assertThat(device.group()).isEqualTo("lab/north");
            assertThat(device.tags()).containsExactly("red", "old");
            assertThat(device.metadata()).containsEntry("owner", "ann");
            assertThat(device.address()).isEqualTo("10.0.0.7");
            assertThat(device.hasToken()).isTrue();
            assertThat(device.version()).isEqualTo(6);
        }

        @Test
        void aTokenThatWasTakenAwayIsNoneAnyMore() {
            fleet.registered("dev1")
                    .happens(new DeviceEvent.TokenIssued(id("dev1"), "digest"))
                    .happens(new DeviceEvent.TokenWithdrawn(id("dev1")));

            assertThat(fleet.device("dev1").hasToken()).isFalse();
            assertThat(fleet.index.facts(id("dev1")).hasToken()).isFalse();
        }

        @Test
        void reportedAttributesTellTheHardwareAndEndTheRequest() {
            fleet.registered("dev1").reports("dev1", Map.of("hw_boardname", "rpi5", "hw_revision", "1.1"));

            assertThat(fleet.device("dev1").hardware()).isEqualTo(new Hardware("rpi5", "1.1"));
            assertThat(fleet.device("dev1").attributesRequested()).isFalse();
        }

        @Test
        void theDirectoryTellsWhatOtherCapabilitiesMayKnow() {
            fleet.registered("b", "lab", List.of("red"), Map.of("owner", "ann"), Origin.ENROLMENT)
                    .reports("b", Map.of("site", "ulm"))
                    .happens(new DeviceEvent.AddressChanged(id("b"), "10.0.0.7"));
            fleet.registered("a", null, List.of(), Map.of(), Origin.PLUG_AND_PLAY);
            fleet.assigned("a", 1, OS_1).finished("a", 1, OS_1);

            assertThat(fleet.index.facts(id("b")))
                    .isEqualTo(new DeviceDirectory.DeviceFacts(
                            id("b"),
                            "b",
                            "lab",
                            List.of("red"),
                            Map.of("site", "ulm"),
                            Map.of("owner", "ann"),
                            "10.0.0.7",
                            null,
                            Origin.ENROLMENT,
                            false,
                            false));
            assertThat(fleet.index.facts(id("a")).software()).isEqualTo("os 1.0");
            assertThat(fleet.index.facts(id("a")).contacted()).isTrue();
            assertThat(fleet.index.facts(id("c"))).isNull();
            assertThat(fleet.index.matchingFacts(null))
                    .extracting(DeviceDirectory.DeviceFacts::id)
                    .containsExactly(id("a"), id("b"));
            assertThat(fleet.index.matchingFacts("origin==enrolment")).hasSize(1);

            fleet.happens(new DeviceEvent.FirstContactMade(id("b")))
                    .happens(new DeviceEvent.TokenIssued(id("b"), "digest"));
            assertThat(fleet.index.facts(id("b")).contacted()).isTrue();
            assertThat(fleet.index.facts(id("b")).hasToken()).isTrue();
        }

        @Test
        void aDecommissionedDeviceIsGoneAndMayComeBackFresh() {
            fleet.registered("dev1").assigned("dev1", 1, OS_1);
            fleet.happens(new DeviceEvent.DeviceDecommissioned(id("dev1")));
            assertThat(fleet.device("dev1")).isNull();
            assertThat(fleet.index.size()).isZero();

            fleet.finished("dev1", 1, OS_1);
            assertThat(fleet.device("dev1")).isNull();

            fleet.registered("dev1");
            assertThat(fleet.device("dev1").actions()).isEmpty();
        }
    }

    @Nested
    class TargetStatus {

        @Test
        void anAssignmentIsPendingAndItsSuccessInSync() {
            fleet.registered("dev1").assigned("dev1", 7, OS_1);
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.PENDING);
            assertThat(fleet.device("dev1").assigned()).isEqualTo(OS_1);
            assertThat(fleet.device("dev1").action()).isEqualTo(7);

            fleet.finished("dev1", 7, OS_1);
            DeviceView device = fleet.device("dev1");
            assertThat(device.updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
            assertThat(device.installed()).isEqualTo(OS_1);
            assertThat(device.action()).isNull();
            assertThat(device.actions()).containsExactly(7);
            assertThat(device.attributesRequested()).isTrue();
        }

        @Test
        void theSuccessOfASupersededActionLeavesTheOtherPending() {
            fleet.registered("dev1").assigned("dev1", 1, OS_1).assigned("dev1", 2, OS_2);
            fleet.finished("dev1", 1, OS_1);

            assertThat(fleet.device("dev1").installed()).isEqualTo(OS_1);
            assertThat(fleet.device("dev1").assigned()).isEqualTo(OS_2);
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.PENDING);
        }

        @Test
        void aFailureIsAnErrorAndClearsTheAssignment() {
            fleet.registered("dev1").assigned("dev1", 1, OS_1).failed("dev1", 1, OS_1, null);

            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.ERROR);
            assertThat(fleet.device("dev1").assigned()).isNull();
            assertThat(fleet.device("dev1").action()).isNull();
        }

        @Test
        void aDownloadIsInSyncAndInstallsNothing() {
            fleet.registered("dev1").assigned("dev1", 1, OS_1).downloaded("dev1", 1, OS_1);

            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
            assertThat(fleet.device("dev1").installed()).isNull();
        }

        @Test
        void theLastCancelGoesBackToWhatIsInstalled() {
            fleet.registered("dev1").assigned("dev1", 1, OS_1).finished("dev1", 1, OS_1);
            fleet.assigned("dev1", 2, OS_2).canceled("dev1", 2, OS_2);

            assertThat(fleet.device("dev1").assigned()).isEqualTo(OS_1);
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
        }

        @Test
        void aCancelAmongSeveralGoesToTheNewestLeft() {
            fleet.registered("dev1")
                    .assigned("dev1", 1, OS_1)
                    .assigned("dev1", 2, OS_2)
                    .canceled("dev1", 1, OS_1);

            assertThat(fleet.device("dev1").assigned()).isEqualTo(OS_2);
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.PENDING);
            assertThat(fleet.device("dev1").action()).isEqualTo(2);
        }

        @Test
        void whatTheDeviceDeclaresIsInstalled() {
            fleet.registered("dev1").happens(new ActionEvent.InstalledDeclared(id("dev1"), 3, OS_2));

            assertThat(fleet.device("dev1").installed()).isEqualTo(OS_2);
            assertThat(fleet.device("dev1").assigned()).isEqualTo(OS_2);
            assertThat(fleet.device("dev1").updateStatus()).isEqualTo(UpdateStatus.IN_SYNC);
            assertThat(fleet.device("dev1").actions()).containsExactly(3);
        }

        @Test
        void theHeaviestActionIsWorkedOnFirst() {
            fleet.registered("dev1")
                    .assigned("dev1", 1, OS_1, 100, null)
                    .assigned("dev1", 2, OS_2, 900, null)
                    .assigned("dev1", 3, OS_2, 900, null);
            assertThat(fleet.device("dev1").action()).isEqualTo(2);

            fleet.assigned("dev1", 4, OS_2, null, null);
            assertThat(fleet.device("dev1").action()).isEqualTo(4);
        }

        @Test
        void aDeviceThatAgreesByItselfShowsIt() {
            fleet.registered("dev1")
                    .happens(new ActionEvent.AutoConfirmActivated(id("dev1"), "ann", null, MemoryLog.START));
            assertThat(fleet.device("dev1").autoConfirm()).isTrue();

            fleet.happens(new ActionEvent.AutoConfirmDeactivated(id("dev1")));
            assertThat(fleet.device("dev1").autoConfirm()).isFalse();
        }

        @Test
        void onlyTheNewestThousandActionsAreListed() {
            fleet.registered("dev1");
            IntStream.rangeClosed(1, 1200)
                    .forEach(i -> fleet.assigned("dev1", i, OS_1).canceled("dev1", i, OS_1));

            assertThat(fleet.device("dev1").actions())
                    .hasSize(1000)
                    .startsWith(201)
                    .endsWith(1200);
        }
    }

    @Nested
    class Presences {

        @Test
        void aDeviceIsOnlineWithinItsIntervalAndTheGrace() {
            fleet.registered("dev1").polling("00:10:00");
            assertThat(fleet.device("dev1").presence()).isEqualTo(Presence.NEVER_SEEN);

            fleet.heartbeats.heard(id("dev1"), fleet.clock.instant());
            fleet.clock.advance(Duration.ofMinutes(15));
            assertThat(fleet.device("dev1").presence()).isEqualTo(Presence.ONLINE);
            fleet.clock.advance(Duration.ofMillis(1));
            assertThat(fleet.device("dev1").presence()).isEqualTo(Presence.OVERDUE);
        }

        @Test
        void someDevicesMayPollLessOften() {
            fleet.registered("slow", "cellar", List.of(), Map.of(), Origin.OPERATOR)
                    .registered("fast")
                    .polling("00:01:00~10%, group==cellar,group==attic -> PT1H, presence==online -> 00:00:30");
            fleet.heartbeats.heard(id("slow"), fleet.clock.instant());
            fleet.heartbeats.heard(id("fast"), fleet.clock.instant());
            fleet.clock.advance(Duration.ofMinutes(20));

            assertThat(fleet.device("slow").presence()).isEqualTo(Presence.ONLINE);
            assertThat(fleet.device("fast").presence()).isEqualTo(Presence.OVERDUE);
        }

        @Test
        void unreadablePollingFallsBackToTheDefault() {
            fleet.registered("dev1").polling("whenever, nonsense( -> soon");
            fleet.heartbeats.heard(id("dev1"), fleet.clock.instant());
            fleet.clock.advance(Duration.ofMinutes(9));

            assertThat(fleet.device("dev1").presence()).isEqualTo(Presence.ONLINE);
        }
    }

    @Nested
    class Numbers {

        @Test
        void theSummaryCountsEveryone() {
            fleet.registered("a").registered("b").registered("c");
            fleet.assigned("a", 1, OS_1).finished("a", 1, OS_1);
            fleet.assigned("b", 2, OS_1).finished("b", 2, OS_1);
            fleet.reports("c", Map.of("hw", "1"));
            fleet.heartbeats.heard(id("a"), fleet.clock.instant());

            FleetSummary summary = fleet.index.summary();
            assertThat(summary.devices()).isEqualTo(3);
            assertThat(summary.updateStatus()).containsEntry("in-sync", 2).containsEntry("unknown", 1);
            assertThat(summary.presence()).containsEntry("online", 1).containsEntry("never-seen", 2);
            assertThat(summary.versions()).containsExactly(new FleetSummary.Running("os", "1.0", OS_1.id(), 2));
            assertThat(summary.attributeKeys()).containsExactly("hw");
        }

        @Test
        void aMemberShowsHowItStandsInItsRollout() {
            RolloutId rollout = new RolloutId(UUID.randomUUID());
            fleet.registered("a").registered("b").registered("c").registered("d");
            fleet.assigned("a", 1, OS_1, null, rollout).finished("a", 1, OS_1, rollout);
            fleet.assigned("b", 2, OS_1, null, rollout).failed("b", 2, OS_1, rollout);
            fleet.assigned("c", 3, OS_1, null, rollout);

            assertThat(fleet.index.member(id("a"), rollout).status()).isEqualTo(MemberStatus.SUCCEEDED);
            assertThat(fleet.index.member(id("b"), rollout).status()).isEqualTo(MemberStatus.FAILED);
            assertThat(fleet.index.member(id("c"), rollout).status()).isEqualTo(MemberStatus.RUNNING);
            assertThat(fleet.index.member(id("d"), rollout).status()).isEqualTo(MemberStatus.WAITING);
            assertThat(fleet.index.member(id("e"), rollout)).isNull();
        }

        @Test
        void aDeviceRemembersOnlyItsNewestRollouts() {
            fleet.registered("a");
            List<RolloutId> rollouts = IntStream.range(0, 20)
                    .mapToObj(i -> new RolloutId(new UUID(0, i)))
                    .toList();
            for (int i = 0; i < 20; i++) {
                fleet.assigned("a", i + 1, OS_1, null, rollouts.get(i)).finished("a", i + 1, OS_1, rollouts.get(i));
            }

            assertThat(fleet.index.member(id("a"), rollouts.getFirst()).status())
                    .isEqualTo(MemberStatus.WAITING);
            assertThat(fleet.index.member(id("a"), rollouts.getLast()).status()).isEqualTo(MemberStatus.SUCCEEDED);
        }
    }
}
