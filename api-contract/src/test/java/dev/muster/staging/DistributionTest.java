package dev.muster.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DistributionTest {

    private static Group share(double percent) {
        return new Group("g", percent, 80, 20, null, null);
    }

    private static Group group(double percent, @Nullable Integer count, @Nullable String filter) {
        return new Group("g", percent, 80, 20, count, filter);
    }

    private static List<Integer> members(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Members are numbers; {@code %3} hits those that three divides. */
    private static Predicate<Integer> hits(String filter) {
        int by = Integer.parseInt(filter.substring(1));
        return member -> member % by == 0;
    }

    private static Distribution<Integer> dealt(List<Group> groups, int members) {
        return Distribution.of(groups, members(members), DistributionTest::hits);
    }

    private static List<List<Integer>> named(Distribution<Integer> dealt) {
        List<List<Integer>> groups = new ArrayList<>();
        dealt.sizes().forEach(size -> groups.add(new ArrayList<>()));
        dealt.each((group, part) -> {
            assertThat(part).isNotEmpty().hasSizeLessThanOrEqualTo(Group.CHUNK_MAX);
            groups.get(group).addAll(part);
        });
        return groups;
    }

    @Test
    void aShareIsRoundedUpAndTheLastTakesWhatIsLeft() {
        assertThat(dealt(List.of(share(10), share(90)), 105).sizes()).containsExactly(11, 94);
        assertThat(dealt(List.of(share(10), share(90)), 1).sizes()).containsExactly(1, 0);
        assertThat(dealt(List.of(share(10), share(10)), 100).sizes()).containsExactly(10, 90);
    }

    @Test
    void sizesAddUpToAllMembers() {
        List<Group> thirds = List.of(share(100.0 / 3), share(100.0 / 3), share(100.0 / 3));
        for (int members = 0; members < 500; members++) {
            Distribution<Integer> dealt = dealt(thirds, members);
            assertThat(dealt.sizes().stream().mapToInt(Integer::intValue).sum()).isEqualTo(members);
            assertThat(dealt.left()).isZero();
        }
    }

    @Test
    void membersAreDealtInOrderAndOnce() {
        Distribution<Integer> dealt = dealt(List.of(share(10), share(90)), 12_345);
        List<List<Integer>> groups = named(dealt);
        assertThat(groups.get(0)).containsExactlyElementsOf(members(1_235));
        assertThat(groups.get(1)).containsExactlyElementsOf(members(12_345).subList(1_235, 12_345));
    }

    @Test
    void aCountIsTakenAsFarAsItGoes() {
        assertThat(dealt(List.of(group(0, 3, null), share(100)), 10).sizes()).containsExactly(3, 7);
        assertThat(dealt(List.of(group(0, 30, null), share(100)), 10).sizes()).containsExactly(10, 0);
    }

    @Test
    void aFilterTakesOnlyWhatItHitsAndNoEarlierGroupTook() {
        List<Group> groups = List.of(group(50, null, "%2"), group(0, 2, "%3"), share(1));
        List<List<Integer>> named = named(dealt(groups, 12));
        assertThat(named.get(0)).as("half of six").containsExactly(0, 2, 4);
        assertThat(named.get(1)).as("0 is taken").containsExactly(3, 6);
        assertThat(named.get(2)).containsExactly(1, 5, 7, 8, 9, 10, 11);
    }

    @Test
    void sharesOfOneFilterAddUpToAllThatItHits() {
        assertThat(dealt(List.of(group(10, null, "%2"), group(90, null, "%2")), 200)
                        .sizes())
                .containsExactly(10, 90);
    }

    @Test
    void whoIsLeftOverBehindALastGroupWithFilterOrCountTakesNoPart() {
        Distribution<Integer> filtered = dealt(List.of(share(10), group(100, null, "%2")), 100);
        assertThat(filtered.sizes()).containsExactly(10, 45);
        assertThat(filtered.left()).isEqualTo(45);
        assertThat(named(filtered).get(1)).allMatch(member -> member % 2 == 0 && member >= 10);
        assertThat(dealt(List.of(group(0, 7, null)), 10).left()).isEqualTo(3);
    }

    @Test
    void aMillionAreDealtToHundredsOfGroupsInAMoment() {
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 490; i++) {
            groups.add(share(0.1));
        }
        for (int i = 2; i < 12; i++) {
            groups.add(group(10, null, "%" + i));
        }
        List<Integer> members = members(1_000_000);
        long began = System.nanoTime();
        Distribution<Integer> dealt = Distribution.of(groups, members, DistributionTest::hits);
        int[] named = new int[1];
        dealt.each((group, part) -> named[0] += part.size());
        assertThat(named[0] + dealt.left()).isEqualTo(1_000_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
}
