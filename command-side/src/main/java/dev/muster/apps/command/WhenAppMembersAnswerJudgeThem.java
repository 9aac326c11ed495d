package dev.muster.apps.command;

import dev.muster.apps.AppAgentEvent.AgentSystemReported;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppRolloutCommand.ReachGroup;
import dev.muster.apps.AppRolloutEvent.GroupStarted;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppRollouts.Membership;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.InstallationEvent.AppHeld;
import dev.muster.apps.InstallationEvent.AppStateReported;
import dev.muster.apps.Installations;
import dev.muster.apps.Place;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Outcome;
import java.util.List;
import java.util.Map;

/**
 * Says of members of app rollouts that it is over for them, and how. A device succeeds when it reports to be as it should
 * be, with the release; it fails when it cannot keep it up; it is out of it when it leaves, when somebody calls it off,
 * and when its own wish says otherwise. When a group starts, its members that are so already are told at once, and then
 * that the group was reached.
 *
 * <p>A repeated run says some of it again; the first word about a member counts ({@link WhenAppMembersEndCountThem}).
 */
public final class WhenAppMembersAnswerJudgeThem implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:app-rollout");

    private final Commands commands;
    private final AppRollouts rollouts;
    private final AppVerdicts verdicts;
    private final Positions positions;

    public WhenAppMembersAnswerJudgeThem(
            Commands commands,
            AppRollouts rollouts,
            Installations installations,
            AppAgents agents,
            Positions positions) {
        this.commands = commands;
        this.rollouts = rollouts;
        this.verdicts = new AppVerdicts(installations, agents);
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-app-members-answer-judge-them";
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
        AppMemberWords words = new AppMemberWords();
        for (Recorded recorded : heard) {
            switch (recorded.event()) {
                case GroupStarted e -> begun(e, words);
                case InstallationEvent e -> judge(e.app(), e.device(), words);
                case AppWishEvent e -> judge(e.app(), new DeviceId(e.place().name()), words);
                case AgentSystemReported e -> judgeAll(e.device(), words);
                case EnrolmentEnded e -> left(e.device(), words);
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
            case AppStateReported e -> e.stage() == AppStage.PROD;
            case AppHeld e -> e.stage() == AppStage.PROD;
            case AppWishEvent e -> e.place().kind() == Place.Kind.DEVICE;
            // Only now may be known that there is nothing for it.
            case AgentSystemReported ignored -> true;
            case EnrolmentEnded ignored -> true;
            default -> false;
        };
    }

    private void begun(GroupStarted started, AppMemberWords words) {
        AppRolloutView rollout = rollouts.needed(started.rolloutId());
        for (DeviceId device : rollouts.open(started.rolloutId(), started.group())) {
            AppVerdicts.Verdict verdict = verdicts.first(rollout.plan(), device);
            if (verdict != null) {
                words.add(started.rolloutId(), started.group(), verdict.outcome(), device, verdict.message());
            }
        }
    }

    private void judge(AppKey app, DeviceId device, AppMemberWords words) {
        Membership member = rollouts.membership(app, device);
        if (member == null || !member.isOpen()) {
            return;
        }
        AppVerdicts.Verdict verdict =
                verdicts.of(rollouts.needed(member.rollout()).plan(), device);
        if (verdict != null) {
            words.add(member.rollout(), member.group(), verdict.outcome(), device, verdict.message());
        }
    }

    private void judgeAll(DeviceId device, AppMemberWords words) {
        for (Membership member : rollouts.memberships(device)) {
            judge(member.app(), device, words);
        }
    }

    private void left(DeviceId device, AppMemberWords words) {
        for (Membership member : rollouts.memberships(device)) {
            if (member.isOpen()) {
                words.add(member.rollout(), member.group(), Outcome.CANCELED, device, AppVerdicts.LEFT);
            }
        }
    }
}
