package dev.muster.updates.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ActionCommand.RollBackUpdate;
import dev.muster.updates.ActionCommand.Tries;
import dev.muster.updates.ActionType;
import dev.muster.updates.AssignReleases;
import dev.muster.updates.AssignReleases.Answers;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdateSettings;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Gives releases to devices, whoever wants it: an operator, a rollout, a standing assignment. What is the same for all
 * devices is settled once, in an {@link Offer}; what is left for each is its hardware and a number.
 */
public final class ReleaseOffers {

    /** Another action of the device may have taken a later number in between; then one more is drawn. */
    private static final int DRAWS_MAX = 3;

    private final Commands commands;
    private final Numbers numbers;
    private final CurrentSettings settings;

    public ReleaseOffers(Commands commands, Numbers numbers, CurrentSettings settings) {
        this.commands = commands;
        this.numbers = numbers;
        this.settings = settings;
    }

    /**
     * On what terms devices get a release.
     *
     * @param confirm whether people at the devices must agree first, or null for what the settings say
     * @param timeout silence after which an action counts as failed, or null for never
     * @param rollout the rollout that gives it, with the group, or null
     * @param tries which try it is and how often it is tried, or null for once
     * @param healthyWithin how soon the device must report the version, or null to take its word
     * @param again whether a device that has the release gets it once more
     * @param standing whether a standing assignment wants it
     */
    public record Terms(
            ActionType type,
            @Nullable Instant forcedAt,
            @Nullable Integer weight,
            @Nullable MaintenanceWindow window,
            @Nullable Boolean confirm,
            @Nullable Duration timeout,
            @Nullable RolloutId rollout,
            @Nullable Integer group,
            @Nullable Tries tries,
            @Nullable Duration healthyWithin,
            boolean again,
            boolean standing) {

        /** For devices that are what they say they are. */
        public Terms(
                ActionType type,
                @Nullable Instant forcedAt,
                @Nullable Integer weight,
                @Nullable MaintenanceWindow window,
                @Nullable Boolean confirm,
                @Nullable Duration timeout,
                @Nullable RolloutId rollout,
                @Nullable Integer group) {
            this(type, forcedAt, weight, window, confirm, timeout, rollout, group, null, null, false, false);
        }

        /** A rollout may ask for more consent than the settings do, never for less. */
        static Terms of(RolloutPlan plan, RolloutId rollout, int group) {
            return of(plan, rollout, group, 1);
        }

        /** @param attempt which try it is, counted from 1 */
        static Terms of(RolloutPlan plan, RolloutId rollout, int group, int attempt) {
            Boolean confirm = plan.confirm() ? Boolean.TRUE : null;
            Retry retry = plan.care().retry();
            return new Terms(
                    plan.type(),
                    plan.forcedAt(),
                    plan.weight(),
                    plan.window(),
                    confirm,
                    plan.timeout(),
                    rollout,
                    group,
                    retry == null ? null : new Tries(attempt, retry),
                    plan.care().healthyWithin(),
                    false,
                    false);
        }

        static Terms of(StandingAssignment standing) {
            return new Terms(
                    standing.type(), null, standing.weight(), null, null, null, null, null, null, null, false, true);
        }
    }

    /** Settles what is the same for every device; the settings are those in force now. */
    public Offer offer(Catalogue.Release release, Terms terms) {
        return new Offer(release, terms, settings.get());
    }

    /** A release on its way to any number of devices. */
    public final class Offer {

        private final ReleaseRef release;
        private final boolean migrationStep;
        private final List<List<Hardware>> compatibility;
        private final Terms terms;
        private final boolean confirm;
        private final boolean autoClose;

        private Offer(Catalogue.Release release, Terms terms, UpdateSettings now) {
            this.release = release.ref();
            this.migrationStep = release.migrationStep();
            this.compatibility = release.compatibility();
            this.terms = terms;
            this.confirm = terms.confirm() == null ? now.confirmationFlow() : terms.confirm();
            this.autoClose = now.autoClose();
        }

        ReleaseRef release() {
            return release;
        }

        /** Gives it to the device on behalf of the request at hand. */
        public Mono<Assigned> to(Recipient device) {
            return numbered(number -> commands.send(command(device, number)), DRAWS_MAX);
        }

        /** Gives it to the device on behalf of {@code provenance}. */
        CompletableFuture<Assigned> to(Recipient device, Map<String, String> provenance) {
            return numbered(
                            number -> Mono.fromFuture(commands.<Assigned>send(command(device, number), provenance)),
                            DRAWS_MAX)
                    .toFuture();
        }

        /**
         * Gives it to several devices at once on behalf of {@code provenance}. Completes with what each was given or
         * had; who is missing refused, if only for a number that came too late, and is to be asked alone.
         *
         * @param devices 1 to {@link AssignReleases#DEVICES_MAX}, each once
         */
        CompletableFuture<Map<DeviceId, Assigned>> to(List<Recipient> devices, Map<String, String> provenance) {
            return numbers.next(Series.ACTION, devices.size())
                    .flatMap(first -> Mono.fromFuture(
                            commands.<Answers>send(command(devices, Math.toIntExact(first)), provenance)))
                    .map(Answers::given)
                    .toFuture();
        }

        private AssignReleases command(List<Recipient> devices, int first) {
            List<AssignRelease> each = new ArrayList<>(devices.size());
            for (Recipient device : devices) {
                each.add(command(device, first + each.size()));
            }
            return new AssignReleases(each);
        }

        private AssignRelease command(Recipient device, int number) {
            return new AssignRelease(
                    device.id(),
                    number,
                    release,
                    migrationStep,
                    compatibility,
                    device.hardware(),
                    device.returnedAt(),
                    terms.type(),
                    terms.forcedAt(),
                    terms.weight(),
                    terms.window(),
                    confirm,
                    autoClose,
                    terms.timeout(),
                    terms.rollout(),
                    terms.group(),
                    terms.tries(),
                    terms.healthyWithin(),
                    terms.again(),
                    terms.standing());
        }
    }

    /**
     * Gives the device back what it had before the rollout, on behalf of {@code provenance}. Completes with null or
     * with what was not created when there is nothing to go back to.
     */
    CompletableFuture<@Nullable Assigned> rollBack(
            Recipient device, RolloutId rollout, boolean onlyFailed, Map<String, String> provenance) {
        return numbered(
                        number -> Mono.fromFuture(commands.<Assigned>send(
                                new RollBackUpdate(device.id(), number, rollout, onlyFailed, device.returnedAt()),
                                provenance)),
                        DRAWS_MAX)
                .toFuture();
    }

    private Mono<Assigned> numbered(IntFunction<Mono<Assigned>> send, int draws) {
        return numbers.next(Series.ACTION)
                .flatMap(number -> send.apply(Math.toIntExact(number)))
                .onErrorResume(failure -> draws > 1 && cameTooLate(failure), failure -> numbered(send, draws - 1));
    }

    private static boolean cameTooLate(Throwable failure) {
        return Refused.is(failure, UpdatesRefusal.NUMBER_OUT_OF_ORDER);
    }
}
