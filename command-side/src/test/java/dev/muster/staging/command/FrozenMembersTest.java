package dev.muster.staging.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.command.FrozenMembers.Chunk;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrozenMembersTest {

    private static final List<Group> GROUPS =
            List.of(new Group("canary", 10, 80, 20, null, null), new Group("rest", 90, 80, 20, null, null));

    private static List<DeviceId> devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DeviceId("d%05d".formatted(i)))
                .toList();
    }

    @Test
    void partsOfAGroupAreNumberedInOrder() {
        List<DeviceId> all = devices(2_345);
        List<Chunk> chunks = FrozenMembers.cut(FrozenMembers.dealt(GROUPS, all));
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.members()).hasSizeLessThanOrEqualTo(Group.CHUNK_MAX));
        assertThat(chunks.stream().map(chunk -> chunk.group() + "/" + chunk.number()))
                .containsExactlyInAnyOrder("0/0", "1/0", "1/1", "1/2");
        assertThat(chunks.stream().filter(chunk -> chunk.group() == 1).map(Chunk::number))
                .containsExactly(0, 1, 2);
        assertThat(chunks.stream().flatMap(chunk -> chunk.members().stream())).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void nobodyIsNoPart() {
        assertThat(FrozenMembers.cut(FrozenMembers.dealt(GROUPS, List.of()))).isEmpty();
    }
}
