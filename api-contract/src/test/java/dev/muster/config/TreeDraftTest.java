package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.muster.config.DatabagEvent.ViewWritten;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many changes at once do what they would do one by one, and do not take as long. */
class TreeDraftTest {

    private static final Duration QUICK = Duration.ofSeconds(20);

    @Test
    void changesAddUpAsOneByOne() {
        String[] paths = {"a", "b", "a.x", "a.y", "a.x.p", "a.x.q", "b.x.p", "c.d.e.f"};
        Json[] values = {Json.of(1), Json.of("t"), Json.Members.NONE, JsonReader.read("{\"p\":{\"q\":1},\"x\":2}")};
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 500; round++) {
            Json.Members before = (Json.Members) JsonReader.read("{\"a\":{\"x\":{\"p\":1,\"q\":2},\"y\":3},\"b\":[1]}");
            Json.Members expected = before;
            TreeDraft draft = new TreeDraft(before);
            for (int i = 0; i < 6; i++) {
                String path = paths[random.nextInt(paths.length)];
                if (random.nextInt(3) == 0) {
                    expected = Tree.without(expected, path);
                    draft.remove(path);
                } else {
                    Json value = values[random.nextInt(values.length)];
                    expected = Tree.with(expected, path, value);
                    draft.put(path, value);
                }
            }
            assertThat(draft.done()).isEqualTo(expected);
            assertThat(before.get("b")).as("what it was made of").hasToString("[1]");
        }
    }

    @Test
    void pathsThatOverlapAreFoundByTheirOrder() {
        TreeMap<String, String> paths = new TreeMap<>();
        for (String path : List.of("a", "a-b.c", "b.c", "b.c-d", "b.cc", "b.c1.d", "c.d.e")) {
            paths.put(path, "");
        }
        for (String path : List.of("a", "a.x", "a-b", "b", "b.c", "b.c.d", "c.d", "c.d.e", "c.d.e.f", "d", "b.c1")) {
            List<String> overlapping = paths.keySet().stream()
                    .filter(known -> Tree.overlap(known, path))
                    .toList();
            assertThat(Tree.anyOverlaps(paths, path)).as(path).isEqualTo(!overlapping.isEmpty());
            TreeMap<String, String> left = new TreeMap<>(paths);
            Tree.removeOverlapping(left, path);
            TreeMap<String, String> expected = new TreeMap<>(paths);
            overlapping.forEach(expected::remove);
            assertThat(left).as(path).isEqualTo(expected);
        }
    }

    @Test
    void aHundredThousandMembersAreFoldedInOneGo() {
        DatabagId id = new DatabagId(new RegistryId("acme", "net"), Layer.fleet());
        List<Delta> deltas = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            deltas.add(Delta.set("m.k" + i, Json.of(i)));
            deltas.add(Delta.sealed("s.k" + i, "sealed"));
        }
        Databag after = assertTimeoutPreemptively(
                QUICK,
                () -> Databag.EMPTY.after(new ViewWritten(id, 1, Profile.CONFDB, "all", List.of("m"), 1, deltas)));
        assertThat(after.sealed()).hasSize(50_000);
        Wish wish = assertTimeoutPreemptively(
                QUICK, () -> Wish.over(List.of(new Wish.Part(id, after), new Wish.Part(id, after))));
        assertThat(wish.secrets()).hasSize(50_000);
    }
}
