package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.command.FrozenMembers.Chunk;
import dev.muster.staging.command.Step.MembersNamed;
import dev.muster.staging.command.Step.Planned;
import dev.muster.staging.command.Step.Started;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrozenMembersTest {

    private static final List<Group> GROUPS = List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null));

    private static List<DeviceId> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DeviceId("d%05d".formatted(i)))
                .toList();
    }

    private static Recorded recorded(Object event) {
        return new Recorded(0, "e", Instant.EPOCH, event, "it", 0, Map.of());
    }

    @Test
    void whatIsCutIsReadBackInOrder() {
        List<DeviceId> all = devices(2_345);
        List<Integer> sizes = FrozenMembers.sizes(GROUPS, all.size());
        List<Chunk> chunks = FrozenMembers.cut(all, sizes);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.members()).hasSizeLessThanOrEqualTo(Group.CHUNK_MAX));
        assertThat(chunks.stream().map(chunk -> chunk.group() + "/" + chunk.number()))
                .containsExactly("0/0", "1/0", "1/1", "1/2");

        List<Recorded> history = new ArrayList<>(List.of(recorded(new Planned(GROUPS))));
        chunks.forEach(
                chunk -> history.add(recorded(new MembersNamed(chunk.group(), chunk.number(), chunk.members()))));
        history.add(recorded(new Started()));
        history.add(recorded("something else"));
        List<List<DeviceId>> groups = FrozenMembers.in(history, event -> event instanceof Step step ? step : null);
        assertThat(groups.stream().map(List::size)).containsExactlyElementsOf(sizes);
        assertThat(groups.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    }

    @Test
    void nobodyIsNoPart() {
        assertThat(FrozenMembers.cut(List.of(), FrozenMembers.sizes(GROUPS, 0))).isEmpty();
    }
}
