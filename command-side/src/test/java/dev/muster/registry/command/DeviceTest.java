package dev.muster.registry.command;

import static dev.muster.registry.RegistryRefusal.ATTRIBUTES_INVALID;
import static dev.muster.registry.RegistryRefusal.DEVICE_EXISTS;
import static dev.muster.registry.RegistryRefusal.DEVICE_ID_INVALID;
import static dev.muster.registry.RegistryRefusal.DEVICE_UNKNOWN;
import static dev.muster.registry.RegistryRefusal.TOO_MANY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.Mode;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.NoteReturn;
import dev.muster.registry.DeviceCommand.NoteSilence;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.ReportAttributes;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceDescribed;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceEvent.DeviceGrouped;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceEvent.TokenIssued;
import dev.muster.registry.DeviceEvent.TokenWithdrawn;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeviceTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");

    private AggregateTestFixture<Device> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(Device.class);
    }

    private static DeviceRegistered registered() {
        return new DeviceRegistered(ROBOT, "robot-1", null, List.of(), Map.of(), null, null, Origin.OPERATOR);
    }

    private static RegisterDevice register(Origin origin) {
        return new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, null, origin);
    }

    static void refused(ResultValidator<?> result, RefusalCode code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.in((Throwable) thrown)
                        .filter(refusal -> refusal.code().equals(code.code()))
                        .isPresent();
            }
        });
    }

    @Nested
    class Registering {

        @Test
        void aNewDeviceIsNamedAfterItsIdUntilSomebodyNamesIt() {
            fixture.givenNoPriorActivity()
                    .when(register(Origin.OPERATOR))
                    .expectResultMessagePayload(true)
                    .expectEvents(registered());
        }

        @Test
        void sayingItTwiceChangesNothing() {
            fixture.given(registered())
                    .when(register(Origin.OPERATOR))
                    .expectResultMessagePayload(false)
                    .expectNoEvents();
        }

        @Test
        void aTokenIsNeverReplacedByTheWay() {
            RegisterDevice again =
                    new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, "another", Origin.OPERATOR);
            refused(fixture.given(registered(), new TokenIssued(ROBOT, "one")).when(again), DEVICE_EXISTS);
        }

        @Test
        void sayingItAgainWithTheTokenItHasChangesNothing() {
            fixture.given(registered(), new TokenIssued(ROBOT, "one"))
                    .when(new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, "one", Origin.OPERATOR))
                    .expectResultMessagePayload(false)
                    .expectNoEvents();
        }

        @Test
        void otherFactsForAKnownIdAreRefused() {
            refused(fixture.given(registered()).when(register(Origin.PLUG_AND_PLAY)), DEVICE_EXISTS);
        }

        @Test
        void aDecommissionedIdMayBeRegisteredAgain() {
            fixture.given(registered(), new DeviceDecommissioned(ROBOT))
                    .when(register(Origin.OPERATOR))
                    .expectEvents(registered());
        }

        @Test
        void aLongIdIsShortenedToAName() {
            DeviceId longest = new DeviceId("x".repeat(256));
            fixture.givenNoPriorActivity()
                    .when(new RegisterDevice(
                            longest, null, null, List.of(), Map.of(), null, null, Origin.PLUG_AND_PLAY))
                    .expectEvents(new DeviceRegistered(
                            longest, "x".repeat(128), null, List.of(), Map.of(), null, null, Origin.PLUG_AND_PLAY));
        }

        @Test
        void idsThatCannotBePathSegmentsAreRefusedAtTheDoor() {
            for (String id : List.of("", "a b", "a/b", "a\\b", "a;b", "a\u0000b", "x".repeat(257))) {
                assertThatThrownBy(() -> new DeviceId(id)).as(id).satisfies(e -> assertThat(
                                Refused.in(e).orElseThrow().code())
                        .isEqualTo(DEVICE_ID_INVALID.code()));
            }
        }
    }

    @Nested
    class Changing {

        @Test
        void onlyWhatDiffersIsTold() {
            fixture.given(registered())
                    .when(new ChangeDevice(ROBOT, "Rosa", "hall/1", List.of(), Map.of("customer", "ACME"), null))
                    .expectEvents(
                            new DeviceRenamed(ROBOT, "Rosa"),
                            new DeviceGrouped(ROBOT, "hall/1"),
                            new DeviceDescribed(ROBOT, Map.of("customer", "ACME")));
        }

        @Test
        void nullTakesAMetadataKeyAwayAndAnEmptyGroupClearsIt() {
            Map<String, String> away = new HashMap<>();
            away.put("customer", null);
            fixture.given(
                            registered(),
                            new DeviceGrouped(ROBOT, "hall/1"),
                            new DeviceDescribed(ROBOT, Map.of("customer", "ACME", "site", "Ulm")))
                    .when(new ChangeDevice(ROBOT, null, "", null, away, null))
                    .expectEvents(new DeviceGrouped(ROBOT, null), new DeviceDescribed(ROBOT, Map.of("site", "Ulm")));
        }

        @Test
        void aChangeOfAnOldVersionIsRefused() {
            refused(
                    fixture.given(registered(), new DeviceRenamed(ROBOT, "Rosa"))
                            .when(new ChangeDevice(ROBOT, "Robby", null, null, null, 0L)),
                    KernelRefusal.VERSION_LOST);
        }

        @Test
        void anUnknownDeviceCannotBeChangedOrDecommissioned() {
            refused(
                    fixture.givenNoPriorActivity().when(new ChangeDevice(ROBOT, "Rosa", null, null, null, null)),
                    DEVICE_UNKNOWN);
            refused(fixture.givenNoPriorActivity().when(new DecommissionDevice(ROBOT, null)), DEVICE_UNKNOWN);
        }
    }

    @Nested
    class Reporting {

        private final AttributesReported known = new AttributesReported(ROBOT, Map.of("k0", "a", "k1", "b"));

        @Test
        void mergeKeepsReplaceForgetsRemoveTakesAway() {
            fixture.given(registered(), known)
                    .when(new ReportAttributes(ROBOT, Mode.MERGE, Map.of("k1", "B", "k4", "d"), false))
                    .expectEvents(new AttributesReported(ROBOT, Map.of("k0", "a", "k1", "B", "k4", "d")));
            fixture.given(registered(), known)
                    .when(new ReportAttributes(ROBOT, Mode.REPLACE, Map.of("k2", "c"), false))
                    .expectEvents(new AttributesReported(ROBOT, Map.of("k2", "c")));
            fixture.given(registered(), known)
                    .when(new ReportAttributes(ROBOT, Mode.REMOVE, Map.of("k1", ""), false))
                    .expectEvents(new AttributesReported(ROBOT, Map.of("k0", "a")));
        }

        @Test
        void theSameAgainIsNewsOnlyWhenItWasAskedFor() {
            fixture.given(registered(), known)
                    .when(new ReportAttributes(ROBOT, Mode.MERGE, Map.of("k1", "b"), false))
                    .expectNoEvents();
            fixture.given(registered(), known)
                    .when(new ReportAttributes(ROBOT, Mode.MERGE, Map.of("k1", "b"), true))
                    .expectEvents(known);
        }

        @Test
        void theHundredAndFirstAttributeIsRefusedAndNothingChanges() {
            Map<String, String> many =
                    IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "a" + i, i -> "v"));
            refused(
                    fixture.given(registered(), new AttributesReported(ROBOT, many))
                            .when(new ReportAttributes(ROBOT, Mode.MERGE, Map.of("one", "more"), false)),
                    TOO_MANY_ATTRIBUTES);
        }

        @Test
        void keysAndValuesHaveAtMost128PrintableCharacters() {
            fixture.given(registered())
                    .when(new ReportAttributes(ROBOT, Mode.MERGE, Map.of("k".repeat(128), "ü~".repeat(64)), false))
                    .expectEvents(new AttributesReported(ROBOT, Map.of("k".repeat(128), "ü~".repeat(64))));
            for (Map<String, String> bad :
                    List.of(Map.of("k".repeat(129), "v"), Map.of("k", "v".repeat(129)), Map.of("a\u0007", "v"))) {
                refused(
                        fixture.given(registered()).when(new ReportAttributes(ROBOT, Mode.MERGE, bad, false)),
                        ATTRIBUTES_INVALID);
            }
        }
    }

    @Nested
    class Tokens {

        private final TokenIssued issued = new TokenIssued(ROBOT, "one");
        private final TokenWithdrawn withdrawn = new TokenWithdrawn(ROBOT);

        @Test
        void aTokenIsTakenAwayOnce() {
            fixture.given(registered(), issued)
                    .when(new WithdrawToken(ROBOT))
                    .expectResultMessagePayload(true)
                    .expectEvents(withdrawn);
            fixture.given(registered(), issued, withdrawn)
                    .when(new WithdrawToken(ROBOT))
                    .expectResultMessagePayload(false)
                    .expectNoEvents();
            fixture.given(registered()).when(new WithdrawToken(ROBOT)).expectNoEvents();
        }

        @Test
        void soIsOneThatItWasRegisteredWith() {
            fixture.given(new DeviceRegistered(
                            ROBOT, "robot-1", null, List.of(), Map.of(), null, "one", Origin.OPERATOR))
                    .when(new WithdrawToken(ROBOT))
                    .expectEvents(withdrawn);
        }

        @Test
        void theSameTokenMayBeIssuedAgain() {
            fixture.given(registered(), issued, withdrawn)
                    .when(new IssueToken(ROBOT, "one"))
                    .expectEvents(issued);
        }

        @Test
        void registeringAgainWithATokenThatWasTakenAwayIsRefused() {
            RegisterDevice again =
                    new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, "one", Origin.OPERATOR);
            refused(fixture.given(registered(), issued, withdrawn).when(again), DEVICE_EXISTS);
        }

        @Test
        void anUnknownDeviceHasNoneToTakeAway() {
            refused(fixture.givenNoPriorActivity().when(new WithdrawToken(ROBOT)), DEVICE_UNKNOWN);
        }
    }

    @Nested
    class Contact {

        @Test
        void theFirstContactIsToldOnce() {
            fixture.given(registered()).when(new NoteFirstContact(ROBOT)).expectEvents(new FirstContactMade(ROBOT));
            fixture.given(registered(), new FirstContactMade(ROBOT))
                    .when(new NoteFirstContact(ROBOT))
                    .expectNoEvents();
        }

        @Test
        void silenceAndReturnAlternate() {
            fixture.given(registered())
                    .when(new NoteSilence(ROBOT, null))
                    .expectEvents(new DeviceFellSilent(ROBOT, null));
            fixture.given(registered(), new DeviceFellSilent(ROBOT, null))
                    .when(new NoteSilence(ROBOT, null))
                    .expectNoEvents();
            fixture.given(registered(), new DeviceFellSilent(ROBOT, null))
                    .when(new NoteReturn(ROBOT))
                    .expectEvents(new DeviceCameBack(ROBOT));
            fixture.given(registered()).when(new NoteReturn(ROBOT)).expectNoEvents();
        }
    }
}
