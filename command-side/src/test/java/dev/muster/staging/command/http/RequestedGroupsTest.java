package dev.muster.staging.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import dev.muster.staging.Group;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestedGroupsTest {

    @Test
    void whatIsNotSaidIsUsual() {
        assertThat(RequestedGroups.of(null, null, null, null, KernelRefusal.INVALID_REQUEST))
                .containsExactly(new Group("group-1", 100, 80, 20, null, null));
        assertThat(RequestedGroups.of(null, 2, 90.0, 5.0, KernelRefusal.INVALID_REQUEST))
                .containsExactly(
                        new Group("group-1", 50, 90, 5, null, null), new Group("group-2", 50, 90, 5, null, null));
    }

    @Test
    void groupsMayBeNamedOneByOne() {
        List<GroupRequest> asked = List.of(
                new GroupRequest("canary", 10.0, 100.0, 0.0, null, null, null),
                new GroupRequest(null, 90.0, null, null, null, null, null));
        assertThat(RequestedGroups.of(asked, null, 70.0, null, KernelRefusal.INVALID_REQUEST))
                .containsExactly(
                        new Group("canary", 10, 100, 0, null, null), new Group("group-2", 90, 70, 20, null, null));
    }

    @Test
    void countsAndSharesHaveBounds() {
        assertThatThrownBy(() -> RequestedGroups.of(null, 0, null, null, KernelRefusal.INVALID_REQUEST))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> RequestedGroups.of(
                        List.of(new GroupRequest("a", null, null, null, null, null, null)),
                        null,
                        null,
                        null,
                        KernelRefusal.INVALID_REQUEST))
                .isInstanceOf(Refused.class);
    }

    @Test
    void aCountOrAFilterStandsInForAShare() {
        List<GroupRequest> asked = List.of(
                new GroupRequest("few", null, null, null, 5, null, null),
                new GroupRequest("some", null, null, null, null, "tag==beta", null));
        assertThat(RequestedGroups.of(asked, null, null, null, KernelRefusal.INVALID_REQUEST))
                .containsExactly(
                        new Group("few", 0, 80, 20, 5, null), new Group("some", 100, 80, 20, null, "tag==beta"));
    }

    @Test
    void aPersonLooksOnlyAfterGroupsThatAskForIt() {
        List<GroupRequest> asked = List.of(
                new GroupRequest("canary", 10.0, null, null, null, null, true),
                new GroupRequest("early", 20.0, null, null, null, null, false),
                new GroupRequest("rest", 70.0, null, null, null, null, null));
        List<Group> groups = RequestedGroups.of(asked, null, null, null, KernelRefusal.INVALID_REQUEST);
        assertThat(groups).extracting(Group::pausesAfter).containsExactly(true, false, false);
        assertThat(groups.get(1))
                .as("whether it is left out or spelled out")
                .isEqualTo(new Group("early", 20, 80, 20, null, null));
    }
}
