package dev.muster.config.command;

import dev.muster.config.ConfigRolloutCommand.ReachGroup;
import dev.muster.config.ConfigRolloutEvent.GroupStarted;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.ConfigRollouts;
import dev.muster.config.ConfigRollouts.Membership;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.DeviceGroups;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.WishOutcomeEvent;
import dev.muster.config.WishOutcomeEvent.WishApplied;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says of members of configuration rollouts that it is over for them, and how. A device succeeds when it says that it
 * applied the wish it has now, or when what it tells to have is as it should be; it fails when it says that it cannot;
 * it is out of it when it leaves. When a group starts, its members that are so already are told at once, and then that
 * the group was reached.
 *
 * <p>A repeated run says some of it again; the first word about a member counts ({@link WhenMembersEndCountThem}).
 */
public final class WhenMembersAnswerJudgeThem implements Policy {

    static final String HAD_IT = "had it already";
    static final String LEFT = "left the registry";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:config-rollout");

    private final Commands commands;
    private final ConfigRollouts rollouts;
    private final Compliance compliance;
    private final DeviceGroups devices;
    private final Positions positions;

    public WhenMembersAnswerJudgeThem(
            Commands commands,
            ConfigRollouts rollouts,
            Compliance compliance,
            DeviceGroups devices,
            Positions positions) {
        this.commands = commands;
        this.rollouts = rollouts;
        this.compliance = compliance;
        this.devices = devices;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-members-answer-judge-them";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        List<Recorded> heard =
                batch.stream().filter(recorded -> concerns(recorded.event())).toList();
        if (heard.isEmpty()) {
            return;
        }
        Await.done(positions.folded(heard.getLast().position(), Await.HANDLER_WAIT_MAX));
        MemberWords words = new MemberWords();
        for (Recorded recorded : heard) {
            switch (recorded.event()) {
                case GroupStarted e -> begun(e, words);
                case WishOutcomeEvent e -> answered(e, words);
                case DatabagEvent e -> wrote(e.databagId(), words);
                case DeviceDecommissioned e -> left(e.deviceId(), words);
                default -> {}
            }
        }
        words.say(commands, SYSTEM);
        for (Recorded recorded : heard) {
            if (recorded.event() instanceof GroupStarted e) {
                int size =
                        rollouts.needed(e.rolloutId()).groups().get(e.group()).size();
                Await.done(commands.send(new ReachGroup(e.rolloutId(), e.group(), size), SYSTEM));
            }
        }
    }

    private static boolean concerns(Object event) {
        return switch (event) {
            case GroupStarted ignored -> true;
            case WishOutcomeEvent ignored -> true;
            case DatabagEvent e -> e.databagId().layer().kind() == Layer.Kind.ACTUAL;
            case DeviceDecommissioned ignored -> true;
            default -> false;
        };
    }

    private void begun(GroupStarted started, MemberWords words) {
        ConfigRolloutView rollout = rollouts.needed(started.rolloutId());
        RegistryId registry = rollout.plan().registry();
        for (DeviceId device : rollouts.open(started.rolloutId(), started.group())) {
            if (!devices.knows(device)) {
                words.add(started.rolloutId(), started.group(), Outcome.CANCELED, device, LEFT);
            } else if (compliance.has(registry, device, started.rolloutId().layer())) {
                words.add(started.rolloutId(), started.group(), Outcome.SUCCEEDED, device, HAD_IT);
            }
        }
    }

    private void answered(WishOutcomeEvent event, MemberWords words) {
        Membership member = rollouts.membership(event.registry(), event.device());
        if (member != null && member.isOpen() && compliance.isCurrent(event.tag(), event.registry(), event.device())) {
            Outcome outcome = event instanceof WishApplied ? Outcome.SUCCEEDED : Outcome.FAILED;
            words.add(member.rollout(), member.group(), outcome, event.device(), reason(event));
        }
    }

    /** What a device says when it succeeded is of no use to anybody, and would be another word for each. */
    private static @Nullable String reason(WishOutcomeEvent event) {
        if (event instanceof WishApplied) {
            return null;
        }
        String message = event.message();
        return message == null || message.isBlank() ? "no reason given" : message.strip();
    }

    private void wrote(DatabagId id, MemberWords words) {
        DeviceId device = new DeviceId(id.layer().name());
        Membership member = rollouts.membership(id.registry(), device);
        if (member != null
                && member.isOpen()
                && compliance.tells(id.registry(), device, member.rollout().layer())) {
            words.add(member.rollout(), member.group(), Outcome.SUCCEEDED, device, null);
        }
    }

    private void left(DeviceId device, MemberWords words) {
        if (devices.knows(device)) {
            // It is back by now, and may still be what the rollout takes it for.
            return;
        }
        for (Membership member : rollouts.memberships(device)) {
            if (member.isOpen()) {
                words.add(member.rollout(), member.group(), Outcome.CANCELED, device, LEFT);
            }
        }
    }
}
