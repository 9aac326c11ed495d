package dev.muster.apps.command;

import dev.muster.apps.AppRolloutCommand.EndMembers;
import dev.muster.apps.AppRolloutId;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.staging.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words about members, gathered so that what is the same for many is said once. */
final class AppMemberWords {

    private record Word(
            AppRolloutId rollout,
            int group,
            Outcome outcome,
            @Nullable String message) {}

    private final Map<Word, Set<DeviceId>> words = new LinkedHashMap<>();

    void add(AppRolloutId rollout, int group, Outcome outcome, DeviceId device, @Nullable String message) {
        words.computeIfAbsent(new Word(rollout, group, outcome, message), any -> new LinkedHashSet<>())
                .add(device);
    }

    /** Says all of them, in the order they came, and waits. */
    void say(Commands commands, Map<String, String> provenance) {
        words.forEach((word, devices) -> {
            List<DeviceId> members = new ArrayList<>(devices);
            for (int at = 0; at < members.size(); at += Group.CHUNK_MAX) {
                List<DeviceId> part = List.copyOf(members.subList(at, Math.min(members.size(), at + Group.CHUNK_MAX)));
                Await.done(commands.send(
                        new EndMembers(word.rollout(), word.group(), word.outcome(), part, word.message()),
                        provenance));
            }
        });
    }
}
