package dev.muster.staging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which group: one number for each member, however many groups there are.
 *
 * <p>Groups are served in order, and each takes from those that are left, in the members' order: its count, or its
 * share rounded up to a whole member. A share is of all members, or of all that the group's filter hits, taken already
 * or not; so 10 and 90 percent of one filter are all that it hits. The last group takes what is left, unless it has a
 * filter or a count; whoever is left over then takes no part.
 *
 * @param <M> a member
 */
public final class Distribution<M> {

    private static final short NOBODY = -1;

    private final List<M> members;
    private final short[] groupOf;
    private final int[] sizes;
    /** Everyone before it is taken, so that hundreds of groups do not look at the first ones hundreds of times. */
    private int firstFree;

    private Distribution(List<M> members, int groups) {
        this.members = members;
        this.groupOf = new short[members.size()];
        this.sizes = new int[groups];
        Arrays.fill(groupOf, NOBODY);
    }

    /**
     * Looks at every member once for each filter.
     *
     * @param groups at most {@link Group#COUNT_MAX}
     * @param members in the order in which they are dealt; not copied, so it must not change any more
     * @param hits compiles a group's filter
     */
    public static <M> Distribution<M> of(List<Group> groups, List<M> members, Function<String, Predicate<M>> hits) {
        Distribution<M> dealt = new Distribution<>(members, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            boolean rest = i == groups.size() - 1 && group.count() == null && group.filter() == null;
            if (group.filter() == null) {
                dealt.deal(i, rest ? members.size() : wanted(group, members.size()), null);
            } else {
                BitSet hit = dealt.hit(hits.apply(group.filter()));
                dealt.deal(i, wanted(group, hit.cardinality()), hit);
            }
        }
        return dealt;
    }

    /** A share of {@code all}, rounded up; what is a whole number but for rounding is that number. */
    private static int wanted(Group group, int all) {
        return group.count() == null ? (int) Math.ceil(all * group.percent() / 100.0 - 1e-9) : group.count();
    }

    private BitSet hit(Predicate<M> filter) {
        BitSet hit = new BitSet(members.size());
        int at = 0;
        for (M member : members) {
            if (filter.test(member)) {
                hit.set(at);
            }
            at++;
        }
        return hit;
    }

    private void deal(int group, int wanted, @Nullable BitSet hit) {
        for (int at = firstFree; at < groupOf.length && sizes[group] < wanted; at++) {
            if (groupOf[at] == NOBODY && (hit == null || hit.get(at))) {
                groupOf[at] = (short) group;
                sizes[group]++;
            }
        }
        while (firstFree < groupOf.length && groupOf[firstFree] != NOBODY) {
            firstFree++;
        }
    }

    /** One number for each group. */
    public List<Integer> sizes() {
        return Arrays.stream(sizes).boxed().toList();
    }

    /** How many take no part. */
    public int left() {
        return members.size() - Arrays.stream(sizes).sum();
    }

    /**
     * All groups' members in parts of at most {@link Group#CHUNK_MAX}; the parts of one group come in order. One pass,
     * holding one part for each group at most.
     */
    public void each(Part<M> part) {
        List<List<M>> open = new ArrayList<>();
        for (int size : sizes) {
            open.add(new ArrayList<>(Math.min(size, Group.CHUNK_MAX)));
        }
        int at = 0;
        for (M member : members) {
            int group = groupOf[at++];
            if (group == NOBODY) {
                continue;
            }
            List<M> those = open.get(group);
            those.add(member);
            if (those.size() == Group.CHUNK_MAX) {
                part.of(group, List.copyOf(those));
                those.clear();
            }
        }
        for (int group = 0; group < open.size(); group++) {
            if (!open.get(group).isEmpty()) {
                part.of(group, List.copyOf(open.get(group)));
            }
        }
    }

    /** Takes a part of a group. */
    @FunctionalInterface
    public interface Part<M> {
        void of(int group, List<M> members);
    }
}
