package dev.muster.updates.query;

import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.kernel.Refused;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet.Membership;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.SoftwareModule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who would take part in a rollout, who would not, and why. */
class MembershipTest {

    private static final ReleaseRef BOARDS = TestFleet.release("os", "1.0");
    private static final ReleaseRef ANYTHING = TestFleet.release("os", "2.0");

    private final TestFleet fleet = new TestFleet();

    @BeforeEach
    void threeDevicesAndTwoReleases() {
        fleet.released(BOARDS, List.of(module(new Hardware("board", "1.0")))).released(ANYTHING, List.of(module()));
        fleet.registered("c").registered("a").registered("b").registered("other");
        fleet.reports("a", Map.of("hw_boardname", "board", "hw_revision", "1.0"));
        fleet.reports("c", Map.of("hw_boardname", "board", "hw_revision", "1.0"));
        fleet.reports("b", Map.of("hw_boardname", "board", "hw_revision", "2.0"));
    }

    private static SoftwareModule module(Hardware... compatibility) {
        return new SoftwareModule(1, "os", "os", "1", false, List.of(), List.of(), List.of(compatibility));
    }

    private Membership of(ReleaseRef release, String filter) {
        Catalogue.Release found = fleet.catalogue.usable(release.id());
        return fleet.index.membership(found, filter);
    }

    @Test
    void whomTheFilterHitsAndTheReleaseFitsTakesPart() {
        Membership membership = of(BOARDS, "id=in=(a,b,c)");
        assertThat(membership.members()).containsExactly(id("a"), id("c"));
        assertThat(membership.incompatible()).containsExactly(id("b"));
        assertThat(membership.matching()).isEqualTo(3);
    }

    @Test
    void aReleaseForAnyHardwareLeavesNobodyOut() {
        assertThat(of(ANYTHING, null).members()).containsExactly(id("a"), id("b"), id("c"), id("other"));
        assertThat(of(ANYTHING, null).incompatible()).isEmpty();
    }

    @Test
    void aDeviceThatSaidNothingFitsOnlyWhatFitsAll() {
        assertThat(of(BOARDS, "id==other").members()).isEmpty();
        assertThat(of(BOARDS, "id==other").incompatible()).containsExactly(id("other"));
    }

    @Test
    void aBrokenFilterIsRefused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> of(ANYTHING, "nonsense=="))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo("kernel.invalid-filter"));
    }

    @Test
    void onlyAReleaseThatIsOnTheShelfCanBeGiven() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> of(TestFleet.release("os", "9.9"), null))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo("updates.release-unknown"));
        fleet.log.record(
                "release/" + BOARDS.id(), new dev.muster.updates.ReleaseEvent.ReleaseInvalidated(BOARDS.id(), null));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> of(BOARDS, null))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo("updates.release-invalidated"));
    }
}
